"""What a session may stand on: local environments, and instances of games."""
