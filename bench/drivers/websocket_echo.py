"""Floors: a bare WebSocket echo of a game's messages between Python's `websockets` and Node.

    python -m bench.drivers.websocket_echo (asyncio | sync)

A case is the name of a payload of games. asyncio is timed inside its loop, where the bridge is as well.
"""

import asyncio
import contextlib
import queue
import sys
import threading
from collections.abc import Iterator
from typing import Any

from bench import payloads
from bench.drivers.driving import Timing, drive, repeated, repeated_in
from bench.drivers.sockets import OPTIONS, START_SECONDS, dialled, node


@contextlib.contextmanager
def in_loop(name: str) -> Iterator[Timing]:
    """`websockets.asyncio`."""
    step, state = payloads.read_game(name)
    with asyncio.Runner() as runner:
        started = dialled("echo.mjs")
        (connection,) = runner.run(started.__aenter__())

        async def told() -> None:
            await connection.send(state)
            await connection.recv()

        async def once() -> None:
            await connection.send(step)
            await connection.recv()

        runner.run(told())
        yield repeated_in(runner.get_loop(), once)
        runner.run(started.__aexit__(None, None, None))


@contextlib.contextmanager
def in_threads(name: str) -> Iterator[Timing]:
    """`websockets.sync`."""
    from websockets.sync.server import serve

    step, state = payloads.read_game(name)
    connected: queue.SimpleQueue[Any] = queue.SimpleQueue()
    done = threading.Event()

    def handle(connection: Any) -> None:
        connected.put(connection)
        done.wait()

    with serve(handle, "127.0.0.1", 0, **OPTIONS) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with node("echo.mjs", f"ws://127.0.0.1:{server.socket.getsockname()[1]}"):
            connection = connected.get(timeout=START_SECONDS)
            connection.send(state)
            connection.recv()

            def once() -> None:
                connection.send(step)
                connection.recv()

            yield repeated(once)
            done.set()


if __name__ == "__main__":
    drive({"asyncio": in_loop, "sync": in_threads}[sys.argv[1]])
