"""WemiEnv's `create_env`: its six games as environments in the trainer's own process, where the games dial in.

`from stepwire_bridge.compat import wemi as WemiEnv` goes where `import WemiEnv` was. Knows the games' names and what
their actions mean; what they say is declared in `dialects/wemi_games.toml`. Importing this registers each game with
Gymnasium as `WemiEnv/<name>-v0`.
"""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any, Literal, overload

import gymnasium
import numpy as np
from gymnasium.spaces import Discrete

from stepwire_bridge.compat.door import Awaited, Place, opened
from stepwire_bridge.compat.env import BackendEnv, Patience
from stepwire_bridge.compat.interact import PORT
from stepwire_bridge.dialects import wemi as dialect
from stepwire_bridge.dialects.declared import Declaration, declarations

GAMES_FILE = Path(dialect.__file__).parent / "wemi_games.toml"
"""The games' declarations, for the setting games_file of a server."""

ACTION_MEANINGS = {
    "Flappybird": "0 does nothing, 1 flaps",
    "BottleJump": "how long to press: -1 is 300 ms, 1 is 1100 ms",
    "Game2048": "0 left, 1 right, 2 up, 3 down",
    "PlaneWar": "the angle at which the plane moves",
    "GreedySnake": "0 up, 1 down, 2 left, 3 right",
    "Timberman": "0 cuts from the left, 1 from the right",
}
"""What an action does in each of the games; its keys are the games' names."""


class WemiEnv(BackendEnv):
    """One of WemiEnv's games. It listens from the start and waits for the game at the first reset.

    Args:
        name: The game's, as in `ACTION_MEANINGS`.
        host: What to listen on; "0.0.0.0" lets games from other machines in, and then a token should be asked for.
        port: Shared by all environments of a process that ask for the same; 0 picks a free one.
        wait: Seconds that the first reset waits for the game; None waits for ever.
        token: What the game must say in its address, as `?token=…`; None lets any game in.
        allowed_origins: Browser origins that may connect.
        patience: Deadlines of the calls.

    Attributes:
        action_meanings: What an action does, for people.
        address: Where the game dials. The first environment's game at a port may dial it without a path as well.

    Raises:
        ValueError: There is no such game, or the port is listened on with another token or other origins.
        OSError: The port cannot be had.
    """

    def __init__(
        self,
        name: str,
        *,
        host: str = "127.0.0.1",
        port: int = PORT,
        wait: float | None = None,
        token: str | None = None,
        allowed_origins: Collection[str] = (),
        patience: Patience | None = None,
    ) -> None:
        declaration = _declared(name)

        async def awaited() -> Awaited:
            door = await opened(Place(host, port, token, tuple(allowed_origins)), declaration)
            self.address, self.port = door.address(declaration), door.port
            return Awaited(door, declaration, wait)

        super().__init__(awaited(), patience=patience)
        self.action_meanings = ACTION_MEANINGS[name]


class OldStyle:
    """The same with the calls of WemiEnv: `reset()` gives an observation, `step()` four parts, the last of them None.

    Observations are lists, as WemiEnv's were, and Flappybird's are arrays. An action of a game with one number may be
    that number or a list of it.
    """

    cur_obs = None
    """WemiEnv's environments had it, and never anything else in it."""

    def __init__(self, env: WemiEnv, *, as_arrays: bool) -> None:
        self.env = env
        """The environment itself, with Gymnasium's calls."""
        self.action_space, self.observation_space = env.action_space, env.observation_space
        self.action_meanings = env.action_meanings
        self._as_arrays = as_arrays

    def __enter__(self) -> "OldStyle":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def reset(self) -> Any:
        """Start an episode; raises what `WemiEnv.reset` does."""
        observation, _ = self.env.reset()
        return self._given(observation)

    def step(self, action: Any) -> tuple[Any, float, bool, None]:
        """Take a step: observation, reward, done, None. Raises what `WemiEnv.step` does."""
        observation, reward, terminated, truncated, _ = self.env.step(self._action(action))
        return self._given(observation), reward, terminated or truncated, None

    def close(self) -> None:
        """Let the game go. May be called twice."""
        self.env.close()

    def _given(self, observation: Any) -> Any:
        return observation if self._as_arrays else list(observation)

    def _action(self, action: Any) -> Any:
        try:
            given = np.asarray(action)
        except ValueError:  # lists of several lengths
            return action
        if given.size != 1 or given.dtype.kind not in "biuf":
            return action  # for the space to judge
        if isinstance(self.action_space, Discrete):
            number = given.item()
            return int(number) if float(number).is_integer() else number
        return given.astype(np.float32).reshape(self.action_space.shape)


@overload
def create_env(Env_name: str, *, old_api: Literal[False] = ..., **options: Any) -> WemiEnv: ...  # noqa: N803


@overload
def create_env(Env_name: str, *, old_api: Literal[True], **options: Any) -> OldStyle: ...  # noqa: N803


def create_env(Env_name: str, *, old_api: bool = False, **options: Any) -> WemiEnv | OldStyle:  # noqa: N803
    """An environment on a game that dials in.

    Args:
        Env_name: The game's, as in `ACTION_MEANINGS`; WemiEnv called it so.
        old_api: Whether it is to have the calls of WemiEnv instead of Gymnasium's.
        options: Those of `WemiEnv`.

    Raises:
        ValueError: There is no such game, or the port is listened on with another token or other origins.
        OSError: The port cannot be had.
    """
    env = WemiEnv(Env_name, **options)
    return OldStyle(env, as_arrays=Env_name == "Flappybird") if old_api else env


@cache
def _declarations() -> dict[str, Declaration]:
    return declarations(GAMES_FILE.read_text(encoding="utf-8"))


def _declared(name: str) -> Declaration:
    if name not in ACTION_MEANINGS:
        raise ValueError(f"WemiEnv has no game {name!r}; there are {', '.join(ACTION_MEANINGS)}")
    return _declarations()[name]


for _name in ACTION_MEANINGS:
    gymnasium.register(f"WemiEnv/{_name}-v0", entry_point=f"{__name__}:WemiEnv", kwargs={"name": _name})
