"""Sessions: an agent's hold on one environment or one batch, from make to close.

    Sessions    opens, finds, holds back, evicts and closes them
    Session     the order of one session's requests, its replies, its holder
    Episodes    what may be called when on its backend, and with what
    Replies     which request numbers are new, and the replies that may be asked for again

They own the clock. They know neither gRPC nor protobuf: requests come as callables, replies are bytes.
"""

from stepwire_service.sessions.episodes import Deadlines, Episodes
from stepwire_service.sessions.registry import Sessions
from stepwire_service.sessions.replies import Replies
from stepwire_service.sessions.session import Identity, Session

__all__ = ["Deadlines", "Episodes", "Identity", "Replies", "Session", "Sessions"]
