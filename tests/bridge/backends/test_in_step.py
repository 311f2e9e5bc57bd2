from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, SyncVectorEnv

from stepwire_bridge.backends.in_step import InStep
from tests.odd_envs import Counter


def cart_pole() -> Any:
    return gymnasium.make("CartPole-v1")


@pytest.mark.parametrize("mode", list(AutoresetMode))
def test_it_gives_exactly_what_sync_vector_env_gives(mode: AutoresetMode) -> None:
    local, ours = SyncVectorEnv([cart_pole] * 3, autoreset_mode=mode), InStep(cart_pole, 3, mode)
    local.action_space.seed(5)
    assert data_equivalence(tuple(ours.reset([1, 2, 3], None, None)), local.reset(seed=[1, 2, 3]), exact=True)
    for _ in range(120):
        action = local.action_space.sample()
        step, theirs = ours.step(action), local.step(action)
        assert data_equivalence(tuple(step), theirs, exact=True)
        over = np.logical_or(step.terminated, step.truncated)
        if mode is AutoresetMode.DISABLED and over.any():
            again = ours.reset(None, None, over)
            assert data_equivalence(tuple(again), local.reset(options={"reset_mask": over}), exact=True)
    local.close()
    ours.close()


def test_it_says_of_itself_what_a_copy_says() -> None:
    spec = InStep(lambda: Counter(render_mode="ansi"), 2, AutoresetMode.SAME_STEP).describe()
    assert (spec.observation_space, spec.action_space) == (Counter.observation_space, Counter.action_space)
    assert (spec.num_envs, spec.autoreset_mode, spec.render_mode) == (2, AutoresetMode.SAME_STEP, "ansi")
    assert spec.metadata == {"render_modes": ["ansi", "rgb_array"], "render_fps": 7}


def test_it_draws_a_tuple_of_frames() -> None:
    envs = InStep(lambda: Counter(render_mode="ansi"), 2, AutoresetMode.NEXT_STEP)
    envs.reset(None, None, None)
    assert envs.render() == ("step 0", "step 0")
