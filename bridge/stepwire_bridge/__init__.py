"""South of the backend seam: local environments, and games behind WebSockets. Knows no protobuf and no gRPC."""
