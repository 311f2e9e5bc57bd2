"""Programs for working on the project; `make` and CI call them, nobody installs them."""
