"""One session's connection: every request is carried out exactly once, over as many transports as that takes.

Requests are numbered; those without a reply are kept and sent again when a transport breaks, and the server answers a
number that it knows from memory. It knows order, deadlines and pins the session to its endpoint; what the requests mean
is known to `stepwire.session`.
"""

import logging
import os
import threading
from collections import deque
from collections.abc import Iterator
from time import monotonic, sleep

from stepwire.codec.replies import Reply
from stepwire.codec.requests import numbered
from stepwire.connection.addresses import Endpoint
from stepwire.connection.channel import Server, open_server
from stepwire.connection.statuses import Broken, exception_of
from stepwire.connection.stream import Stream
from stepwire.connection.target import Target
from stepwire.connection.transport import Numbered, Transport
from stepwire.connection.unary import Unary
from stepwire.errors import (
    CallerError,
    ConnectionFailed,
    DeadlineExceeded,
    Draining,
    NotAuthenticated,
    OutOfOrder,
    SessionLost,
    SessionTaken,
    StepwireError,
    TooLarge,
    UnknownSession,
)
from stepwire.v1.env_service_pb2 import CloseRequest, MakeResponse, StepStreamRequest

_MARGINS = 1.0, 10.0
_CLOSE_SECONDS = 1.0
_AHEAD = 32  # requests whose replies are not read yet; a server keeps 64 by default
_LONGEST_PAUSE = 1.0
_ENDING = (Draining, NotAuthenticated, OutOfOrder, SessionLost, SessionTaken, UnknownSession)
_ONE_OF_SEVERAL = (
    " It was in one of several server processes: can the port that each has to itself be reached (worker_ports)?"
)
_log = logging.getLogger(__name__)


