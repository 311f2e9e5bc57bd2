"""What stepwire wants to reach, as ratios within one run: the one place where rows are set against each other.

*Echo* is the fastest bare stream echo of the same messages that grpcio's public API gives a synchronous caller, among
the tunings of `bench.rows.floors`; *WS echo* the same for `websockets` and Node. Where ours runs in several ways, the
best one counts, but for peers, which run as they come: there it is ours as it comes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bench.peers import PEERS
from bench.results import Figure, Measured, Missing
from bench.rows import CARTPOLE, CARTPOLE_BATCH, DELAY, NOOP, NOOP_BATCH, PIXELS_84_BATCH, PLANE, SNAKE


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio, or a figure, and how much it may be at most or must be at least.

    Attributes:
        what: As it stands in the table.
        value: Computes it; raises Missing.
        limit: The bound.
        is_ceiling: Whether the limit is the most; otherwise it is the least.
        unit: Of the value; none for ratios.
    """

    what: str
    value: Callable[[Measured], float]
    limit: float
    is_ceiling: bool
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a target.

    Attributes:
        target: Which one.
        value: What was measured; None when something was missing.
        rows: The rows that it is made of, by name.
        missing: What was missing.
    """

    target: Target
    value: float | None
    rows: tuple[str, ...] = ()
    missing: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether it was reached; None when it was not measured."""
        if self.value is None:
            return None
        return self.value <= self.target.limit if self.target.is_ceiling else self.value >= self.target.limit


def outcomes(measured: Measured) -> list[Outcome]:
    """Every target beside what was measured."""
    return [_outcome(target, measured) for target in TARGETS]


def _outcome(target: Target, measured: Measured) -> Outcome:
    afresh = replace(measured, asked=[])
    try:
        value = target.value(afresh)
    except Missing as missing:
        return Outcome(target, None, missing=str(missing))
    return Outcome(target, value, tuple(dict.fromkeys(afresh.asked)))


# ------------------------------------------------------------------------------------------- what the ratios are of


def echo(m: Measured, payload: str) -> Figure:
    """The fastest stream echo for a synchronous caller."""
    return m.best(*(f"gRPC echo, {client}{tuned}: {payload}" for client in ("stream", "aio") for tuned in ("", ", *")))


def websocket_echo(m: Measured, payload: str) -> Figure:
    """The fastest WebSocket echo."""
    return m.best(f"WebSocket echo, *: {payload}")


def ours(m: Measured, case: str) -> Figure:
    """The best of our servers on this machine: stream over TCP, all settings."""
    settings = ("", ", pinned", ", inline", ", inline, pinned", ", inline, pinned, batches", ", pixels*")
    return m.best(*(f"stepwire{how}: {case}" for how in settings))


def threaded(m: Measured, case: str) -> Figure:
    """The same with environments in threads of their own, or games."""
    return m.best(f"stepwire: {case}", f"stepwire, pinned: {case}")


def on_the_loop(m: Measured, case: str) -> Figure:
    """The same with environments stepped on the event loop."""
    return m.best(f"stepwire, inline*: {case}")


def sync(m: Measured) -> Figure:
    """Gymnasium's local batch."""
    return m.best("Gymnasium: sync×64")


def best_peer(m: Measured) -> Figure:
    """The best networked peer."""
    return m.best(*(f"{peer.name}: *CartPole×1" for peer in PEERS if peer.is_networked))


def one_game(m: Measured) -> float:
    """A game beside the two echoes on its way."""
    floor = echo(m, "snake×1").us + websocket_echo(m, "snake×1").us
    return threaded(m, f"{SNAKE}×1").us / floor


def batch_of_cartpoles(m: Measured) -> float:
    """A batch beside the same batch without a wire, and the wire without the batch."""
    return ours(m, f"{CARTPOLE}×64").us / (sync(m).us + echo(m, "CartPole×64").us)


def growth(m: Measured) -> float:
    """What a step of a large batch costs beside that of a small one, on the same server."""
    drivers = {name.partition(": ")[0] for name in m.figures if name.endswith(f": {NOOP_BATCH}×1024")}
    pairs = [[m.best(f"{driver}: {NOOP_BATCH}×{n}") for n in (1024, 64)] for driver in drivers]
    if not pairs:
        raise Missing(f"no row {NOOP_BATCH}×1024")
    return min(large.us_a_step / small.us_a_step for large, small in pairs)


def not_waiting(m: Measured) -> float:
    """An asynchronous batch beside one that steps together, by throughput: its rounds differ by nature."""
    free, bound = (m.best(f"stepwire, one slow game: {case}") for case in ("asynchronous", "together"))
    return (free.envs / free.mean_us) / (bound.envs / bound.mean_us)


def far_away(m: Measured) -> float:
    """The throughput of a batch beside what the delay allows."""
    allowed = DELAY * 1e6 + sync(m).us
    return allowed / m.best(f"stepwire, 20 ms away: {CARTPOLE}×64").us


def inside_node(m: Measured, case: str) -> Figure:
    """Unmodified games without any network."""
    return m.best(f"inside Node: {case}")


def times_real(m: Measured) -> float:
    """How much faster than real time a canvas game runs: a step is four frames of sixty a second."""
    return inside_node(m, "plane×1").rate * 4 / 60


