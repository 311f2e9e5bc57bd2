from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from stepwire.connection import Connection, connect
from stepwire.connection.addresses import Endpoint
from stepwire.connection.channel import open_server
from stepwire.errors import AtCapacity, ConnectionFailed, NotAuthenticated, UnknownEnv
from stepwire_service import embedded
from tests.client_py.connection.messages import make, reset, target
from tests.proxy import Proxy, unlimited


@pytest.fixture
def small() -> Iterator[str]:
    """A server with room for one session."""
    with embedded(max_sessions=1) as address:
        yield address


def _sessions(address: str) -> int:
    server = open_server(Endpoint(address), target(address))
    try:
        return server.info(5).load.sessions
    finally:
        server.close()


def _dies(address: str) -> Connection:
    return connect(target(address, connect=0.2, make=0.2), make())


@pytest.mark.parametrize("transport", ["stream", "unary"])
def test_a_session_is_made_and_closed(transport: str, small: str) -> None:
    connection = connect(target(small, transport=transport), make())
    before = _sessions(small)
    connection.close()

    assert (before, _sessions(small)) == (1, 0)


def test_an_endpoint_that_does_not_answer_is_passed_over(address: str) -> None:
    for _ in range(4):
        connect(target("localhost:1", address), make()).close()


def test_a_full_server_is_passed_over(small: str, address: str) -> None:
    holder = connect(target(small), make())

    for _ in range(4):
        connect(target(small, address), make()).close()
    holder.close()


@pytest.fixture(scope="module")
def two_with_a_snake() -> Iterator[tuple[str, str]]:
    """Two servers with one snake each."""
    with embedded(games=("snake=1",)) as one, embedded(games=("snake=1",)) as other:
        for address in (one, other):
            connect(target(address), make("game:snake")).close()  # waits until the snake is there
        yield one, other


def test_a_server_whose_games_are_taken_keeps_nobody_waiting_while_another_has_room(
    two_with_a_snake: tuple[str, str],
) -> None:
    taken, free = two_with_a_snake
    holder = connect(target(taken), make("game:snake"))

    for _ in range(4):
        connect(target(taken, free, make=1), make("game:snake")).close()
    holder.close()


def test_a_full_server_is_asked_again_until_it_has_room(small: str) -> None:
    holder = connect(target(small), make())
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(connect, target(small), make())
        holder.close()

        waiting.result().close()


def test_the_wait_for_room_ends_with_the_make_timeout(small: str) -> None:
    holder = connect(target(small), make())

    with pytest.raises(AtCapacity):
        connect(target(small, make=0.2), make())
    holder.close()


def test_the_fault_that_gives_most_hope_is_told(small: str) -> None:
    holder = connect(target(small), make())

    with pytest.raises(AtCapacity):
        connect(target("localhost:1", small, make=0.2), make())
    holder.close()


def test_where_nobody_answers_the_search_ends_with_the_connect_timeout() -> None:
    with pytest.raises(ConnectionFailed):
        connect(target("localhost:1", "localhost:2", connect=0.3), make())


def test_a_fault_that_another_server_would_answer_alike_is_raised_at_once(address: str) -> None:
    with pytest.raises(UnknownEnv):
        connect(target(address, "localhost:1", connect=60), make("gym:Nowhere-v0"))


def test_a_wrong_token_is_told_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("tokens") / "tokens"
    file.write_text("the-right-token\n")
    file.chmod(0o600)
    with embedded(token_file=file) as address:
        with pytest.raises(NotAuthenticated):
            connect(target(address, token="wrong", connect=60), make())

        connect(target(address, token="the-right-token"), make()).close()


@pytest.mark.parametrize("transport", ["stream", "unary"])
def test_a_make_whose_answer_was_lost_leaks_nothing(transport: str) -> None:
    budgets = [budget for size in range(200, 3000, 100) for budget in (size, unlimited(), unlimited())]
    with embedded() as address, Proxy(address, iter(budgets * 3).__next__) as proxy:
        for _ in range(28):
            connection = connect(target(proxy.address, transport=transport), make())
            connection.call(reset(), 5)
            connection.close()

        assert proxy.cuts >= 10
        assert _sessions(address) == 0
