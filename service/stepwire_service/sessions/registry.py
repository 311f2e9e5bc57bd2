"""Opens, finds, evicts and closes sessions: everything that concerns more than one of them.

Knows capacity, owners, idle times and the end of the server. What happens inside a session is the session's.
"""

import asyncio
import hmac
import logging
import secrets
from contextlib import suppress
from typing import Final

from stepwire_bridge.faults import (
    AtCapacity,
    Draining,
    Fault,
    GameSilent,
    InvalidOptions,
    NotAllowed,
    SessionLost,
    TooLarge,
    UnknownSession,
)
from stepwire_service.catalog import Catalog, Order
from stepwire_service.sessions.asynchronous import AsynchronousEpisodes
from stepwire_service.sessions.episodes import Deadlines, Episodes
from stepwire_service.sessions.graves import Graves, new_session_id
from stepwire_service.sessions.replies import Replies
from stepwire_service.sessions.session import GUARD_SECONDS, Identity, Session
from stepwire_service.settings import Settings

logger = logging.getLogger(__name__)

MIN_KEY_BYTES: Final = 16

MIN_PATIENCE: Final = 0.05
"""Seconds that a session is left alone even where the settings say none, so that a new one can be taken hold of."""


class Sessions:
    """All sessions of a server.

    An async context manager: inside it idle sessions are evicted; on leaving it every session is closed.
    """

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        self._catalog = catalog
        self._settings = settings
        self._sessions: dict[str, Session] = {}
        self._makes: dict[tuple[str, bytes], asyncio.Task[Session]] = {}
        """By owner and make key, from the beginning of a make to the end of its session."""
        self._graves = Graves()
        self._closing: set[asyncio.Task[None]] = set()
        self._drained_at: float | None = None
        self._empty = asyncio.Event()
        self._empty.set()

    async def __aenter__(self) -> "Sessions":
        self._sweeper = asyncio.create_task(self._sweep_for_ever())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._sweeper.cancel()
        was_draining = self.draining
        self._drained_at = asyncio.get_running_loop().time()  # from here on nothing is made
        makes = list(self._makes.values())
        for make in makes:
            make.cancel()
        await asyncio.gather(*makes, return_exceptions=True)
        for session in list(self._sessions.values()):
            self._evict(session, Draining(0.0) if was_draining else _lost(session, "the server has stopped"))
        await asyncio.gather(*self._closing)

    # ── opening and finding ──

    async def open(
        self, order: Order, deadlines: Deadlines, *, make_key: bytes, owner: str, streamed: bool = False
    ) -> Session:
        """Make a session, or give the one that was made with the same key before.

        Cancelling the caller does not cancel the make: its reply may be asked for again.

        Args:
            order: What to open.
            deadlines: Longest times that the client will wait; the server's own hold besides.
            make_key: Chosen by the client, unguessable.
            owner: Whose token it is; "" where there are no tokens.
            streamed: Whether it belongs to a stream.

        Raises:
            InvalidOptions: Too short a key, or a number of copies below 1.
            TooLarge: More copies than a session may have.
            AtCapacity: As many sessions as the server may have.
            Draining: The server is about to stop.
            SessionLost: The session that this key made has ended.
            Fault: What the backend raised.
        """
        key = (owner, make_key)
        if key not in self._makes:
            self._check_make(order, key)
            self._makes[key] = asyncio.create_task(self._make(order, deadlines, key, streamed=streamed))
            self._makes[key].add_done_callback(_retrieve)
            self._empty.clear()
        return await self._made(self._makes[key])

    def find(self, session_id: str, resume_key: bytes, owner: str) -> Session:
        """The session of that id.

        Raises:
            UnknownSession: No id of ours, or a wrong key.
            SessionLost: It was here, or may have been on another server.
            NotAllowed: It was made with another token.
        """
        session = self._sessions.get(session_id)
        if session is None:
            raise self._graves.fault(session_id, resume_key)
        if not hmac.compare_digest(session.identity.resume_key, resume_key):
            raise UnknownSession(session_id)
        if session.identity.owner != owner:
            raise NotAllowed(f"session {session_id!r} was made with another token")
        return session

    async def close(self, session: Session) -> None:
        """Close a session for its client; called from inside its last request."""
        why = "its client closed it"
        self._forget(session, why)
        session.finish(_lost(session, why))
        await session.episodes.close()
        logger.info("session %s: closed", session.identity)

    def abandon(self, session: Session, fault: Fault) -> None:
        """End a session that its client will never learn of, and close its backend."""
        self._evict(session, fault)

    # ── the end of the server, and what /status shows ──

    async def drain(self, seconds: float) -> None:
        """Take no new sessions, and wait until the last one is closed, but not longer than so many seconds."""
        self._drained_at = asyncio.get_running_loop().time() + seconds
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.emptied()

    async def emptied(self) -> None:
        """Wait until no session is open or being opened."""
        await self._empty.wait()

    @property
    def draining(self) -> bool:
        """Whether the server is about to stop."""
        return self._drained_at is not None

    @property
    def seconds_left(self) -> float:
        """How long running sessions may go on; only while draining."""
        assert self._drained_at is not None
        return max(0.0, self._drained_at - asyncio.get_running_loop().time())

    def __len__(self) -> int:
        """How many sessions are open or being opened."""
        return len(self._makes)

    @property
    def envs(self) -> int:
        """How many copies all open sessions have."""
        return sum(session.episodes.spec.num_envs or 1 for session in self._sessions.values())

    # ── inside ──

    def _check_make(self, order: Order, key: tuple[str, bytes]) -> None:
        limits = self._settings
        if len(key[1]) < MIN_KEY_BYTES:
            raise InvalidOptions("make_key", f"{len(key[1])} bytes", f"at least {MIN_KEY_BYTES} random bytes")
        if (lost := self._graves.of_make_key(*key)) is not None:
            raise lost
        if self.draining:
            raise Draining(self.seconds_left)
        if order.num_envs is not None and order.num_envs < 1:
            raise InvalidOptions("num_envs", str(order.num_envs), "at least 1")
        if (order.num_envs or 1) > limits.max_envs_per_session:
            raise TooLarge("num_envs", order.num_envs or 1, limits.max_envs_per_session, "max_envs_per_session")
        if order.batch_size is not None and not 1 <= order.batch_size <= (order.num_envs or 0):
            raise InvalidOptions("batch_size", str(order.batch_size), "1 to num_envs")
        if len(self) >= limits.max_sessions:
            raise AtCapacity("sessions", limits.max_sessions, "max_sessions")

    async def _made(self, make: "asyncio.Task[Session]") -> Session:
        try:
            return await asyncio.shield(make)
        except asyncio.CancelledError:
            if make.cancelled():  # by the end of the server, and not by the end of the caller
                raise Draining(0.0) from None
            raise

    async def _make(self, order: Order, deadlines: Deadlines, key: tuple[str, bytes], *, streamed: bool) -> Session:
        try:
            episodes = await self._open_episodes(order, deadlines)
        except BaseException:
            self._drop_make(key)
            raise
        owner, make_key = key
        identity = Identity(new_session_id(), secrets.token_bytes(16), make_key, owner, order.env_id)
        replies = Replies(self._settings.max_unacked_replies, self._settings.max_unacked_bytes)
        longest = max(deadlines.reset, 2 * deadlines.step, deadlines.render)  # a recv waits for sends, then for steps
        session = Session(identity, episodes, replies, longest=longest, streamed=streamed)
        self._sessions[identity.session_id] = session
        logger.info("session %s: opened, num_envs=%s", identity, order.num_envs)
        return session

    async def _open_episodes(self, order: Order, deadlines: Deadlines) -> Episodes | AsynchronousEpisodes:
        try:
            async with asyncio.timeout(deadlines.make + GUARD_SECONDS):
                if order.batch_size is not None:
                    asynchronous = await self._catalog.open_asynchronous(order, timeout=deadlines.make)
                    return AsynchronousEpisodes(asynchronous, deadlines)
                return Episodes(await self._catalog.open(order, timeout=deadlines.make), deadlines)
        except TimeoutError as error:
            raise GameSilent(order.env_id, "make", deadlines.make) from error

    async def _sweep_for_ever(self) -> None:
        interval = max(min(self._settings.grace_time, self._settings.idle_time, 4.0) / 4, MIN_PATIENCE)
        while True:
            await asyncio.sleep(interval)
            self._sweep()

    def _sweep(self) -> None:
        for session in list(self._sessions.values()):
            patience = self._settings.grace_time if session.streamed else self._settings.idle_time
            if session.stuck():
                logger.error("session %s: a request outlived every deadline", session.identity)
                self._evict(session, _lost(session, "a request did not end, which is a bug of the server"))
            elif session.idle_for() > max(patience, MIN_PATIENCE):
                what = "its stream ended and none came back" if session.streamed else "nobody called it"
                self._evict(session, _lost(session, f"{what} for {patience:g} s"))

    def _evict(self, session: Session, fault: Fault) -> None:
        why = fault.why if isinstance(fault, SessionLost) else str(fault)
        logger.info("session %s: ended, %s", session.identity, why)
        self._forget(session, why)
        session.end(fault)
        closing = asyncio.create_task(session.episodes.close())
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    def _forget(self, session: Session, why: str) -> None:
        identity = session.identity
        if self._sessions.pop(identity.session_id, None) is not None:
            self._graves.bury(identity, why)
            self._drop_make((identity.owner, identity.make_key))

    def _drop_make(self, key: tuple[str, bytes]) -> None:
        del self._makes[key]
        if not self._makes:
            self._empty.set()


def _lost(session: Session, why: str) -> SessionLost:
    return SessionLost(session.identity.session_id, why)


def _retrieve(make: "asyncio.Task[Session]") -> None:
    """Look at a failed make, whose caller may be gone: asyncio reports errors that nobody has looked at."""
    if not make.cancelled():
        make.exception()
