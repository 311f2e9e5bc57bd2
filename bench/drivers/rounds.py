"""Rounds of anything with Gymnasium's interface: single environments and vector environments, ours and others'.

Imports nothing, so that the drivers of peers can use it, too.
"""

import itertools
from collections.abc import Callable
from typing import Any


def stepping(env: Any) -> Callable[[], object]:
    """One step, or one of each copy, with random actions made beforehand; a single environment is reset at its end."""
    env.action_space.seed(0)
    actions = itertools.cycle([env.action_space.sample() for _ in range(64)])
    env.reset(seed=0)
    if hasattr(env, "num_envs"):
        return lambda: env.step(next(actions))

    def once() -> None:
        _, _, terminated, truncated, _ = env.step(next(actions))
        if terminated or truncated:
            env.reset()

    return once


def ahead(env: Any) -> Callable[[], object]:
    """A step of a single environment whose next action is on its way before the last answer is waited for."""
    env.reset(seed=0)
    env.step_async(0)

    def once() -> None:
        env.step_async(0)
        env.step_wait()

    return once