class Connection:
    """A session's requests and replies. Not for several threads at a time.

    Attributes:
        made: The server's answer to make.
        alive: Whether the session can still be used. False after `close`, after a fault that ends the session, and
            when no server answered in time.
    """

    def __init__(
        self, made: MakeResponse, endpoint: Endpoint, target: Target, transport: Transport | None, limit: int
    ) -> None:
        self.made = made
        self.alive = True
        self._endpoint = endpoint
        self._target = target
        self._transport = transport
        self._limit = limit
        self._acked = 0
        self._unanswered: deque[Numbered] = deque()
        self._arrived: deque[Reply] = deque()
        """Replies to what was sent, which nobody has received yet."""
        self._ahead = 0 if target.transport == "unary" else _AHEAD
        self._alone = _Alone(self)
        self._pid = os.getpid()
        self._told_draining = False

    @property
    def arrived(self) -> bool:
        """Whether `receive` need not wait."""
        return bool(self._arrived)

    @property
    def usable(self) -> bool:
        """Whether it is alive and this process's own: a forked child must leave its parent's connection alone."""
        return self.alive and self._pid == os.getpid()

    def call(self, request: bytes, timeout: float) -> Reply:
        """Have a request carried out, once, and wait for its reply. Replies to what was sent before it are dropped.

        Args:
            request: A serialized StepStreamRequest without number and acked.
            timeout: Seconds that the server has; see `patience` for how long its reply is waited for.

        Raises:
            TooLarge: Nothing was sent.
            CallerError: Another thread is in the middle of a call; nothing was sent.
            DeadlineExceeded: No reply in time; the session is given up.
            ConnectionFailed: No connection in time; the session is given up.
            StepwireError: What the server answered.
        """
        with self._alone:
            number = self._submit(request)
            reply = self._reply_to(number, monotonic() + patience(timeout))
        self._arrived.clear()
        return self.opened(reply)

    def send(self, request: bytes, timeout: float) -> int:
        """Put a request on its way without waiting for its reply, which `receive` gives in its turn; gives its number.

        Where the transport has one request in flight at a time, or many replies are outstanding, it does wait, and
        keeps what arrives for `receive`. Arguments and errors are those of `call`, but for what the server answers.
        """
        with self._alone:
            number = self._submit(request)
            while len(self._unanswered) > self._ahead:
                self._arrived.append(self._next_reply(monotonic() + patience(timeout)))
        return number

    def receive(self, timeout: float) -> Reply:
        """The next reply to what was sent, in the order of the requests; `opened` raises the fault that is in it."""
        if self._arrived:
            return self._arrived.popleft()
        with self._alone:
            return self._next_reply(monotonic() + patience(timeout))

    def opened(self, reply: Reply) -> Reply:
        """The reply, unless it is a fault: that is raised, and ends the session where it leaves none to go on with."""
        if reply.plain:
            return reply
        message = reply.message
        if message.HasField("draining"):
            self._tell_draining(message.draining.ToTimedelta().total_seconds())
        if not message.HasField("error"):
            return reply
        error = exception_of(message.error)
        if isinstance(error, _ENDING):
            self.end()
        raise error

    def close(self) -> None:
        """End the session, if its server answers; never raises. A forked child only forgets its parent's."""
        if self.usable:
            try:
                self.call(StepStreamRequest(close=CloseRequest()).SerializeToString(), _CLOSE_SECONDS)
            except StepwireError as error:
                _log.debug("session %s: close was not answered: %s", self.made.session_id, error)
            self.end()

    def _reply_to(self, number: int, deadline: float) -> Reply:
        while (reply := self._next_reply(deadline)).number != number:
            pass
        return reply

    def _submit(self, request: bytes) -> int:
        number = (self._unanswered[-1].number if self._unanswered else self._acked) + 1
        data = numbered(request, number, self._acked)
        self._check_size(len(data))
        self._unanswered.append(Numbered(number, data))
        if self._transport is not None:
            self._transport.send(self._unanswered[-1])
        return number

    def _next_reply(self, deadline: float) -> Reply:
        try:
            reply = (self._transport or self._reopen(deadline)).receive(deadline)
        except Broken as broken:
            reply = self._reply_after(broken, deadline)
        self._unanswered.popleft()
        self._acked = reply.number
        return reply

    def _reply_after(self, broken: Broken, deadline: float) -> Reply:
        """The next reply, over new transports until one of them brings it."""
        for pause in _pauses():
            self.drop()
            self._wait(pause, deadline, broken)
            try:
                return self._reopen(deadline).receive(deadline)
            except Broken as again:
                broken = again
        raise AssertionError("there is always another pause")

    def _reopen(self, deadline: float) -> Transport:
        transport = transport_over(open_server(self._endpoint, self._target), self._target)
        try:
            transport.attach(self.made, deadline)
            for request in self._unanswered:
                transport.send(request)
        except BaseException:
            transport.close()
            raise
        self._transport = transport
        return transport

    def _wait(self, pause: float, deadline: float, broken: Broken) -> None:
        if monotonic() + pause >= deadline:
            raise self._given_up(broken) from broken
        _log.debug("session %s: connection broke (%s), trying again", self.made.session_id, broken)
        sleep(pause)

    def _given_up(self, broken: Broken) -> ConnectionFailed:
        kind = DeadlineExceeded if broken.late else ConnectionFailed
        return kind(
            f"{self._endpoint.target} did not answer in time: {broken}. The session is given up; "
            f"reset() makes a new one.{_ONE_OF_SEVERAL if self.made.endpoint else ''}"
        )

    def _tell_draining(self, seconds: float) -> None:
        if not self._told_draining:
            _log.warning(
                "session %s: the server at %s stops within %g s; make a new session elsewhere after this episode",
                self.made.session_id, self._endpoint.target, seconds,
            )  # fmt: skip
        self._told_draining = True

    def _check_size(self, size: int) -> None:
        if self._limit and size > self._limit:
            data = {"what": "the request", "value": size, "limit": self._limit, "setting": "max_message_bytes"}
            raise TooLarge(
                f"the request is {size} bytes, the server's limit is {self._limit}. "
                "Send less, or raise the server's setting max_message_bytes.",
                data={name: str(value) for name, value in data.items()},
            )

    def end(self) -> None:
        """Give the session up."""
        self.alive = False
        self.drop()

    def drop(self) -> None:
        """Give the transport up; the session goes on over another."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()


class _Alone:
    """Keeps a second thread out of a connection, and what broke off in the middle from being taken for whole."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._free = threading.Lock()

    def __enter__(self) -> None:
        if not self._free.acquire(blocking=False):
            raise CallerError("two threads call the same environment at once. Make one for each thread.")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        try:
            match error:
                case None | TooLarge():  # nothing was sent of what is too large
                    pass
                case StepwireError():
                    self._connection.end()
                case _:  # Ctrl-C, most likely: the stream's state is unknown, the session's is not
                    self._connection.drop()
        finally:
            self._free.release()


def patience(timeout: float) -> float:
    """How long an answer is waited for that the server has so many seconds for.

    As long again, so that the server's own fault can arrive and a broken connection be replaced, a dead one (noticed
    after 12 s) included where the timeout is the usual 10 s.
    """
    shortest, longest = _MARGINS
    return timeout + min(max(timeout, shortest), longest)


def transport_over(server: Server, target: Target) -> Transport:
    """A fresh transport of the kind the target asks for."""
    return Unary(server) if target.transport == "unary" else Stream(server)


def _pauses() -> Iterator[float]:
    yield 0.0
    pause = 0.02
    while True:
        yield pause
        pause = min(pause * 2, _LONGEST_PAUSE)
