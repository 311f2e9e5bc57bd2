"""Generated from protos/stepwire/v1 by `make protos`; never edited."""
