"""Episodes: one for each seed, the same each time, watched at every frame."""

from dataclasses import replace

import gymnasium
import pytest

from stepwire_service.cli.episodes import Episode, played


def _cartpole(seeds: list[int]) -> list[Episode]:
    env = gymnasium.make("CartPole-v1")
    return [replace(episode, seconds=0.0) for episode in played(env, seeds, lambda: None)]


def test_the_same_seeds_play_the_same_episodes() -> None:
    assert _cartpole([7, 8, 9]) == _cartpole([7, 8, 9])
    assert [episode.seed for episode in _cartpole([7, 8, 9])] == [7, 8, 9]


def test_steps_and_rewards_are_counted() -> None:
    (episode,) = _cartpole([3])
    assert episode.score == episode.steps > 0  # CartPole gives 1 for each step


@pytest.mark.parametrize(("limit", "end"), [(3, "truncated"), (500, "terminated")])
def test_how_an_episode_ended_is_told(limit: int, end: str) -> None:
    env = gymnasium.make("CartPole-v1", max_episode_steps=limit)
    assert [episode.end for episode in played(env, [1], lambda: None)] == [end]


def test_somebody_can_watch_after_every_reset_and_step() -> None:
    watched: list[int] = []
    episodes = list(played(gymnasium.make("CartPole-v1"), [1, 2], lambda: watched.append(1)))
    assert len(watched) == sum(episode.steps for episode in episodes) + len(episodes)
