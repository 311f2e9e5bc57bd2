"""A bare WebSocket server in Python and a Node program that dials it, as the floors of games have them.

Knows as much of the game protocol as it takes to reset and step snakes; there is no bridge.
"""

import asyncio
import contextlib
import json
import subprocess
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from stepwire_service import assets

GAMES = Path(__file__).parents[1] / "games"
OPTIONS: dict[str, Any] = {"compression": None, "ping_interval": None, "max_size": None}
START_SECONDS = 20
PATIENT = {"max_message_bytes": 2**26, "heartbeat_seconds": 3600, "silence_seconds": 3600}


@contextlib.asynccontextmanager
async def dialled(script: str, *arguments: str, count: int = 1) -> AsyncIterator[list[ServerConnection]]:
    """Run a script of bench/games with our URL; gives its connections when there are so many."""
    connections: asyncio.Queue[ServerConnection] = asyncio.Queue()

    async def handle(connection: ServerConnection) -> None:
        await connections.put(connection)
        await connection.wait_closed()

    async with serve(handle, "127.0.0.1", 0, select_subprotocol=_chosen, **OPTIONS) as server:
        port = server.sockets[0].getsockname()[1]
        with node(script, f"ws://127.0.0.1:{port}", *arguments):
            async with asyncio.timeout(START_SECONDS):
                found = [await connections.get() for _ in range(count)]
            yield found


def _chosen(_: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """Whatever is offered: games want stepwire's, the echo none."""
    return offered[0] if offered else None


@contextlib.contextmanager
def node(script: str, url: str, *arguments: str) -> Any:
    """A Node process, ended on leaving."""
    with subprocess.Popen([str(assets.node()), str(GAMES / script), url, *arguments]) as running:
        try:
            yield running
        finally:
            running.kill()


async def begin(connection: ServerConnection) -> int:
    """Welcome a game and reset its instances; gives how many it has."""
    hello = json.loads(await connection.recv())
    count: int = hello["instances"]
    await connection.send(json.dumps({"type": "welcome", "protocol": 1, "limits": PATIENT}))
    reset = {"type": "reset", "id": 1, "instances": [*range(count)], "seeds": [*range(count)], "options": None}
    await connection.send(json.dumps(reset))
    await connection.recv()
    return count


def step(actions: Sequence[int]) -> str:
    """The message that steps all instances of a connection; those whose episode has ended are reset at its end."""
    message = {
        "type": "step",
        "id": 1000,
        "instances": [*range(len(actions))],
        "actions": list(actions),
        "reset_after": True,
    }
    return json.dumps(message, separators=(",", ":"))
