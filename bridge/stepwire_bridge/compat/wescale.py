"""WeScale's `MyGameEnv`: a game that speaks its guide's messages, as an environment in the trainer's own process.

`from stepwire_bridge.compat.wescale import MyGameEnv` goes where the guide's class was. It dials the game, or listens
where nobody is there to be dialled: the guide's two halves both dial, and then this is the side that listens. The
guide's programs await every call, Gymnasium's await none; both work, since what a call gives is there when it returns,
and can be awaited all the same.
"""

import asyncio
from collections.abc import Collection, Generator
from typing import Any

import gymnasium
import numpy as np
from gymnasium.spaces import Box, Dict, Discrete, Space

from stepwire_bridge import spaces
from stepwire_bridge.backend import Backend
from stepwire_bridge.compat.env import BackendEnv, Patience
from stepwire_bridge.compat.wescale_line import NAME, Line
from stepwire_bridge.dialects.wescale import PICTURES, Declaration


class Given(tuple[Any, ...]):
    """What a call gives. It is there already; awaiting it gives it again."""

    __slots__ = ()

    def __await__(self) -> Generator[None, None, "Given"]:
        yield from ()
        return self


class Done:
    """What a call without a result gives to a program that may await it."""

    def __await__(self) -> Generator[None, None, None]:
        yield from ()


class MyGameEnv(BackendEnv):
    """The guide's environment. It connects at `connect` or at the first reset.

    Every call blocks until the game has answered, the awaited ones too; a game on the same event loop would never get
    to answer.

    Args:
        ws_uri: Where the game listens, or dials.
        render_mode: "human" has the game draw itself at each `render()`; "ansi" and "rgb_array" ask it for a frame.
        observation_space, action_space: The guide's when None: positions of player and enemy, and four directions.
        seeds: Whether the game is sent the seed and options of a reset.
        listen: True listens at `ws_uri`, False dials it until somebody is there. None dials it once, and listens where
            nobody is there and the host is this one.
        wait: Seconds that connecting waits for the game.
        answers_render: Whether the game answers a render that asks for no frame; that answer is passed over.
        allowed_origins: Browser origins that may dial, such as "http://localhost:8080".
        patience: Deadlines of the calls.

    Raises:
        ValueError: A render mode that is none of these, or an address that is not ws:// or wss://.
    """

    metadata = {"render_modes": ["human"], "render_fps": 30}  # noqa: RUF012

    def __init__(
        self,
        ws_uri: str = "ws://localhost:8765",
        render_mode: str | None = None,
        *,
        observation_space: Space[Any] | None = None,
        action_space: Space[Any] | None = None,
        seeds: bool = False,
        listen: bool | None = None,
        wait: float = 60.0,
        answers_render: bool = False,
        allowed_origins: Collection[str] = (),
        patience: Patience | None = None,
    ) -> None:
        if render_mode not in (None, "human", *PICTURES):
            raise ValueError(f"render_mode is one of human, {', '.join(PICTURES)}, or None, not {render_mode!r}")
        declaration = Declaration(
            NAME, spaces.write(observation_space or guide_observations()), spaces.write(action_space or Discrete(4)),
            seeds=seeds, render_modes=[render_mode] if render_mode in PICTURES else [], url=ws_uri,
        )  # fmt: skip
        self._line = line = Line(declaration, listen, wait, allowed_origins, answers_render=answers_render)

        async def opening() -> Backend:
            return line

        super().__init__(opening(), patience=patience)
        self.render_mode = render_mode

    @property
    def port(self) -> int:
        """Where it listens, once it is connected or waits for that; also where port 0 was asked for."""
        return self._line.port

    def listen(self) -> int:
        """Listen, or dial, without waiting for the game; gives the port where it listens. May be called twice."""
        self._check_open()
        self._portal.run(self._line.open())
        return self.port

    def connect(self) -> Done:
        """Wait until the game is there. May be called twice.

        Raises:
            NoGameWaiting: It did not come in time.
            GameGone: What listens at the address is no WebSocket server.
            OSError: The port cannot be had.
        """
        self._check_open()
        self._portal.run(self._line.leased())
        return Done()

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> Given:
        """Start an episode: observation and info. Raises what `connect` and `BackendEnv.reset` do."""
        return Given(super().reset(seed=seed, options=options))

    def step(self, action: Any) -> Given:
        """Take a step: observation, reward, terminated, truncated, info. Raises what `BackendEnv.step` does."""
        return Given(super().step(action))

    def render(self, mode: str | None = None) -> Any:
        """Draw the current state: "human" tells the game to, the other modes give what it sends.

        Args:
            mode: "human" has the game draw itself whatever the env's render mode, as the guide has it.

        Raises:
            NotReset: Nothing is connected yet.
            ValueError: It is a mode that this environment was not made with.
        """
        if mode not in (None, "human", self.render_mode):
            raise ValueError(f"mode is human or the environment's render_mode {self.render_mode!r}, not {mode!r}")
        if "human" not in (mode, self.render_mode):
            picture = super().render()
            return _done() if picture is None else picture
        self._check_open()
        self._portal.run(self._line.draw())
        return _done()

    def close(self) -> Any:
        """Let the game go. May be called twice."""
        super().close()
        return _done()


def guide_observations() -> Dict:
    """Where the player and the enemy are, on a grid of ten by ten."""
    return Dict(player_pos=Box(0, 10, (2,), np.int32), enemy_pos=Box(0, 10, (2,), np.int32))


def _done() -> Done | None:
    """Something to await, where the caller may do so; a wrapper of Gymnasium's wants None."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return None
    return Done()


gymnasium.register("WeScale/MyGame-v0", entry_point=f"{__name__}:MyGameEnv")
