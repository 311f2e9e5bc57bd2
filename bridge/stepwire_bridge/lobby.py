"""Where the instances of connected games wait until a session leases them.

Knows which instances are free and who waits for some; knows nothing of messages. Waiting is first come, first served,
so that somebody who wants many is not passed by others who want few.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from stepwire_bridge.faults import NoGameWaiting
from stepwire_bridge.game import Game
from stepwire_bridge.greeting import GameSpec, Refused

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Lease:
    """Instances of one connection, held by one session until it gives them back."""

    game: Game
    instances: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GameStatus:
    """What is there of one game."""

    spec: GameSpec
    connections: int
    instances: int
    free: int


@dataclass(slots=True, eq=False)
class _Waiter:
    count: int
    leased: asyncio.Future[list[Lease]] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Lobby:
    """The connected games by name, their free instances, and who waits for some.

    Args:
        processes: How many processes share the games, each with a lobby of its own; whoever finds too few is told.
    """

    def __init__(self, processes: int = 1) -> None:
        self._processes = processes
        self._free: dict[str, dict[Game, list[int]]] = {}
        self._waiters: dict[str, list[_Waiter]] = defaultdict(list)
        self._joined = asyncio.Event()

    def add(self, game: Game) -> None:
        """Take in a game that has said hello.

        Raises:
            Refused: Games of this name are here already, with other spaces.
        """
        name = game.spec.name
        self.check(game.spec)
        self._free.setdefault(name, {})[game] = list(range(game.instances))
        self._joined.set()
        log.info("%r joined with %d instances", game, game.instances)
        self._serve_waiters(name)

    def check(self, spec: GameSpec) -> None:
        """Raise what `add` would raise for a game that is this."""
        if spec.name in self._free:
            _check_same_spaces(spec, self.spec(spec.name))

    def remove(self, game: Game) -> None:
        """Forget a game that is over. May be called twice."""
        games = self._free.get(game.spec.name, {})
        if games.pop(game, None) is not None:
            log.info("%r left: %s", game, game.over)
        if not games:
            self._free.pop(game.spec.name, None)

    async def until_connected(self, instances: int) -> None:
        """Wait until so many instances are connected, of all games together."""
        while sum(status.instances for status in self.describe()) < instances:
            self._joined.clear()
            await self._joined.wait()

    async def lease(self, name: str, count: int, *, timeout: float) -> list[Lease]:
        """Hold `count` instances of a game, on as few connections as possible; waits until they are there.

        Raises:
            NoGameWaiting: They were not there within `timeout` seconds.
        """
        waiter = _Waiter(count)
        self._waiters[name].append(waiter)
        self._serve_waiters(name)
        try:
            await asyncio.wait((waiter.leased,), timeout=timeout)
        except asyncio.CancelledError:
            if waiter.leased.done():
                self.give_back(waiter.leased.result())
            raise
        finally:
            self._leave(name, waiter)
        if not waiter.leased.done():
            raise self._missing(name, count)
        return waiter.leased.result()

    def give_back(self, leases: Sequence[Lease]) -> None:
        """Let others have the instances, each once nothing of it is outstanding. A game that is over is skipped."""
        for lease in leases:
            lease.game.release(list(lease.instances), then=lambda lease=lease: self._freed(lease))  # type: ignore[misc]

    def spec(self, name: str) -> GameSpec:
        """What a connected game is, free or not.

        Raises:
            NoGameWaiting: None of that name is connected.
        """
        games = self._free.get(name)
        if not games:
            raise self._missing(name, 1)
        return next(iter(games)).spec

    def free(self, name: str) -> int:
        """How many instances of a game nobody holds."""
        return sum(map(len, self._free.get(name, {}).values()))

    def describe(self) -> list[GameStatus]:
        """What is there, sorted by name."""
        return [self._status(name) for name in sorted(self._free)]

    def _missing(self, name: str, wanted: int) -> NoGameWaiting:
        return NoGameWaiting(name, wanted, self.free(name), sorted(self._free), self._processes)

    def _status(self, name: str) -> GameStatus:
        games = self._free[name]
        return GameStatus(self.spec(name), len(games), sum(game.instances for game in games), self.free(name))

    def _freed(self, lease: Lease) -> None:
        games = self._free.get(lease.game.spec.name, {})
        if lease.game in games:
            games[lease.game].extend(lease.instances)
            self._serve_waiters(lease.game.spec.name)

    def _leave(self, name: str, waiter: _Waiter) -> None:
        """Whoever gives up makes room for those behind."""
        if waiter in self._waiters[name]:
            self._waiters[name].remove(waiter)
            self._serve_waiters(name)
        if not self._waiters[name]:
            del self._waiters[name]

    def _serve_waiters(self, name: str) -> None:
        waiters = self._waiters.get(name, [])
        while waiters and waiters[0].count <= self.free(name):
            waiter = waiters.pop(0)
            waiter.leased.set_result(_take(self._free[name], waiter.count))


def _take(games: dict[Game, list[int]], count: int) -> list[Lease]:
    """Take instances from as few connections as possible, and leave the large ones whole where a small one will do."""
    fitting = [game for game, free in games.items() if len(free) >= count]
    if fitting:
        return [_hold(games, min(fitting, key=lambda game: len(games[game])), count)]
    leases: list[Lease] = []
    for game in sorted(games, key=lambda game: -len(games[game])):
        held = min(count, len(games[game]))
        if held:
            leases.append(_hold(games, game, held))
            count -= held
    return leases


def _hold(games: dict[Game, list[int]], game: Game, count: int) -> Lease:
    free = sorted(games[game])
    games[game] = free[count:]
    return Lease(game, tuple(free[:count]))


def _check_same_spaces(given: GameSpec, known: GameSpec) -> None:
    for which in ("observation_space", "action_space"):
        ours, theirs = getattr(known, which), getattr(given, which)
        if ours != theirs:
            raise Refused(
                "BAD_HELLO", f"game {given.name!r} is connected here with {which} {ours}, and this one says {theirs}"
            )
