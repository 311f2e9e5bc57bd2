"""Snakes over plain WebSockets, without stepwire's bridge and without gRPC: what one would write by hand.

    python -m bench.drivers.plain_games

A case is sockets×N: N games, each over a WebSocket of its own; all actions are sent, then all states received and read.
"""

import asyncio
import contextlib
import json
from collections.abc import Iterator

from websockets.asyncio.server import ServerConnection

from bench.drivers.driving import Timing, drive, repeated_in
from bench.drivers.sockets import begin, dialled, step


@contextlib.contextmanager
def stepping(case: str) -> Iterator[Timing]:
    """A case, from the reset on."""
    count = int(case.removeprefix("sockets×"))
    with asyncio.Runner() as runner:
        started = dialled("sockets.mjs", str(count), "1", count=count)
        connections = runner.run(started.__aenter__())
        runner.run(_begin_all(connections))
        turns = iter(range(10**12))

        async def once() -> None:
            message = step([next(turns) % 4])
            for connection in connections:
                await connection.send(message)
            for connection in connections:
                _read(await connection.recv())

        yield repeated_in(runner.get_loop(), once)
        runner.run(started.__aexit__(None, None, None))


async def _begin_all(connections: list[ServerConnection]) -> None:
    for connection in connections:
        await begin(connection)


def _read(state: str | bytes) -> object:
    """Such a small state comes as JSON; were it binary, its header would be."""
    return json.loads(state if isinstance(state, str) else state[4 : 4 + int.from_bytes(state[:4], "little")])


if __name__ == "__main__":
    drive(stepping)
