"""A trainer that goes on beside everything that a test does, and sees whether anything disturbs it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import stepwire

STEPS = 60
PACE = 0.002
"""Seconds between two steps: it shall be there, and not take the machine from the test."""


@dataclass(slots=True)
class Neighbour:
    """What it has lived through.

    Attributes:
        steps: How many it took.
        latencies: Of each of them, in seconds.
        trouble: What ended it before its time.
    """

    steps: int = 0
    latencies: list[float] = field(default_factory=list)
    trouble: BaseException | None = None
    stepped: threading.Condition = field(default_factory=threading.Condition)

    def check(self, more: int = 1, seconds: float = 5.0) -> None:
        """It takes so many more steps, and all it has taken went as they should."""
        with self.stepped:
            goal = self.steps + more
            self.stepped.wait_for(lambda: self.trouble or self.steps >= goal, seconds)
            assert self.trouble is None, f"the neighbour was disturbed after {self.steps} steps: {self.trouble!r}"
            assert self.steps >= goal, f"the neighbour is held up after {self.steps} steps"


def episode(env: Any) -> Iterator[tuple[Any, ...]]:
    """Everything that the same seed and actions give, in order: the same in any session, if nothing disturbs it."""
    yield env.reset(seed=7)
    for action in np.random.default_rng(7).integers(int(env.action_space.n), size=STEPS):
        result = env.step(int(action))
        yield result
        if result[2] or result[3]:
            yield env.reset()


@contextmanager
def undisturbed(address: str, env_id: str = "game:snake", pace: float = PACE) -> Iterator[Neighbour]:
    """Play the same episode over and over; every result must be what it was before anything happened."""
    neighbour, stop = Neighbour(), threading.Event()
    with stepwire.RemoteEnv(env_id, address) as env:
        twin = list(episode(env))
        thread = threading.Thread(target=_play, args=(env, twin, neighbour, stop, pace), name="neighbour")
        thread.start()
        try:
            yield neighbour
            neighbour.check()
        finally:
            stop.set()
            thread.join()


def _play(env: Any, twin: list[tuple[Any, ...]], neighbour: Neighbour, stop: threading.Event, pace: float) -> None:
    try:
        while not stop.is_set():
            _replay(env, twin, neighbour, stop, pace)
    except BaseException as error:
        with neighbour.stepped:
            neighbour.trouble = error
            neighbour.stepped.notify_all()


def _replay(env: Any, twin: list[tuple[Any, ...]], neighbour: Neighbour, stop: threading.Event, pace: float) -> None:
    played = episode(env)
    for expected in twin:
        began = time.perf_counter()
        result = next(played)
        neighbour.latencies.append(time.perf_counter() - began)
        assert same(result, expected), f"{result} is not {expected}"
        with neighbour.stepped:
            neighbour.steps += 1
            neighbour.stepped.notify_all()
        if stop.wait(pace):
            return


def same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether two results of reset or step are equal to the last bit."""
    return np.array_equal(one[0], other[0]) and one[1:] == other[1:]