def memory(key: str) -> Callable[[Measured], float]:
    """A figure of memory: of the idle sessions, or of unmodified games."""

    def value(m: Measured) -> float:
        if key not in m.memory:
            raise Missing("the unmodified games" if key.startswith("realms") else "the idle sessions")
        return m.memory[key]

    return value


def _of_rates(above: Callable[[Measured], Figure], below: Callable[[Measured], Figure]) -> Callable[[Measured], float]:
    return lambda m: above(m).rate / below(m).rate


def _of_times(above: Callable[[Measured], Figure], below: Callable[[Measured], Figure]) -> Callable[[Measured], float]:
    return lambda m: above(m).us / below(m).us


def _at_most(limit: float, what: str, value: Callable[[Measured], float], unit: str = "") -> Target:
    return Target(what, value, limit, is_ceiling=True, unit=unit)


def _at_least(limit: float, what: str, value: Callable[[Measured], float]) -> Target:
    return Target(what, value, limit, is_ceiling=False)


def _cartpoles(m: Measured) -> Figure:
    return ours(m, f"{CARTPOLE}×64")


def _snakes(m: Measured) -> Figure:
    return ours(m, f"{SNAKE}×64")


def _noop_echo(m: Measured) -> Figure:
    return echo(m, "noop×1")


TARGETS: tuple[Target, ...] = (
    _at_most(
        1.1, "one no-op env, stepped on the loop ÷ echo", _of_times(lambda m: on_the_loop(m, f"{NOOP}×1"), _noop_echo)
    ),
    _at_most(1.6, "one no-op env, in its own thread ÷ echo", _of_times(lambda m: threaded(m, f"{NOOP}×1"), _noop_echo)),
    _at_most(1.15, "one Node game ÷ (echo + WS echo)", one_game),
    _at_most(
        0.6,
        "one CartPole, settings as they come ÷ best networked peer's",
        _of_times(lambda m: m.best(f"stepwire: {CARTPOLE}×1"), best_peer),
    ),
    _at_most(1.15, "64 CartPoles ÷ (local SyncVectorEnv + echo)", batch_of_cartpoles),
    _at_least(0.65, "64 CartPoles, env steps/s ÷ local SyncVectorEnv(64)", _of_rates(_cartpoles, sync)),
    _at_least(
        5,
        "64 CartPoles, env steps/s ÷ local AsyncVectorEnv at its best size",
        _of_rates(_cartpoles, lambda m: m.best("Gymnasium: async×*")),
    ),
    _at_least(25, "64 CartPoles, env steps/s ÷ best networked peer", _of_rates(_cartpoles, best_peer)),
    _at_least(
        1.3,
        "gymvec:CartPole-v1, 64, env steps/s ÷ local SyncVectorEnv(64)",
        _of_rates(lambda m: ours(m, f"{CARTPOLE_BATCH}×64"), sync),
    ),
    _at_least(
        4,
        "64 snakes on Node, env steps/s ÷ 64 plain WebSockets",
        _of_rates(_snakes, lambda m: m.best("plain WebSockets: sockets×64")),
    ),
    _at_least(
        15,
        "64 snakes on Node, env steps/s ÷ one game in sequence",
        _of_rates(_snakes, lambda m: m.best("plain WebSockets: sockets×1")),
    ),
    _at_most(
        0.4,
        "transport and codec per env step, 1,024 × float32[4]",
        lambda m: ours(m, f"{NOOP_BATCH}×1024").us_a_step,
        "µs",
    ),
    _at_least(
        0.75,
        "64 × 84×84×4 uint8, bytes/s ÷ echo of the same bytes",
        _of_rates(lambda m: ours(m, f"{PIXELS_84_BATCH}×64"), lambda m: echo(m, "pixels84×64")),
    ),
    _at_most(0.25, "cost per env step, batch of 1,024 ÷ batch of 64", growth),
    _at_most(60, "1,000 idle sessions on the loop: server memory for each", memory("inline_server_kb"), "KB"),
    _at_most(60, "1,000 idle sessions in threads: server memory for each", memory("server_kb"), "KB"),
    _at_most(110, "1,000 idle sessions: client memory for each", memory("client_kb"), "KB"),
    _at_most(0, "1,000 idle sessions: failed", memory("failed")),
    _at_least(300, "an unmodified canvas game, state only: times real time", times_real),
    _at_least(
        0.6,
        "64 unmodified games, env steps/s ÷ the same stepped inside one Node",
        _of_rates(lambda m: m.best(f"stepwire, unmodified game: {PLANE}×64"), lambda m: inside_node(m, "plane×64")),
    ),
    _at_least(
        800, "an unmodified game, 84×84 grey pixels, env steps/s", lambda m: inside_node(m, "plane+pixels×1").rate
    ),
    _at_most(250, "200 unmodified games in one process: memory", memory("realms_mb"), "MB"),
    _at_most(1, "1,000 hard resets: memory that stays", memory("realms_grown_mb"), "MB"),
    _at_least(5, "one of 16 games 20 × slower, asynchronous ÷ together, env steps/s", not_waiting),
    _at_least(0.8, "64 CartPoles over 20 ms, env steps/s ÷ what the delay allows", far_away),
)
