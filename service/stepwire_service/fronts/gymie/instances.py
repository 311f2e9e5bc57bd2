"""The environments of one connection: made by it, asked in order, ended with it, and nobody else's.

Knows sessions; knows nothing of how requests are written.
"""

import asyncio
import copy
import secrets
import uuid
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, Final, TypeVar

from gymnasium.spaces import Space

from stepwire_bridge.backend import Observed, Spec, Transition
from stepwire_bridge.faults import Fault, InvalidOptions, SessionLost
from stepwire_bridge.membership import Misfit, conform
from stepwire_service.catalog import Order
from stepwire_service.fronts.gymie.terms import Terms
from stepwire_service.sessions import Deadlines, Session

T = TypeVar("T")

PREFIXES: Final = ("gym", "gymvec", "game", "udp")
"""What an id may begin with, before a colon; one without is Gymnasium's."""

LONGEST_ID: Final = 4096
"""Characters, as many as a path may have. To look for similar ids takes Gymnasium the longer, the longer one is."""


class UnknownInstance(Exception):
    """An instance id that this connection did not make, or has closed."""

    def __init__(self, instance_id: str) -> None:
        self.instance_id = instance_id
        super().__init__(f"this connection has no instance {instance_id!r:.80}. Call make first.")


class Instance:
    """One environment. Its requests are executed one after the other, in the order in which they are made.

    Args:
        instance_id: What the agent calls it.
        session: The hold on it.
        seed: For the first reset that has none of its own.
    """

    def __init__(self, instance_id: str, session: Session, seed: int | None) -> None:
        self.instance_id = instance_id
        self._session = session
        self._seed = seed
        self._number = 0
        self._turn = asyncio.Lock()
        self._sampled: Space[Any] | None = None
        self._closed = False

    @property
    def spec(self) -> Spec:
        """What it is."""
        return self._session.episodes.spec

    async def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> Observed:
        """Start an episode, with the seed that `make` was given where there is no other; see `Episodes.reset`."""

        async def execute(session: Session) -> Observed:
            chosen = self._seed if seed is None else seed
            observed = await session.episodes.reset(None if chosen is None else [chosen], options, None)
            self._seed = None
            return observed

        return await self.ask(execute)

    async def step(self, action: Any) -> Transition:
        """Take a step with an action as JSON has it; see `Episodes.step`."""
        return await self.ask(lambda session: session.episodes.step(self._fitted(action)))

    async def render(self) -> Any:
        """Draw; see `Episodes.render`."""
        return await self.ask(lambda session: session.episodes.render())

    async def sample(self, seed: int | None = None) -> Any:
        """A random action, from a generator that is not the environment's own.

        Args:
            seed: Begins the generator anew.
        """

        async def execute(_: Session) -> Any:
            return await asyncio.to_thread(self._draw, seed)

        return await self.ask(execute)

    async def look(self) -> Spec:
        """What it is, once all before it is answered."""

        async def execute(session: Session) -> Spec:
            return session.episodes.spec

        return await self.ask(execute)

    async def close(self, close: Callable[[Session], Awaitable[None]]) -> None:
        """Close it; `close` closes its session."""
        await self.ask(close)
        self._closed = True

    async def ask(self, execute: Callable[[Session], Awaitable[T]]) -> T:
        """Have the session execute something in its turn.

        Raises:
            UnknownInstance: It was closed meanwhile.
            Fault: What came to it, or what the session was ended with.
        """
        async with self._turn:
            if self._closed:
                raise UnknownInstance(self.instance_id)
            outcome: list[T] = []
            failure: list[Exception] = []

            async def work() -> bytes:  # nobody asks twice over a connection, so the session need not keep a reply
                try:
                    outcome.append(await execute(self._session))
                except Exception as error:
                    failure.append(error)
                return b""

            self._number += 1
            await self._session.ask(self._number, self._number - 1, work)
            if failure:
                raise failure[0]
            return outcome[0]

    def _fitted(self, action: Any) -> Any:
        """The action in the types that the environment's space has; one outside is left for `step` to refuse."""
        try:
            return conform(self.spec.action_space, action, "action")
        except Misfit:
            return action

    def _draw(self, seed: int | None) -> Any:
        if self._sampled is None:
            self._sampled = copy.deepcopy(self.spec.action_space)
        if seed is not None:
            self._sampled.seed(seed)
        return self._sampled.sample()


