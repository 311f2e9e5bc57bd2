"""What is measured: every row of the table, as a case of a driver.

A driver is a program of bench/drivers or bench/peers in a process of its own, started once; a case is something that it
can time. Rows of one driver share its process and its server, and take turns like all others.
"""

import itertools
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

OFF = {"GRPC_EXPERIMENTS": "-event_engine_client,-event_engine_listener"}
NOOP, CARTPOLE, SNAKE = "gym:bench.envs:Noop-v0", "gym:CartPole-v1", "game:snake"
NOOP_BATCH, CARTPOLE_BATCH = "gymvec:bench.envs:Noop-v0", "gymvec:CartPole-v1"
PIXELS_84, PIXELS_210, DICT = (f"gym:bench.envs:{name}-v0" for name in ("Pixels84", "Pixels210", "Dict"))
PIXELS_84_BATCH = "gymvec:bench.envs:Pixels84-v0"
PLANE, UNMODIFIED = "game:plane", "./js_client/examples/plane"
"""A WeChat mini-game that knows nothing of stepwire: its id, and its folder."""
BATCHES = (1, 4, 16, 64, 256, 1024)
DELAY = 0.02
"""Seconds there and back over the link that is made slow."""


@dataclass(frozen=True, slots=True)
class Driver:
    """A program that times cases.

    Attributes:
        name: Unique, as it stands in the table.
        kind: "floor", "stepwire", "local", "plain" or "peer".
        command: Module and arguments.
        environ: Variables of the environment beside our own.
        python: The Python that runs it; a peer's own, where it has one.
    """

    name: str
    kind: str
    command: tuple[str, ...]
    environ: dict[str, str] = field(default_factory=dict, hash=False)
    python: str = sys.executable


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result: a driver, one of its cases, and how many env steps its round is."""

    driver: Driver
    case: str
    envs: int

    @property
    def name(self) -> str:
        """Unique."""
        return f"{self.driver.name}: {self.case}"


def all_rows(*, quick: bool) -> list[Row]:
    """Every row, floors first; with `quick` only what the targets need, without what is slow."""
    return [*floors(quick=quick), *ours(quick=quick), *local(quick=quick), *plain(), *peers(quick=quick)]


def _rows(driver: Driver, cases: Iterable[str]) -> list[Row]:
    return [Row(driver, case, _envs(case)) for case in cases]


def _envs(case: str) -> int:
    """CartPole×64 is 64 env steps a round."""
    return int(case.rpartition("×")[2].rstrip("+"))


# ------------------------------------------------------------------------------------------------------------- floors


def floors(*, quick: bool) -> Iterable[Row]:
    """Bare transports with a step's messages."""
    essential = ("noop×1", "CartPole×64", "snake×1", "pixels84×64")
    more = () if quick else ("noop×64", "noop×1024", "snake×64", "pixels210×64", "dict×64")
    tcp = Driver("TCP echo", "floor", ("bench.drivers.tcp_echo",))
    yield from _rows(tcp, ("noop×1",) if quick else essential + more)
    for client, tuning in itertools.product(("stream", "aio"), _TUNINGS):
        if tuning or not quick:
            yield from _rows(_grpc_echo(client, tuning), essential + more)
    if not quick:
        yield from _rows(_grpc_echo("aio-inside", "tuned, pinned"), ("noop×1",))
        for tuning in _TUNINGS:
            yield from _rows(_grpc_echo("unary", tuning), ("noop×1", "CartPole×64"))
    for library in ("asyncio", "sync"):
        driver = Driver(f"WebSocket echo, {library}", "floor", ("bench.drivers.websocket_echo", library))
        yield from _rows(driver, ("snake×1",) if quick else ("snake×1", "snake×64"))


_TUNINGS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "": ((), {}),
    "tuned": ((), OFF),
    "tuned, pinned": (("--pin-server",), OFF),
}
"""Of the echo: as it comes; gRPC's event engine off on both ends; and the server on one core besides."""


def _grpc_echo(client: str, tuning: str) -> Driver:
    flags, environ = _TUNINGS[tuning]
    name = ", ".join(filter(None, (f"gRPC echo, {client}", tuning)))
    return Driver(name, "floor", ("bench.drivers.grpc_echo", client, *flags), environ)


# --------------------------------------------------------------------------------------------------------------- ours


