"""One real server with short limits and real snakes for the modules of this folder, and a trainer beside each test."""

from collections.abc import Callable, Iterator

import pytest

from tests.e2e.neighbour import Neighbour, undisturbed
from tests.e2e.serving import SHORT, Served, hosted, serving

Figure = Callable[[str], None]


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """Has a line printed at the end of the run: something that was measured."""
    return lambda line: record_property("figure", line)


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """A server on which Pixels of tests/odd_envs.py can be opened as well."""
    allow = ("--gym-allow", "*", "--gym-allow", "tests.odd_envs:Odd/Pixels-v0")
    with serving(*SHORT, *allow) as served, hosted(served.games, instances=8):
        yield served


@pytest.fixture(scope="session")
def beside(served: Served) -> Iterator[Neighbour]:
    with undisturbed(served.address) as neighbour:
        yield neighbour


@pytest.fixture
def neighbour(beside: Neighbour) -> Iterator[Neighbour]:
    """A trainer on the same server, whose every result must stay what it would be without the test."""
    yield beside
    beside.check(more=3)