class Instances:
    """All environments of one connection.

    Args:
        terms: See there.
        owner: Whose connection it is; "" where there are no tokens.
    """

    def __init__(self, terms: Terms, owner: str) -> None:
        self._terms = terms
        self._owner = owner
        self._instances: dict[str, tuple[Instance, Session]] = {}
        self._making: set[asyncio.Task[Session]] = set()

    async def make(
        self, env_id: str, seed: int | None, kwargs: Mapping[str, Any], render_mode: str | None = None
    ) -> Instance:
        """Make an environment.

        Args:
            env_id: With one of PREFIXES, or a name in Gymnasium's registry. Where the user's own function makes the
                environments, anything.
            seed: For its first reset.
            kwargs: For its constructor.
            render_mode: "rgb_array", "ansi" or None.

        Raises:
            InvalidOptions: The id is too long.
            Fault: See `Sessions.open`.
        """
        if len(env_id) > LONGEST_ID:
            raise InvalidOptions("env_id", f"{len(env_id)} characters", f"at most {LONGEST_ID}")
        order = Order(self._full(env_id), self._checked(kwargs, seed), render_mode=render_mode)
        session = await self._open(order)
        session.hold(lambda _: None)  # as a stream does: a connection that is open does not let go of its instances
        instance = Instance(uuid.uuid4().hex, session, seed)
        self._instances[instance.instance_id] = instance, session
        return instance

    def find(self, instance_id: str) -> Instance:
        """The instance of that id.

        Raises:
            UnknownInstance: There is none.
        """
        return self._found(instance_id)[0]

    async def close(self, instance_id: str) -> None:
        """Close an instance.

        Raises:
            UnknownInstance: There is none.
        """
        instance, _ = self._found(instance_id)
        with suppress(SessionLost):  # it has ended already
            await instance.close(self._terms.sessions.close)
        self._instances.pop(instance_id, None)

    def end(self) -> None:
        """Give all of them up: the connection is over. May be called twice."""
        for task in self._making:
            task.add_done_callback(self._abandon_made)
        self._making.clear()
        while self._instances:
            _, (_, session) = self._instances.popitem()
            self._abandon(session)

    def _found(self, instance_id: str) -> tuple[Instance, Session]:
        found = self._instances.get(instance_id)
        if found is None:
            raise UnknownInstance(instance_id)
        return found

    def _full(self, env_id: str) -> str:
        if self._terms.prefix:
            return f"{self._terms.prefix}:{env_id}"
        return env_id if env_id.partition(":")[0] in PREFIXES and ":" in env_id else f"gym:{env_id}"

    def _checked(self, kwargs: Mapping[str, Any], seed: int | None) -> dict[str, Any]:
        for name in kwargs:
            if not name.isidentifier() or name in ("env_id", "seed"):
                raise InvalidOptions(
                    f"kwargs.{name:.80}", "it", "names of keyword arguments other than env_id and seed"
                )
        own_seed = {"seed": seed} if self._terms.prefix and seed is not None else {}
        return {**own_seed, **kwargs}

    async def _open(self, order: Order) -> Session:
        """Open a session; when the connection ends meanwhile, it is given up as soon as it is open."""
        settings, sessions = self._terms.settings, self._terms.sessions
        deadlines = Deadlines(
            settings.make_deadline, settings.reset_deadline, settings.step_deadline, settings.render_deadline
        )
        key = secrets.token_bytes(16)
        opening = asyncio.create_task(sessions.open(order, deadlines, make_key=key, owner=self._owner, streamed=True))
        self._making.add(opening)
        try:
            session = await asyncio.shield(opening)
        except Fault:
            self._making.discard(opening)
            raise
        self._making.discard(opening)
        return session

    def _abandon_made(self, opening: "asyncio.Task[Session]") -> None:
        if not opening.cancelled() and opening.exception() is None:
            self._abandon(opening.result())

    def _abandon(self, session: Session) -> None:
        if not session.ended:
            why: Fault = SessionLost(session.identity.session_id, "its connection has ended")
            self._terms.sessions.abandon(session, why)
