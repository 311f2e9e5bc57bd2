from collections.abc import Callable
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.spaces import Box
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, SyncVectorEnv

from stepwire_bridge.backends.in_step import InStep
from tests.bridge.backends.batched_envs import ENVS, Walk
from tests.odd_envs import Counter, Raising

MODES = list(AutoresetMode)
TAXI = "Taxi-v4" if "Taxi-v4" in gymnasium.registry else "Taxi-v3"


def same(ours: Any, theirs: Any) -> bool:
    return data_equivalence(tuple(ours), theirs, exact=True)


def check_equal(make: Callable[[], Any], mode: AutoresetMode, *, copies: int, steps: int) -> int:
    """Step both side by side; gives how many episodes ended."""
    ours, theirs = InStep(make, copies, mode), SyncVectorEnv([make] * copies, autoreset_mode=mode)
    seeds = [7 * copy if copy % 3 else None for copy in range(copies)]
    theirs.action_space.seed(5)
    ours.reset([*range(copies)], None, None)  # from where copies without a seed go on
    theirs.reset(seed=[*range(copies)])
    assert same(ours.reset(seeds, {"level": 3}, None), theirs.reset(seed=seeds, options={"level": 3}))
    ends = 0
    for _ in range(steps):
        actions = theirs.action_space.sample()
        step, expected = ours.step(actions), theirs.step(actions)
        assert same(step, expected)
        over = expected[2] | expected[3]
        ends += int(over.sum())
        if mode is AutoresetMode.DISABLED and over.any():
            assert same(ours.reset(None, None, over), theirs.reset(options={"reset_mask": over.copy()}))
    ours.close()
    theirs.close()
    return ends


@pytest.mark.parametrize("make", ENVS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("mode", MODES)
def test_it_gives_exactly_what_sync_vector_env_gives(make: Callable[[], Any], mode: AutoresetMode) -> None:
    assert check_equal(make, mode, copies=5, steps=100) > 10


@pytest.mark.parametrize("gym_id", ["CartPole-v1", "FrozenLake-v1", "Blackjack-v1", TAXI, "MountainCarContinuous-v0"])
@pytest.mark.parametrize("mode", MODES)
def test_so_it_does_for_gymnasiums_own_envs(gym_id: str, mode: AutoresetMode) -> None:
    def make() -> Any:
        return gymnasium.make(gym_id, max_episode_steps=30)

    assert check_equal(make, mode, copies=16, steps=100) > 10


def test_one_copy_is_a_batch_too() -> None:
    assert check_equal(Walk, AutoresetMode.NEXT_STEP, copies=1, steps=100) > 1


def test_a_batch_can_be_reset_at_any_time() -> None:
    ours, theirs = InStep(Walk, 4, AutoresetMode.NEXT_STEP), SyncVectorEnv([Walk] * 4)
    for seed in range(20):
        seeds = [seed] * 4
        assert same(ours.reset(seeds, None, None), theirs.reset(seed=seeds))
        for _ in range(10):
            assert same(ours.step(np.zeros(4, np.int64)), theirs.step(np.zeros(4, np.int64)))


def test_what_it_gave_is_not_written_again() -> None:
    ours = InStep(Walk, 3, AutoresetMode.NEXT_STEP)
    given = [ours.reset([1, 2, 3], None, None).observation]
    given += [array for _ in range(3) for array in ours.step(np.zeros(3, np.int64))[:4]]
    for array in given:
        array.fill(1)
    ours.step(np.zeros(3, np.int64))
    assert all(np.all(array == 1) for array in given)


def test_it_says_of_itself_what_a_copy_says() -> None:
    spec = InStep(lambda: Counter(render_mode="ansi"), 2, AutoresetMode.SAME_STEP).describe()
    assert (spec.observation_space, spec.action_space) == (Counter.observation_space, Counter.action_space)
    assert (spec.num_envs, spec.autoreset_mode, spec.render_mode) == (2, AutoresetMode.SAME_STEP, "ansi")
    assert spec.metadata == {"render_modes": ["ansi", "rgb_array"], "render_fps": 7}


def test_it_draws_a_tuple_of_frames() -> None:
    envs = InStep(lambda: Counter(render_mode="ansi"), 2, AutoresetMode.NEXT_STEP)
    envs.reset(None, None, None)
    assert envs.render() == ("step 0", "step 0")


def test_copies_of_different_spaces_are_refused() -> None:
    sizes = iter([2, 2, 3])

    class Sized(Walk):
        def __init__(self) -> None:
            super().__init__()
            self.observation_space = Box(0, 1, (next(sizes),))

    with pytest.raises(RuntimeError, match="different spaces"):
        InStep(Sized, 3, AutoresetMode.NEXT_STEP)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("action", "error"), [(1, ValueError), (2, SystemExit), (5, ValueError), (6, AttributeError)], ids=str
)
def test_what_a_copy_raises_comes_through_and_a_reset_goes_on(
    action: int, error: type[BaseException], mode: AutoresetMode
) -> None:
    ours = InStep(Raising, 3, mode)
    ours.reset(None, None, None)
    with pytest.raises(error):
        ours.step(np.array([0, action, 0]))
    ours.reset(None, None, None)
    assert ours.step(np.array([0, 0, 0])).reward.sum() == 3
