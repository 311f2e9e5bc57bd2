from collections.abc import Iterator

import pytest

from stepwire.connection import connect
from stepwire.connection.addresses import Endpoint
from stepwire.connection.choosing import answering
from stepwire_service import embedded
from tests.client_py.connection.messages import make, target

DEAD = Endpoint("localhost:1"), Endpoint("localhost:2"), Endpoint("localhost:3")


@pytest.fixture(scope="module")
def two() -> Iterator[tuple[Endpoint, Endpoint]]:
    """Two servers with two snakes each."""
    with embedded(games=("snake=2",)) as one, embedded(games=("snake=2",)) as other:
        yield Endpoint(one), Endpoint(other)


def test_the_one_with_fewer_sessions_comes_first(two: tuple[Endpoint, Endpoint]) -> None:
    busy, idle = two
    holder = connect(target(busy.target), make())

    assert answering(two, target(), make()) == [idle, busy]
    assert answering([idle, busy], target(), make()) == [idle, busy]
    holder.close()


def test_the_one_with_games_enough_comes_first_however_busy(two: tuple[Endpoint, Endpoint]) -> None:
    busy, idle = two
    holders = [connect(target(busy.target), make()) for _ in range(2)]
    player = connect(target(idle.target), make("game:snake"))
    request = make("game:snake")
    request.num_envs = 2

    assert answering([idle, busy], target(), request) == [busy, idle]
    for connection in (*holders, player):
        connection.close()


def test_nobody_is_asked_once_there_is_a_choice_of_two(two: tuple[Endpoint, Endpoint]) -> None:
    assert answering([*two, *DEAD], target(), make())[2:] == list(DEAD)


def test_those_that_do_not_answer_are_left_out(two: tuple[Endpoint, Endpoint]) -> None:
    assert answering([*DEAD, two[0]], target(), make()) == [two[0]]


def test_a_search_may_end_when_the_first_few_are_silent(two: tuple[Endpoint, Endpoint]) -> None:
    assert answering([*DEAD, two[0]], target(), make(), silences=2) == []
    assert answering([two[0], *DEAD], target(), make(), silences=2) == [two[0]]
