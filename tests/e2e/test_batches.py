"""Batches of Gymnasium environments over the wire, in a thread and on the event loop, beside their local twins."""

from collections.abc import Callable, Iterator
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import AutoresetMode, SyncVectorEnv

import stepwire
from stepwire_service import embedded
from tests.bridge.backends.batched_envs import ENVS

COPIES = 7


def env_id(make: Callable[[], Any]) -> str:
    """The id under which the server has an environment of `ENVS`."""
    return f"gym:Batched/{make.__name__}-v0"


@pytest.fixture(scope="module", params=["in threads", "on the loop"])
def address(request: pytest.FixtureRequest) -> Iterator[str]:
    for make in ENVS:
        gymnasium.register(f"Batched/{make.__name__}-v0", make, order_enforce=False, disable_env_checker=True)
    with embedded(inline=["gym:*", "gymvec:*"] if request.param == "on the loop" else []) as address:
        yield address
    for make in ENVS:
        del gymnasium.registry[f"Batched/{make.__name__}-v0"]


@pytest.mark.parametrize("make", ENVS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("mode", list(AutoresetMode))
def test_a_batch_equals_sync_vector_env(make: Callable[[], Any], mode: AutoresetMode, address: str) -> None:
    local = SyncVectorEnv([make] * COPIES, autoreset_mode=mode)
    remote = stepwire.RemoteVectorEnv(env_id(make), address, num_envs=COPIES, autoreset_mode=mode)
    local.action_space.seed(3)
    assert data_equivalence(remote.reset(seed=5), local.reset(seed=5), exact=True)
    for _ in range(40):
        actions = local.action_space.sample()
        ours, theirs = remote.step(actions), local.step(actions)
        assert data_equivalence(ours, theirs, exact=True)
        over = theirs[2] | theirs[3]
        if mode is AutoresetMode.DISABLED and over.any():
            ours, theirs = remote.reset(options={"reset_mask": over}), local.reset(options={"reset_mask": over.copy()})
            assert data_equivalence(ours, theirs, exact=True)
    remote.close()
    local.close()


def test_gymnasiums_own_vector_env_equals_itself_but_for_the_width_of_rewards(address: str) -> None:
    local = gymnasium.make_vec("CartPole-v1", COPIES, vectorization_mode="vector_entry_point")
    remote = stepwire.RemoteVectorEnv("gymvec:CartPole-v1", address, num_envs=COPIES)
    assert remote.single_observation_space == local.single_observation_space
    local.action_space.seed(3)
    for seed in (11, None):
        assert data_equivalence(remote.reset(seed=seed), local.reset(seed=seed), exact=True)
        for _ in range(60):
            actions = local.action_space.sample()
            observation, reward, *rest = local.step(actions)
            assert data_equivalence(remote.step(actions), (observation, reward.astype(np.float64), *rest), exact=True)
    remote.close()
    local.close()


def test_what_gymnasiums_own_vector_env_cannot_do_is_refused_in_a_line_that_says_what_can_be_done(address: str) -> None:
    with pytest.raises(stepwire.errors.Unsupported, match="gym:CartPole-v1"):
        stepwire.RemoteEnv("gymvec:CartPole-v1", address).reset()
    with pytest.raises(stepwire.errors.InvalidOptions, match=r"autoreset_mode.*NextStep"):
        stepwire.RemoteVectorEnv("gymvec:CartPole-v1", address, num_envs=2, autoreset_mode="SameStep").reset()
    envs = stepwire.RemoteVectorEnv("gymvec:CartPole-v1", address, num_envs=2)
    with pytest.raises(stepwire.errors.InvalidOptions, match="seeds"):
        envs.reset(seed=[5, 5])
    assert envs.reset(seed=[5, 6])[0].shape == (2, 4)
    envs.close()