def ours(*, quick: bool) -> Iterable[Row]:
    """Real clients on real servers."""
    essential = [f"{NOOP}×1", *_cases([CARTPOLE], 1, 64)]
    games, batches = _cases([SNAKE], 1, 64), _cases([NOOP_BATCH], 64, 1024)
    every_size = [] if quick else _every_size()
    as_they_come = dict.fromkeys([*essential, *games, f"{CARTPOLE_BATCH}×64", *every_size])
    yield from _rows(_stepwire("", *_GAMES), as_they_come)
    yield from _rows(_stepwire("pinned", "--pin", *_GAMES), [*essential, *games])
    yield from _rows(_stepwire("inline", *_INLINE), essential)
    yield from _rows(_stepwire("inline, pinned", "--pin", *_INLINE), essential)
    yield from _rows(_stepwire("inline, pinned, batches", "--pin", *_BATCH_INLINE), [*batches, f"{CARTPOLE_BATCH}×64"])
    yield from _rows(_stepwire("pixels"), _cases([PIXELS_84_BATCH, PIXELS_84], 64))
    yield from _rows(_stepwire("pixels, inline, pinned", "--pin", *_BATCH_INLINE), [f"{PIXELS_84_BATCH}×64"])
    yield from _rows(_stepwire("unmodified game", "--games", f"{UNMODIFIED}=64"), [f"{PLANE}×64"])
    if not quick:
        yield from _ours_in_full()
    yield from _slow(quick=quick)


def _every_size() -> list[str]:
    """There is no single environment under `gymvec:`."""
    return _cases([NOOP, CARTPOLE, SNAKE], *BATCHES) + _cases([NOOP_BATCH, CARTPOLE_BATCH], *BATCHES[1:])


def _ours_in_full() -> Iterable[Row]:
    yield from _rows(_stepwire("more pixels"), _cases([PIXELS_84, PIXELS_210], 1) + _cases([PIXELS_210], 64))
    yield from _rows(_stepwire("Dict"), _cases([DICT], 1, 64))
    cases = _cases([NOOP, CARTPOLE, SNAKE], 1, 64) + _cases([NOOP], 1024)
    yield from _rows(_stepwire("unary", "--transport", "unary", *_GAMES), cases)
    yield from _rows(_stepwire("Unix socket", "--unix", *_GAMES), cases)
    yield from _rows(_stepwire("Unix socket, unary", "--unix", "--transport", "unary"), _cases([NOOP], 1, 64))
    yield from _rows(_stepwire("64 Node processes", *("--games", "snake=1") * 64), _cases([SNAKE], 64))
    gymie = Driver("stepwire, Gymie's agents", "stepwire", ("bench.drivers.gymie_agent",))
    yield from _rows(gymie, ("classic:CartPole-v1×1", "v2:CartPole-v1×1"))
    yield from _rows(Driver("an engine over UDP", "stepwire", ("bench.drivers.udp_engine",)), ("bare×1", "udp:cube×1"))


def _slow(*, quick: bool) -> Iterable[Row]:
    """Over a long way, and games that keep others waiting."""
    cases = [*_cases([CARTPOLE], 64), *([] if quick else [f"{CARTPOLE}×1", f"{NOOP}×1+"])]
    yield from _rows(_stepwire("20 ms away", "--delay", str(DELAY)), cases)
    games = Driver("stepwire, one slow game", "stepwire", ("bench.drivers.asynchronous",))
    yield from (Row(games, "together", 16), Row(games, "asynchronous", 8))


_GAMES = ("--games", "snake=1600")
_INLINE = tuple(word for env_id in (NOOP, CARTPOLE) for word in ("--inline", env_id))
_BATCH_INLINE = tuple(word for env_id in (NOOP_BATCH, CARTPOLE_BATCH, PIXELS_84_BATCH) for word in ("--inline", env_id))


def _stepwire(how: str, *flags: str) -> Driver:
    return Driver(", ".join(filter(None, ("stepwire", how))), "stepwire", ("bench.drivers.stepwire_env", *flags))


def _cases(env_ids: Iterable[str], *counts: int) -> list[str]:
    return [f"{env_id}×{count}" for env_id, count in itertools.product(env_ids, dict.fromkeys(counts))]


# -------------------------------------------------------------------------------------------- all that is beside ours


def local(*, quick: bool) -> Iterable[Row]:
    """Gymnasium without a wire; AsyncVectorEnv is tried at several sizes, of which the targets take the best."""
    sizes = (8, 16) if quick else (4, 8, 16, 32)
    cases = ["one×1", "sync×64", *(f"async×{size}" for size in sizes)]
    yield from _rows(Driver("Gymnasium", "local", ("bench.drivers.local",)), cases)


def plain() -> Iterable[Row]:
    """The same games without stepwire's wire: over plain WebSockets, and unmodified ones inside Node."""
    driver = Driver("plain WebSockets", "plain", ("bench.drivers.plain_games",))
    yield from _rows(driver, ("sockets×1", "sockets×64"))
    inside = Driver("inside Node", "plain", ("bench.drivers.realms",))
    yield from _rows(inside, ("plane×1", "plane×64", "plane+pixels×1", "dodge×1"))


def peers(*, quick: bool) -> Iterable[Row]:
    """What others offer, each in an environment of its own."""
    from bench.peers import PEERS

    for peer in PEERS:
        driver = Driver(peer.name, "peer", (peer.module,), python=str(peer.home / "bin" / "python"))
        yield from _rows(driver, peer.cases[:1] if quick else peer.cases)
        if peer.has_grpc and not quick:
            yield from _rows(replace(driver, name=f"{peer.name}, tuned", environ=OFF), peer.cases)
