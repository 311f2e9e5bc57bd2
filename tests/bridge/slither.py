"""The rules of tests/bridge/games/slither.cjs as a Gymnasium environment, and that game's declaration."""

from pathlib import Path
from typing import Any

import gymnasium as gym
import numpy as np

SLITHER = Path(__file__).parent / "games" / "slither.cjs"

TOML = """
[slither]
dialect = "wescale-http"
url = "http://localhost:3000"
paths = { reset = "/reset", step = "/step/{0}/{1}", state = "/state" }
action_space = { type = "Box", low = -100, high = 100, shape = [2], dtype = "int32" }
terminated = "dieBool"
reward = "mySnake.score"
reward_is = "difference"
info = { steps = "stepCount" }

[slither.observation_space]
type = "Dict"
spaces.mySnake = { type = "Box", shape = [2] }
spaces.mySnakeBody = { type = "Box", shape = [10] }
spaces.foodList = { type = "Box", shape = [20, 3] }
spaces.otherSnakesList = { type = "Box", shape = [14] }

[slither.observation]
mySnake = ["mySnake.size", "mySnake.score"]
mySnakeBody = { from = "mySnake.body", fields = ["x", "y"], length = 5 }
foodList = { from = "foodList", fields = ["foodLoc.0", "foodLoc.1", "size"], length = 20 }

[slither.observation.otherSnakesList]
from = "otherSnakesList"
fields = [{ from = "body", fields = ["x", "y"], length = 3 }, "score"]
length = 2
"""


class Slither(gym.Env[Any, Any]):
    """The rules of slither.cjs, seen as the declaration says."""

    observation_space = gym.spaces.Dict(
        mySnake=gym.spaces.Box(-np.inf, np.inf, (2,)),
        mySnakeBody=gym.spaces.Box(-np.inf, np.inf, (10,)),
        foodList=gym.spaces.Box(-np.inf, np.inf, (20, 3)),
        otherSnakesList=gym.spaces.Box(-np.inf, np.inf, (14,)),
    )
    action_space = gym.spaces.Box(-100, 100, (2,), np.int32)

    def reset(self, *, seed: int | None = None, options: Any = None) -> Any:
        self.head, self.body, self.food, self.score, self.steps = (5, 5), [(5, 5)], [1, 2, 3, 4, 6, 7, 8, 9], 200, 0
        return self._seen(), {"steps": 0}

    def step(self, action: Any) -> Any:
        self.steps += 1
        self.head = tuple(int(at + np.sign(to - at)) for at, to in zip(self.head, action, strict=True))
        self.body.insert(0, self.head)
        ate = self.head[0] == self.head[1] and self.head[0] in self.food
        if ate:
            self.food.remove(self.head[0])
            self.score += 10
        else:
            self.body.pop()
        dead = not all(0 < at < 10 for at in self.head)
        return self._seen(), 10.0 if ate else 0.0, dead, False, {"steps": self.steps}

    def _seen(self) -> Any:
        def padded(values: Any, size: int) -> Any:
            return np.array([*values, *[0] * (size - len(values))], np.float32)

        body = [number for place in self.body[:5] for number in place]
        food = [number for at in self.food for number in (at, at, 0.5)]
        others = [0, self.steps, 0, 0, 0, 0, 1]
        return {
            "mySnake": np.array([42.5, self.score], np.float32),
            "mySnakeBody": padded(body, 10),
            "foodList": padded(food, 60).reshape(20, 3),
            "otherSnakesList": padded(others, 14),
        }
