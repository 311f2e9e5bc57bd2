"""The gRPC front: EnvService of stepwire.v1 on one side, sessions on the other.

    Listener     a port with EnvService, health and reflection behind it
    EnvFront     calls of one request and one response
    Stream       one StepStream call and the session it holds
    calls        what all of them do at the beginning and at the end of a call

What a request means is said beside this package, in `operations` and `messages`; here is how requests come in, how
replies and statuses go out, and who may come in at all.
"""

import os

# Without gRPC's event engine a round trip is some 30 µs quicker: docs/decisions/grpc-event-engine.md. gRPC reads this
# once, when it is first imported; set it yourself to choose. The client says the same of its side.
os.environ.setdefault("GRPC_EXPERIMENTS", "-event_engine_client,-event_engine_listener")

from stepwire_service.fronts.rpc.front import EnvFront
from stepwire_service.fronts.rpc.listening import Listener

__all__ = ["EnvFront", "Listener"]
