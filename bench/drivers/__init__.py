"""What is measured, each in a process of its own: floors, stepwire, local environments, plain WebSockets."""
