"""The toy as a game of WeScale's guide: the same rules, one copy on each connection, in that guide's messages."""

import json
from typing import Any

from websockets.asyncio.client import ClientConnection

from stepwire_bridge import spaces
from stepwire_bridge.dialects.wescale import Declaration
from tests.bridge.toy import Toy

DECLARATION = Declaration(
    "toy", spaces.write(Toy.observation_space), spaces.write(Toy.action_space),
    seeds=True, render_modes=["rgb_array", "ansi"],
)  # fmt: skip


class WeScaleToy:
    """One copy, on a connection of its own."""

    def __init__(self) -> None:
        self._env = Toy()
        self.was_reset = self.is_mute = False

    async def play(self, connection: ClientConnection) -> None:
        """Answer until the connection closes."""
        async for text in connection:
            answer = self._answer(json.loads(text))
            if not self.is_mute:
                await connection.send(json.dumps(answer))

    def _answer(self, message: dict[str, Any]) -> dict[str, Any]:
        match message["type"]:
            case "reset":
                self.was_reset = True
                observation, info = self._env.reset(seed=message.get("seed"), options=message.get("options"))
                return {"type": "reset", "observation": observation.tolist(), "info": info}
            case "step":
                observation, reward, terminated, truncated, info = self._env.step(message["action"])
                said = {"observation": observation.tolist(), "reward": reward, "info": info}
                return said | {"terminated": terminated, "truncated": truncated}
            case _:
                return {"type": "frame", "text": self._env.render()}
