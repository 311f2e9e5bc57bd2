from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from stepwire.connection import Connection, connect
from stepwire.connection.addresses import Endpoint
from stepwire.connection.channel import open_server
from stepwire.errors import AtCapacity, ConnectionFailed, NoGameWaiting, NotAuthenticated, UnknownEnv
from stepwire_service import embedded
from tests import workers
from tests.client_py.connection.messages import make, reset, step, steps_of, target
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


# ── a server of several processes ──


@pytest.fixture(scope="module")
def shared() -> Iterator[str]:
    """The address that two processes share, with two snakes each."""
    with workers.workers(games=("snake=4",)) as address:
        yield address


@pytest.mark.parametrize("transport", ["stream", "unary"])
def test_sessions_are_spread_evenly_over_processes_and_each_lives_in_one(transport: str, shared: str) -> None:
    connections = [connect(target(shared, transport=transport), make(workers.COUNTER)) for _ in range(4)]
    spread = workers.sessions(shared)
    for connection in connections:
        connection.call(reset(), 5)
        assert steps_of(connection.call(step(), 5)) == 1
        connection.close()

    assert spread == [2, 2]
    assert {connection.made.endpoint for connection in connections} == {
        f":{process.rpartition(':')[2]}" for process in workers.processes(shared)
    }
    assert workers.sessions(shared) == [0, 0]


def test_a_game_is_found_in_whichever_process_has_it_free(shared: str) -> None:
    request = make("game:snake")
    request.num_envs = 2
    connections = [connect(target(shared, make=5), request) for _ in range(2)]

    assert workers.sessions(shared) == [1, 1]
    for connection in connections:
        connection.close()


def test_a_batch_beyond_the_games_of_one_process_is_told_why(shared: str) -> None:
    request = make("game:snake")
    request.num_envs = 4
    request.deadlines.make.FromMilliseconds(200)
    with pytest.raises(NoGameWaiting, match=r"4 wanted, 2 free.*one of 2 server processes"):
        connect(target(shared, make=0.5), request)


@pytest.mark.parametrize("transport", ["stream", "unary"])
def test_the_host_that_was_dialled_leads_to_every_process(transport: str, shared: str) -> None:
    with workers.network(shared) as network:
        connection = connect(target(network.address, transport=transport), make(workers.COUNTER))
        connection.call(reset(), 5)
        for number in range(1, 4):
            assert steps_of(connection.call(step(), 5)) == number
            network.cut()
        connection.close()

        assert sum(proxy.connections for proxy in network.own) > 3


def test_where_one_port_is_let_through_a_stream_works_until_it_breaks(shared: str) -> None:
    with workers.network(shared, one_port_only=True) as network:
        connection = connect(target(network.address), make(workers.COUNTER))
        connection.call(reset(), 5)
        assert steps_of(connection.call(step(), 5)) == 1
        network.cut()
        with pytest.raises(ConnectionFailed, match=r"one of several server processes.*worker_ports"):
            connection.call(step(), 0.2)


def test_where_one_port_is_let_through_unary_calls_are_told_what_to_do(shared: str) -> None:
    with (
        workers.network(shared, one_port_only=True) as network,
        pytest.raises(ConnectionFailed, match=r"shared by several.*worker_ports.*transport='stream'.*workers = 1"),
    ):
        connect(target(network.address, transport="unary", connect=0.5), make(workers.COUNTER))
