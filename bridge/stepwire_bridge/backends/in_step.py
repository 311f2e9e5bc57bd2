"""Copies of an environment that step together: value for value what Gymnasium's `SyncVectorEnv` gives, a sixth sooner.

The rules are `SyncVectorEnv`'s, down to the order in which copies are called and infos are put together. The time comes
from three places: Gymnasium's wrappers are passed by in all steps in which they do nothing, numbers are put into arrays
as whole columns, and so are observations, where they are arrays as the space declares. Whatever is not so goes the way
it goes in Gymnasium.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

import gymnasium
import numpy as np
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space, iterate
from gymnasium.wrappers import OrderEnforcing, TimeLimit
from numpy.typing import NDArray

from stepwire_bridge.backend import Observed, Spec, Transition
from stepwire_bridge.backends.columns import flags, numbers, stacked
from stepwire_bridge.backends.making import own_metadata

Env = gymnasium.Env[Any, Any]

NEVER: Final = np.iinfo(np.int64).max


class Steps(Protocol):
    """What takes a copy's step."""

    def step(self, action: Any, /) -> tuple[Any, Any, Any, Any, Any]:
        """As `gymnasium.Env.step`."""
        ...


class InStep:
    """See `stepwire_bridge.backends.places.LocalEnv`.

    Args:
        make: Makes one copy.
        num_envs: How many.
        mode: When a copy starts its next episode.

    Raises:
        RuntimeError: The copies have different spaces.
    """

    def __init__(self, make: Callable[[], Env], num_envs: int, mode: AutoresetMode) -> None:
        self.num_envs = num_envs
        self._mode = mode
        self._envs = [make() for _ in range(num_envs)]
        _check_alike(self._envs)
        self._space = self._envs[0].observation_space
        self._actions = batch_space(self._envs[0].action_space, num_envs)
        self._inner: list[Steps] = [_within(env) for env in self._envs]
        self._wrapped = [_Wrapped(env) for env in self._envs]
        self._starting_over = [_StartsOver(env) for env in self._envs]
        self._limits = np.array([wrapped.limit for wrapped in self._wrapped])
        self._elapsed = np.zeros(num_envs, np.int64)
        """How many steps each copy's episode has."""
        self._over: list[int] = []
        """The copies whose next step starts their next episode."""
        self._observations: list[Any] = [None] * num_envs

    _add_info: Any = VectorEnv._add_info

    def describe(self) -> Spec:
        """What the first copy says of itself, and how many there are."""
        first = self._envs[0]
        return Spec(
            first.observation_space,
            first.action_space,
            num_envs=self.num_envs,
            autoreset_mode=self._mode,
            metadata=own_metadata(first.metadata),
            render_mode=first.render_mode,
        )

    def reset(
        self, seeds: Sequence[int | None] | None, options: dict[str, Any] | None, mask: NDArray[np.bool_] | None
    ) -> Observed:
        """Start episodes."""
        options = options if mask is None else dict(options or {})  # as Gymnasium has it, with the mask taken out
        seeds = seeds or [None] * self.num_envs
        copies = range(self.num_envs) if mask is None else np.flatnonzero(mask).tolist()
        infos: dict[str, Any] = {}
        for copy in copies:
            self._observations[copy], info = self._envs[copy].reset(seed=seeds[copy], options=options)
            self._elapsed[copy] = 0
            infos = self._add_info(infos, info, copy)
        self._over = []
        return Observed(stacked(self._space, self._observations), infos)

    def step(self, action: Any) -> Transition:
        """Take a step in every copy, or start over."""
        observations: list[Any] = []
        rewards: list[Any] = []
        terminated: list[Any] = []
        truncated: list[Any] = []
        infos: dict[str, Any] = {}
        taking = zip(self._next_steps(), iterate(self._actions, action), strict=True)
        for copy, (env, own_action) in enumerate(taking):
            observation, reward, ends, is_cut, info = env.step(own_action)
            if (ends or is_cut) and self._mode is AutoresetMode.SAME_STEP:
                infos = self._add_info(infos, {"final_obs": observation, "final_info": info}, copy)
                observation, info = self._start_over(copy)
            if info or type(info) is not dict:
                infos = self._add_info(infos, info, copy)
            observations.append(observation)
            rewards.append(reward)
            terminated.append(ends)
            truncated.append(is_cut)
        self._observations = observations
        over = flags(terminated), flags(truncated)
        if self._mode is AutoresetMode.NEXT_STEP:
            self._over = np.flatnonzero(np.logical_or(*over)).tolist()
        return Transition(stacked(self._space, observations), numbers(rewards), *over, infos)

    def render(self) -> Any:
        """Draw every copy."""
        return tuple(env.render() for env in self._envs)

    def close(self) -> None:
        """Close every copy."""
        for env in self._envs:
            env.close()

    def _next_steps(self) -> list[Steps]:
        """What takes each copy's next step."""
        self._elapsed += 1
        due = np.flatnonzero(self._elapsed >= self._limits)
        if not self._over and not due.size:
            return self._inner
        steps = self._inner.copy()
        for copy in due.tolist():
            self._wrapped[copy].elapsed = int(self._elapsed[copy]) - 1
            steps[copy] = self._wrapped[copy]
        for copy in self._over:
            self._elapsed[copy] = 0
            steps[copy] = self._starting_over[copy]
        return steps

    def _start_over(self, copy: int) -> tuple[Any, Any]:
        self._elapsed[copy] = 0
        return self._envs[copy].reset()


class _Wrapped:
    """A copy with all its wrappers, for the step with which a time limit is reached.

    Attributes:
        limit: With which step that is, at the earliest.
        elapsed: How many the episode has had before it.
    """

    def __init__(self, env: Env) -> None:
        self._env = env
        self._limits = [wrapper for wrapper in _idle_wrappers(env) if isinstance(wrapper, TimeLimit)]
        self.limit = min((limit._max_episode_steps for limit in self._limits), default=NEVER)
        self.elapsed = 0

    def step(self, action: Any) -> Any:
        for limit in self._limits:
            limit._elapsed_steps = self.elapsed  # type: ignore[assignment]  # declared as what it is at first, None
        return self._env.step(action)


class _StartsOver:
    """A copy whose episode is over and which is reset instead of stepped."""

    def __init__(self, env: Env) -> None:
        self._env = env

    def step(self, _: Any) -> tuple[Any, float, bool, bool, Any]:
        observation, info = self._env.reset()
        return observation, 0.0, False, False, info


def _idle_wrappers(env: Env) -> list[gymnasium.Wrapper[Any, Any, Any, Any]]:
    """The outermost wrappers that change nothing in a step after a reset and before a time limit: Gymnasium's own."""
    wrappers: list[gymnasium.Wrapper[Any, Any, Any, Any]] = []
    while type(env) in (TimeLimit, OrderEnforcing):  # not what inherits from them
        assert isinstance(env, gymnasium.Wrapper)
        wrappers.append(env)
        env = env.env
    return wrappers


def _within(env: Env) -> Env:
    """The environment inside of the wrappers that may be passed by."""
    wrappers = _idle_wrappers(env)
    return wrappers[-1].env if wrappers else env


def _check_alike(envs: Sequence[Env]) -> None:
    first = envs[0]
    for env in envs:
        if (env.observation_space, env.action_space) != (first.observation_space, first.action_space):
            raise RuntimeError("its copies have different spaces")
