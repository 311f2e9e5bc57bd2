"""The client's way to a server: the only package here that does I/O.

    making ─► Connection     numbers, acknowledges, sends again: each request is carried out exactly once
                   │
            stream · unary    carry one request and one reply: over one StepStream, or one call each
                   │
            calls · direct    one stream call, bytes out and bytes in: by grpcio's public interface, or quicker
                   │
                channel       one server over one gRPC channel: options, credentials, limits
                   │
    addresses · target · statuses · watchdog

It carries protobuf messages and knows nothing of numpy, spaces or Gymnasium.
"""

import os

# Children of a trainer (AsyncVectorEnv, data loaders) are forked; gRPC reads this once, when it is first imported.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "1")
# Without gRPC's event engine a round trip is some 30 µs quicker: docs/decisions/grpc-event-engine.md.
os.environ.setdefault("GRPC_EXPERIMENTS", "-event_engine_client,-event_engine_listener")

from stepwire.connection.connection import Connection
from stepwire.connection.making import connect
from stepwire.connection.target import Target, Timeouts, target_for

__all__ = ["Connection", "Target", "Timeouts", "connect", "target_for"]
