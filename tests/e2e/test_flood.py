"""A game that does not stop talking is turned away, and other sessions get every step right meanwhile."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from tests.e2e.conftest import Figure
from tests.e2e.neighbour import Neighbour, undisturbed
from tests.e2e.serving import ROOT, Served

pytestmark = pytest.mark.timeout(60)

ROUNDS, STEPS = 3, 200


@pytest.mark.parametrize("kind", ["small", "large", "hellos"])
def test_a_flood_by_one_game_costs_the_others_no_step(kind: str, served: Served, figure: Figure) -> None:
    quiet, flooded, hung_up = list[float](), list[float](), 0
    with undisturbed(served.address, pace=0) as other:  # every result is compared with what it was before
        for _ in range(ROUNDS):
            quiet += _latencies(other)
            with _flood(served, kind) as told:
                flooded += _latencies(other)
            hung_up += int(told[0])
    before, during = (1e3 * np.percentile(latencies, 99) for latencies in (quiet, flooded))
    figure(f"p99 of a step beside a flood of {kind}: {before:.2f} ms before, {during:.2f} ms during it")
    assert kind == "hellos" or hung_up >= ROUNDS


def _latencies(other: Neighbour) -> list[float]:
    first = len(other.latencies)
    other.check(more=STEPS, seconds=20)
    return other.latencies[first:]


@contextmanager
def _flood(served: Served, kind: str) -> Iterator[list[str]]:
    """A flood that has begun; when it is over, the line it leaves."""
    left: list[str] = []
    command = [sys.executable, "tests/e2e/flood.py", served.games, kind]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as flood:
        assert flood.stdin is not None and flood.stdout is not None
        assert flood.stdout.readline() == "flooding\n"
        yield left
        flood.stdin.close()
        left.append(flood.stdout.readline())
