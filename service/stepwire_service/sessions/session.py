"""One agent's hold on one backend: its requests in order, each executed once, and its replies.

Requests come as callables that give the bytes of a reply. They belong to the session and not to whoever asked: when a
stream breaks while its request is being executed, the request goes on, and whoever asks for the same number later gets
its reply. Knows no other session.

One request at a time, with one exception: what waits for others to bring something about (`Turn.WAITS`) does so beside
the road, and what may bring it about (`Turn.PASSES`) goes past.

Requests are executed in a task of the session's, which lives as long as there is something to do, or, while nothing
else is under way, in the task of whoever asks: see `Session.begin`.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto
from time import monotonic
from typing import Any, Final

from stepwire_bridge.faults import Fault, SessionTaken
from stepwire_service.sessions.asynchronous import AsynchronousEpisodes
from stepwire_service.sessions.episodes import Episodes
from stepwire_service.sessions.replies import Replies

Work = Callable[[], Awaitable[bytes]]
"""Executes one request; raises nothing: a fault is a reply too."""

Holder = Callable[[Fault], None]
"""What a stream that holds a session is told when it has to end, and why."""

GUARD_SECONDS: Final = 10.0
"""How much longer than its longest deadline a request may be executed before it counts as our own bug."""


class Turn(Enum):
    """When a request is executed; replies are remembered in whatever order they come."""

    ALONE = auto()
    """When all before it are answered, and nothing after it begins before it is."""
    WAITS = auto()
    """When all before it are answered, but those that pass begin meanwhile."""
    PASSES = auto()
    """When all before it are answered but those that wait."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a session is and who may use it.

    Attributes:
        session_id: Its name.
        resume_key: What opens it.
        make_key: What its client made it with.
        owner: Whose token made it; "" where there are no tokens.
        env_id: What it was made on.
    """

    session_id: str
    resume_key: bytes
    make_key: bytes
    owner: str
    env_id: str

    def __str__(self) -> str:
        return f"{self.session_id} ({self.env_id})"

    @property
    def log_fields(self) -> dict[str, str]:
        """What a structured log may have of it: no secrets."""
        return {"session_id": self.session_id, "env_id": self.env_id}


class Session:
    """See the module.

    Attributes:
        identity: Who it is.
        episodes: Its backend, with the order of calls checked.
        streamed: Whether it belongs to a stream, and so does not outlive its last one for long.
    """

    def __init__(
        self,
        identity: Identity,
        episodes: Episodes | AsynchronousEpisodes,
        replies: Replies,
        *,
        longest: float,
        streamed: bool,
    ) -> None:
        self.identity = identity
        self.episodes = episodes
        self.streamed = streamed
        self._replies = replies
        self._longest = longest + GUARD_SECONDS
        self._loop = asyncio.get_running_loop()
        self._requests: list[tuple[int, Work, Turn]] = []
        """Those that have not been begun; never many, and an empty deque takes up ten times as much memory."""
        self._waiting: defaultdict[int, list[asyncio.Future[bytes]]] = defaultdict(list)
        self._holder: Holder | None = None
        self._last_use = monotonic()
        self._executed: dict[int, float] = {}
        """Since when, by number, in the order in which they were begun."""
        self._lent: asyncio.Task[Any] | None = None
        """The task of somebody else's in which a request is executed."""
        self._worker: asyncio.Task[None] | None = None
        """The session's own, while there is something to do for it."""
        self._waits: asyncio.Task[None] | None = None
        """The last request that waits beside the road; it ends after those before it."""
        self._ended: Fault | None = None

    @property
    def next_number(self) -> int:
        """The number of the next request the session has not seen."""
        return self._replies.next_number

    @property
    def held(self) -> bool:
        """Whether a stream holds it."""
        return self._holder is not None

    @property
    def ended(self) -> bool:
        """Whether it executes nothing more."""
        return self._ended is not None

    async def ask(self, number: int, acked: int, work: Work, turn: Turn = Turn.ALONE) -> bytes:
        """Have a request executed in its turn, or give its reply again when its number came before.

        Cancelling the caller does not cancel the request.

        Args:
            number: The request's; see `Replies.admit`.
            acked: The highest number whose reply has arrived.
            work: What executes it; not called for a number that came before.
            turn: When.

        Raises:
            OutOfOrder: See `Replies.admit`.
            Fault: The one the session was ended with.
        """
        if self._ended is not None:
            raise self._ended
        if self._replies.admit(number, acked):
            self._requests.append((number, work, turn))
            self._go_on()
        elif (reply := self._replies.get(number)) is not None:
            self._last_use = monotonic()
            return reply
        waiter: asyncio.Future[bytes] = self._loop.create_future()
        self._waiting[number].append(waiter)
        return await waiter

    def begin(self, number: int, acked: int, lent: asyncio.Task[Any]) -> bool:
        """Whether the caller may execute a request by itself, at once and in its own task; if not, it has to `ask`.

        If so, the request has begun: `settle` must follow, and until then nobody but the session may cancel the task.
        Saves waking another task, and being woken: two turns of the event loop, of 5 µs each.

        Args:
            number: The request's; see `Replies.admit`.
            acked: The highest number whose reply has arrived.
            lent: The caller's task.

        Raises:
            OutOfOrder: See `Replies.admit`.
            Fault: The one the session was ended with.
        """
        if self._ended is not None:
            raise self._ended
        if self._worker is not None or self._waits is not None or self._executed:
            return False
        if number != self._replies.next_number:
            return False
        self._replies.admit(number, acked)
        self._lent = lent
        self._executed[number] = monotonic()
        return True

    def settle(self, number: int, reply: bytes) -> None:
        """Keep the reply to a request that has been executed, and give it to everybody who waits for it."""
        self._lent = None
        del self._executed[number]
        self._last_use = monotonic()
        self._replies.keep(number, reply)
        if self._waiting:
            self._answer(number, reply)
        if self._requests or self._ended is not None:
            self._go_on()

    def executes_in(self, task: asyncio.Task[Any]) -> bool:
        """Whether a request is being executed in this task, which somebody has lent."""
        return task is self._lent

    def hold(self, holder: Holder) -> None:
        """Take the session for a stream; the one that held it before is told that it is over."""
        former, self._holder = self._holder, holder
        self.streamed = True
        if former is not None:
            former(SessionTaken(self.identity.session_id))

    def release(self, holder: Holder) -> None:
        """The stream has ended; does nothing when another one has taken the session since."""
        if self._holder == holder:
            self._holder = None
            self._last_use = monotonic()

    def idle_for(self) -> float:
        """Seconds since anybody last used it; 0 while a stream holds it or a request is executed."""
        if self.held or self._executed:
            return 0.0
        return monotonic() - self._last_use

    def stuck(self) -> bool:
        """Whether a request has outlived every deadline, which only a bug of ours can bring about."""
        oldest = next(iter(self._executed.values()), None)
        return oldest is not None and monotonic() - oldest > self._longest

    def end(self, fault: Fault) -> None:
        """Execute nothing more, and tell everybody who waits why. Does not close the backend. May be called twice."""
        if self._ended is None:
            self._ended = fault
            for task in (self._lent, self._worker, self._waits):
                if task is not None:
                    task.cancel()
            self._tell_everybody(fault)

    def finish(self, fault: Fault) -> None:
        """End with the request that is being executed, from inside it: its reply still goes out."""
        self._ended = fault

    # ── executing, in a task of the session's own ──

    def _go_on(self) -> None:
        """See to what came in meanwhile."""
        if self._ended is not None:
            self._tell_everybody(self._ended)
        elif self._worker is None and self._lent is None:
            self._worker = self._loop.create_task(self._work())

    async def _work(self) -> None:
        while self._requests and self._ended is None:
            number, work, turn = self._requests.pop(0)
            if turn is Turn.WAITS:
                self._waits = self._loop.create_task(self._wait(self._waits, number, work))
                continue
            if turn is Turn.ALONE and self._waits is not None:
                await self._waits
                self._waits = None
            await self._execute(number, work)
        self._worker = None

    async def _wait(self, before: asyncio.Task[None] | None, number: int, work: Work) -> None:
        if before is not None:
            await before
        await self._execute(number, work)

    async def _execute(self, number: int, work: Work) -> None:
        self._executed[number] = monotonic()
        self.settle(number, await work())

    # ── those who wait ──

    def _answer(self, number: int, reply: bytes) -> None:
        for waiter in self._waiting.pop(number, ()):
            if not waiter.done():
                waiter.set_result(reply)

    def _tell_everybody(self, fault: Fault) -> None:
        holder, self._holder = self._holder, None
        if holder is not None:
            holder(fault)
        waiters = [waiter for waiters in self._waiting.values() for waiter in waiters]
        self._waiting.clear()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_exception(fault)
