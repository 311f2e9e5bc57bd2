"""Sessions: an agent's hold on one environment or one batch, from make to close.

    Sessions    opens, finds, holds back, evicts and closes them
    Session     the order of one session's requests, its replies, its holder
    Episodes    what may be called when on its backend, and with what
    AsynchronousEpisodes  the same for batches whose copies step each in its own time
    Replies     which request numbers are new, and the replies that may be asked for again

They own the clock. They know neither gRPC nor protobuf: requests come as callables, replies are bytes.
"""

from stepwire_service.sessions.asynchronous import AsynchronousEpisodes
from stepwire_service.sessions.episodes import Deadlines, Episodes
from stepwire_service.sessions.registry import Sessions
from stepwire_service.sessions.replies import Replies
from stepwire_service.sessions.session import Identity, Session, Turn

__all__ = ["AsynchronousEpisodes", "Deadlines", "Episodes", "Identity", "Replies", "Session", "Sessions", "Turn"]
