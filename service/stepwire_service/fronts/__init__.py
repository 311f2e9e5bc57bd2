"""Doors by which agents come in. Each talks to sessions, and to nothing below them."""
