"""Where the microseconds of a step go: rows that differ by one layer, timed in turn and subtracted from one another.

    python -m bench.profile [--blocks N] [--seconds S]

Prints a table for each kind of step. docs/profile.md tells what the layers do.
"""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass

from bench import payloads, running
from bench.results import Figure, figure
from bench.rows import CARTPOLE, NOOP, OFF, SNAKE, Driver, Row

TCP = Driver("TCP echo", "floor", ("bench.drivers.tcp_echo",))
STREAM = Driver("a stream against the echo", "floor", ("bench.drivers.raw_stream", "echo"), OFF)
WEBSOCKET = Driver("WebSocket echo, asyncio", "floor", ("bench.drivers.websocket_echo", "asyncio"))
LOCAL = Driver("Gymnasium", "local", ("bench.drivers.local",))
GAMES = ("--games", "snake=200")
INLINE = ("--inline", NOOP)
SERVED = Driver("a stream against the server", "stepwire", ("bench.drivers.raw_stream", "serve", *GAMES))
SERVED_INLINE = Driver("the same, inline", "stepwire", ("bench.drivers.raw_stream", "serve", *INLINE))
WHOLE = Driver("stepwire", "stepwire", ("bench.drivers.stepwire_env", *GAMES))
WHOLE_INLINE = Driver("stepwire, inline", "stepwire", ("bench.drivers.stepwire_env", *INLINE))


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of a step: what one row takes more than others.

    Attributes:
        what: As it stands in the table.
        row: That has it.
        less: Rows that have everything else in it.
    """

    what: str
    row: Row
    less: tuple[Row, ...] = ()

    def us(self, figures: Mapping[Row, Figure]) -> float:
        """What it takes, in µs."""
        return figures[self.row].us - sum(figures[row].us for row in self.less)


def _transport(payload: str, envs: int) -> tuple[Layer, Layer]:
    sockets, stream = Row(TCP, payload, envs), Row(STREAM, payload, envs)
    return (
        Layer("the system: two processes, two sockets", sockets),
        Layer("gRPC, both ends", stream, (sockets,)),
    )


def _batch(name: str, env_id: str, inner: str, row: Row) -> tuple[str, tuple[Layer, ...]]:
    """A batch of 64, of which one row tells what is not ours."""
    stream = Row(STREAM, f"{name}×64", 64)
    served, whole = Row(SERVED, f"{env_id}×64", 64), Row(WHOLE, f"{env_id}×64", 64)
    return f"64 × {env_id}", (
        *_transport(f"{name}×64", 64),
        Layer(inner, row),
        Layer("the rest of the server", served, (stream, row)),
        Layer("the client", whole, (served,)),
    )


def _single() -> tuple[str, tuple[Layer, ...]]:
    stream, served = Row(STREAM, "noop×1", 1), Row(SERVED_INLINE, f"{NOOP}×1", 1)
    inline, threaded = Row(WHOLE_INLINE, f"{NOOP}×1", 1), Row(WHOLE, f"{NOOP}×1", 1)
    return "one environment that does nothing", (
        *_transport("noop×1", 1),
        Layer("the server, stepping on its event loop", served, (stream,)),
        Layer("the client", inline, (served,)),
        Layer("a thread for the environment: there and back", threaded, (inline,)),
    )


KINDS = (
    _single(),
    _batch("CartPole", CARTPOLE, "64 CartPoles, as a local SyncVectorEnv takes them", Row(LOCAL, "sync×64", 64)),
    _batch("snake", SNAKE, "a WebSocket to Node and back, bare", Row(WEBSOCKET, "snake×64", 64)),
)


def table(kind: str, layers: tuple[Layer, ...], figures: Mapping[Row, Figure]) -> str:
    """The Markdown table of a kind of step."""
    times = [layer.us(figures) for layer in layers]
    rows = "".join(
        f"| {layer.what} | {us:.0f} | {us / sum(times):.0%} |\n" for layer, us in zip(layers, times, strict=True)
    )
    return f"| {kind} | µs | share |\n|---|---:|---:|\n{rows}| together | {sum(times):.0f} | |\n"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description="Where a step's microseconds go.")
    parser.add_argument("--blocks", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=0.4)
    options = parser.parse_args()
    skipped: dict[str, str] = {}
    rows = list(dict.fromkeys(row for _, layers in KINDS for layer in layers for row in (layer.row, *layer.less)))
    payloads.main()
    with running.started(rows, payloads.FOLDER / "logs", skipped) as ready:
        results = running.timed(ready, options.blocks, options.seconds, skipped)
    figures = {row: figure(row, blocks) for row, blocks in results.items()}
    print("\n".join(table(kind, layers, figures) for kind, layers in KINDS))


if __name__ == "__main__":
    main()
