"""What `stream` and `unary` have in common: the ways to carry a session's requests. An interface and its records."""

from typing import NamedTuple, Protocol

from stepwire.codec.replies import Reply
from stepwire.v1.env_service_pb2 import MakeRequest, MakeResponse


class Numbered(NamedTuple):
    """A serialized request and its number, kept for sending it again."""

    number: int
    data: bytes


class Transport(Protocol):
    """Carries requests to one server, in order, and replies back, in the same order.

    All methods but `close` raise `Broken` when the connection broke or the deadline passed (then a new transport can
    take its place), and `StepwireError` when the server ended the session or the call for a reason. Deadlines are
    `time.monotonic` seconds. After any exception only `close` may be called.
    """

    moves: bool
    """Whether a session that lives elsewhere than on the dialled endpoint must be called there."""

    def make(self, request: MakeRequest, deadline: float) -> MakeResponse:
        """Open a session. The first call on a transport, unless `attach` is."""
        ...

    def attach(self, made: MakeResponse, deadline: float) -> None:
        """Take up a session that another transport has made."""
        ...

    def send(self, request: Numbered) -> None:
        """Put a request on its way, without waiting."""
        ...

    def receive(self, deadline: float) -> Reply:
        """Wait for the next reply. A fault that the session survives is a reply, with `error` set in its message."""
        ...

    def close(self) -> None:
        """End it; the session goes on. May be called twice; never raises."""
        ...
