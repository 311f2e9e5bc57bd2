"""A vector environment of an environment's own, which steps all copies at once, behind the rules of the seam.

Gymnasium calls it the vector entry point of an id. It is not a batch of single environments: as a rule it has one
random stream for all copies, rounds otherwise, and resets itself in the one way it was written for.
"""

from collections.abc import Sequence
from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import gymnasium
import numpy as np
from gymnasium.spaces import Box, Dict, Discrete, MultiBinary, MultiDiscrete, Space, Tuple
from gymnasium.vector import AutoresetMode, VectorEnv
from numpy.typing import NDArray

from stepwire_bridge.backend import Observed, Spec, Transition
from stepwire_bridge.backends.making import check_render_mode, drawing, made, own_metadata, spec_of
from stepwire_bridge.faults import InvalidOptions, UnknownEnv

if TYPE_CHECKING:
    AnyVectorEnv: TypeAlias = VectorEnv[Any, Any, Any]
else:
    AnyVectorEnv = VectorEnv  # not generic in all versions that we support


def make_vectorised(
    gym_id: str, kwargs: dict[str, Any], num_envs: int, mode: AutoresetMode | None, render_mode: str | None
) -> "Vectorised":
    """What `gymnasium.make_vec` gives for the vector entry point of an id.

    Args:
        gym_id: Registered id, such as "CartPole-v1".
        kwargs: For the vector environment's constructor.
        num_envs: How many copies.
        mode: How the caller thinks that the environment resets itself; None for no opinion.
        render_mode: "rgb_array", "ansi" or None.

    Raises:
        UnknownEnv: No such id, or it has no vector environment of its own.
        Unsupported: It lacks the render mode, or needs a package that is not installed.
        InvalidOptions: Its constructor does not take one of the keyword arguments; or it resets itself otherwise.
    """
    name = f"gymvec:{gym_id}"
    spec = spec_of(name, gym_id)
    if spec.vector_entry_point is None:
        raise UnknownEnv(name, f"It has no vector environment of its own; gym:{gym_id} makes batches of copies.")
    check_render_mode(name, spec.vector_entry_point, render_mode)
    make = partial(gymnasium.make_vec, gym_id, num_envs, "vector_entry_point", **kwargs, **drawing(spec, render_mode))
    vectorised = Vectorised(name, made(name, kwargs, make))
    try:
        vectorised.check_mode(mode)
    except InvalidOptions:
        vectorised.close()
        raise
    return vectorised


class Vectorised:
    """See `stepwire_bridge.backends.places.LocalEnv`; `make_vectorised` makes one."""

    def __init__(self, name: str, env: AnyVectorEnv) -> None:
        self._name = name
        self._env = env
        self._space: Space[Any] = env.single_observation_space
        self._mode = AutoresetMode(env.metadata.get("autoreset_mode", AutoresetMode.NEXT_STEP))

    def check_mode(self, wanted: AutoresetMode | None) -> None:
        """Refuse an autoreset mode that is not the environment's own."""
        if wanted not in (None, self._mode):
            own = f"{self._mode.value}: a vector environment of its own resets itself in one way only"
            raise InvalidOptions("autoreset_mode", wanted.value, own)

    def describe(self) -> Spec:
        """What the environment says of itself."""
        env = self._env
        return Spec(
            env.single_observation_space,
            env.single_action_space,
            num_envs=env.num_envs,
            autoreset_mode=self._mode,
            metadata=own_metadata(env.metadata),
            render_mode=env.render_mode,
        )

    def reset(
        self, seeds: Sequence[int | None] | None, options: dict[str, Any] | None, mask: NDArray[np.bool_] | None
    ) -> Observed:
        """Start episodes; which seeds there may be says `_one_seed`."""
        options = options if mask is None else {**(options or {}), "reset_mask": mask}
        observation, info = self._env.reset(seed=_one_seed(seeds), options=options)
        return Observed(_copied(self._space, observation), info)

    def step(self, action: Any) -> Transition:
        """Take a step in every copy."""
        observation, reward, terminated, truncated, info = self._env.step(action)
        return Transition(
            _copied(self._space, observation),
            np.array(reward, np.float64),
            np.array(terminated, np.bool_),
            np.array(truncated, np.bool_),
            info,
        )

    def render(self) -> Any:
        """Draw every copy."""
        return self._env.render()

    def close(self) -> None:
        """Close the environment."""
        self._env.close()


def _one_seed(seeds: Sequence[int | None] | None) -> int | None:
    """The number that stands for all copies: clients send n as n, n + 1, and so on."""
    if seeds is None or all(seed is None for seed in seeds):
        return None
    first = seeds[0]
    if first is None or list(seeds) != list(range(first, first + len(seeds))):
        raise InvalidOptions(
            "seeds", "one for each copy", "one number, or none: all copies of this environment share a random stream"
        )
    return first


_ARRAYS = (Box, Discrete, MultiBinary, MultiDiscrete)


def _copied(space: Space[Any], batch: Any) -> Any:
    """A batch of observations that the environment will not write again; arrays of any library become numpy's."""
    match space:
        case Dict():
            return {key: _copied(part, batch[key]) for key, part in space.spaces.items()}
        case Tuple():
            return tuple(_copied(part, entry) for part, entry in zip(space.spaces, batch, strict=True))
        case _ if isinstance(space, _ARRAYS):
            return np.array(batch)
        case _:
            return deepcopy(batch)
