"""Plays episodes: Gymnasium's loop, with the count that a table needs. Knows any environment and no server."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from gymnasium import Env


@dataclass(frozen=True, slots=True)
class Episode:
    """What became of one episode.

    Attributes:
        seed: What it was reset with.
        steps: How many it took.
        score: The sum of its rewards.
        end: "terminated" or "truncated".
        seconds: From reset to end.
    """

    seed: int
    steps: int
    score: float
    end: str
    seconds: float


def played(env: Env[Any, Any], seeds: Iterable[int], watch: Callable[[], None]) -> Iterator[Episode]:
    """Play one episode for each seed with random actions, which follow from the first seed.

    Args:
        env: Any environment.
        seeds: One for each episode.
        watch: Called after every reset and step.
    """
    for i, seed in enumerate(seeds):
        if i == 0:
            env.action_space.seed(seed)
        yield _one(env, seed, watch)


def _one(env: Env[Any, Any], seed: int, watch: Callable[[], None]) -> Episode:
    began = perf_counter()
    env.reset(seed=seed)
    watch()
    steps, score, terminated, truncated = 0, 0.0, False, False
    while not (terminated or truncated):
        _, reward, terminated, truncated, _ = env.step(env.action_space.sample())
        watch()
        steps, score = steps + 1, score + float(reward)
    return Episode(seed, steps, score, "terminated" if terminated else "truncated", perf_counter() - began)
