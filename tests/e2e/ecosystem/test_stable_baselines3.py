"""Trainers that people use, on remote environments."""

from collections.abc import Iterator
from typing import Any

import gymnasium
import pytest

import stepwire  # registers stepwire/Env-v0
from stepwire_service import embedded

pytestmark = [pytest.mark.ecosystem, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
sb3 = pytest.importorskip("stable_baselines3", reason="stable-baselines3 and torch are missing: make test-ecosystem")


@pytest.fixture(scope="module")
def remote() -> Iterator[dict[str, Any]]:
    """Keyword arguments of a remote CartPole."""
    with embedded() as address:
        yield {"env_id": "gym:CartPole-v1", "address": address}


def test_its_checker_finds_nothing(remote: dict[str, Any]) -> None:
    from stable_baselines3.common.env_checker import check_env

    env = stepwire.RemoteEnv(**remote)
    check_env(env, warn=True)
    env.close()


def test_ppo_learns_on_four_remote_environments(remote: dict[str, Any]) -> None:
    from stable_baselines3.common.env_util import make_vec_env

    envs = make_vec_env("stepwire/Env-v0", n_envs=4, seed=1, env_kwargs=remote)
    model = sb3.PPO("MlpPolicy", envs, n_steps=128, seed=1, device="cpu")
    model.learn(8192)

    assert _mean_length(model) > 40  # at random it falls after 22 steps
    envs.close()


def test_dqn_runs_on_a_remote_environment(remote: dict[str, Any]) -> None:
    env = gymnasium.make("stepwire/Env-v0", **remote)
    model = sb3.DQN("MlpPolicy", env, learning_starts=500, seed=1, device="cpu")
    model.learn(3000)

    assert model.num_timesteps == 3000
    assert _mean_length(model) > 0
    env.close()


def _mean_length(model: Any) -> float:
    episodes = model.ep_info_buffer
    return sum(episode["l"] for episode in episodes) / len(episodes)
