"""The client that a trainer imports: `RemoteEnv` and `RemoteVectorEnv`."""

__version__ = "0.1.0"
