"""WemiEnv's `Connection`: one game, its messages in order, and no waiting that never ends."""

import logging
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from stepwire_bridge.compat import interact
from stepwire_bridge.compat.interact import MAX_KEPT, Connection
from stepwire_bridge.faults import GameGone, GameSilent, NoGameWaiting


@pytest.fixture
def conn() -> Iterator[Connection]:
    with Connection() as conn:
        conn.create_server(port=0)
        yield conn


@pytest.fixture
def stay() -> Iterator[ExitStack]:
    """Games that stay until the test ends."""
    with ExitStack() as stay:
        yield stay


def dialled(conn: Connection, path: str = "", **options: Any) -> ClientConnection:
    return connect(f"ws://127.0.0.1:{conn.port}{path}", **options)


@pytest.fixture
def game(conn: Connection) -> Iterator[ClientConnection]:
    with dialled(conn) as game:
        conn.waiting_client(timeout=5)
        yield game


def heard(game: ClientConnection, conn: Connection, *said: str | bytes) -> None:
    """Let the game say something, and wait until it has come."""
    for message in said:
        game.send(message)
    assert game.ping().wait(5)


# ── what is said ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_messages_go_both_ways_in_order(conn: Connection, game: ClientConnection) -> None:
    conn.send_message('{"action": null, "restart": true}')
    assert game.recv() == '{"action": null, "restart": true}'
    heard(game, conn, "one", "two")
    assert [conn.recv_message(), conn.recv_message()] == ["one", "two"]


def test_waiting_for_a_message_blocks_until_it_comes_and_costs_nothing(
    conn: Connection, game: ClientConnection
) -> None:
    later = threading.Timer(0.3, game.send, ("there",))
    later.start()
    began = time.process_time()
    assert conn.recv_message() == "there"
    assert time.process_time() - began < 0.1


def test_waiting_for_a_game_blocks_until_it_comes_and_costs_nothing(conn: Connection, stay: ExitStack) -> None:
    later = threading.Timer(0.3, lambda: stay.enter_context(dialled(conn)))
    later.start()
    began = time.process_time()
    conn.waiting_client()
    assert time.process_time() - began < 0.1
    later.join()


def test_what_came_before_a_message_is_no_answer_to_it(conn: Connection, game: ClientConnection) -> None:
    heard(game, conn, "unsolicited", "twice")
    conn.send_message("step 1")
    assert game.recv() == "step 1"
    game.send("answer 1")
    assert conn.recv_message() == "answer 1"
    assert conn.dropped == 2


def test_silence_ends_at_its_deadline_and_the_late_answer_is_nobodys(conn: Connection, game: ClientConnection) -> None:
    conn.send_message("step 1")
    with pytest.raises(GameSilent, match=r"did not answer recv_message within 0\.05 s"):
        conn.recv_message(timeout=0.05)
    heard(game, conn, "late")
    conn.send_message("step 2")
    game.send("answer 2")
    assert conn.recv_message() == "answer 2"
    assert conn.dropped == 1


def test_of_a_flood_the_latest_are_kept(conn: Connection, game: ClientConnection) -> None:
    heard(game, conn, *map(str, range(MAX_KEPT + 5)))
    assert conn.recv_message() == "5"
    assert conn.dropped == 5


def test_bytes_are_dropped(conn: Connection, game: ClientConnection) -> None:
    heard(game, conn, b"\xff", "text")
    assert conn.recv_message() == "text"
    assert conn.dropped == 1


# ── games that come and go ───────────────────────────────────────────────────────────────────────────────────────────


def test_no_game_in_time_is_told(conn: Connection) -> None:
    with pytest.raises(NoGameWaiting, match=f"no game 'ws://127.0.0.1:{conn.port}' is connected"):
        conn.waiting_client(timeout=0.05)
    for call in (conn.recv_message, lambda: conn.send_message("step")):
        with pytest.raises(GameGone, match="none is connected"):
            call()


def test_closing_ends_the_waiting_for_a_game() -> None:
    conn = Connection()
    conn.create_server(port=0)
    waiting = ThreadPoolExecutor(1)
    waited = waiting.submit(conn.waiting_client)
    conn.close()
    # Where it was quicker than the waiting, there is no server to wait at.
    assert isinstance(waited.exception(timeout=5), (NoGameWaiting, RuntimeError))
    waiting.shutdown()


def test_a_second_game_is_told_why_it_may_not_come_and_disturbs_nobody(
    conn: Connection, game: ClientConnection
) -> None:
    with dialled(conn) as second:
        with pytest.raises(ConnectionClosed):
            second.send("I am another")
            second.recv()
        assert (second.close_code, second.close_reason) == (
            1013, "another game is connected here, and this is a place for one",
        )  # fmt: skip
    conn.send_message("step")
    assert game.recv() == "step"
    game.send("answer")
    assert conn.recv_message() == "answer"


def test_a_game_that_leaves_ends_the_waiting_for_it(conn: Connection, game: ClientConnection) -> None:
    conn.send_message("step")
    threading.Timer(0.05, game.close).start()
    with pytest.raises(GameGone, match="its connection was closed"):
        conn.recv_message()
    with pytest.raises(GameGone, match="none is connected"):
        conn.send_message("step")


def test_what_a_game_said_before_it_left_is_heard(conn: Connection, game: ClientConnection) -> None:
    conn.send_message("step")
    game.send("the last")
    game.close()
    assert conn.recv_message() == "the last"
    with pytest.raises(GameGone):
        conn.recv_message()


def test_the_next_game_takes_the_place_once_the_loss_of_the_last_has_been_told(
    conn: Connection, game: ClientConnection, stay: ExitStack
) -> None:
    heard(game, conn, "of the first")
    second = replaced(conn, game, stay)
    heard(second, conn, "of the second")
    with pytest.raises(GameGone, match="its connection was closed"):
        conn.recv_message()
    conn.send_message("restart")
    assert second.recv() == "restart"
    second.send("answer")
    assert conn.recv_message() == "answer"


def replaced(conn: Connection, game: ClientConnection, stay: ExitStack) -> ClientConnection:
    """Let the game leave and another one come. Closing is a handshake, so that nobody is there when it has ended."""
    game.close()
    return stay.enter_context(dialled(conn))


def test_whoever_waits_for_a_game_need_not_be_told_that_the_last_has_left(
    conn: Connection, game: ClientConnection, stay: ExitStack
) -> None:
    second = replaced(conn, game, stay)
    conn.waiting_client(timeout=5)
    conn.send_message("restart")
    assert second.recv() == "restart"


def test_a_silent_game_gives_way_to_another_one(conn: Connection, game: ClientConnection) -> None:
    conn.send_message("step")
    assert game.recv() == "step"
    with pytest.raises(GameSilent):
        conn.recv_message(timeout=0.01)
    with dialled(conn) as second:
        with pytest.raises(ConnectionClosed):
            game.recv()
        assert game.close_code == 4408
        with pytest.raises(GameGone, match="silent"):
            conn.send_message("restart")
        conn.send_message("restart")
        assert second.recv() == "restart"


# ── listening ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_listens_to_this_machine_alone_unless_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[str] = []
    real = interact.listen

    async def listen(host: str, port: int, **options: Any) -> Any:
        asked.append(host)
        return await real(host, port, **options)

    monkeypatch.setattr(interact, "listen", listen)
    for options in ({}, {"host": "localhost"}, {"host": "0.0.0.0"}, {"host": "0.0.0.0", "token": "x"}):
        with Connection() as conn:
            conn.create_server(port=0, **options)  # type: ignore[arg-type]
    assert asked == ["127.0.0.1", "localhost", "0.0.0.0", "0.0.0.0"]
    assert [record.message.partition(":")[0] for record in caplog.records] == ["anybody who reaches 0.0.0.0"]


@pytest.mark.parametrize(
    ("path", "options", "status"),
    [
        ("/", {}, 401),
        ("/?token=wrong", {}, 401),
        ("/?token=s%C3%A9same", {"origin": "http://elsewhere.example"}, 403),
        ("/?token=s%C3%A9same", {"subprotocols": ["stepwire.v1"]}, 400),
        ("/any?token=s%C3%A9same", {"origin": "http://here.example"}, None),
    ],
)
def test_a_game_says_the_token_and_comes_from_an_allowed_page(
    path: str, options: dict[str, Any], status: int | None
) -> None:
    with Connection() as conn:
        conn.create_server(port=0, token="sésame", allowed_origins=["http://here.example"])
        if status is None:
            with dialled(conn, path, **options):
                conn.waiting_client(timeout=5)
        else:
            with pytest.raises(InvalidStatus) as caught, dialled(conn, path, **options):
                pass
            assert caught.value.response.status_code == status


def test_a_connection_before_its_server_says_what_to_call() -> None:
    conn = Connection()
    for call in (conn.waiting_client, conn.recv_message, lambda: conn.send_message("x"), lambda: conn.port):
        with pytest.raises(RuntimeError, match=r"create_server\(\)"):
            call()
    conn.close()


def test_a_server_is_created_once_and_closed_twice(conn: Connection, game: ClientConnection) -> None:
    with pytest.raises(RuntimeError, match="listens already"):
        conn.create_server(port=0)
    conn.close()
    conn.close()
    with pytest.raises(ConnectionClosed):
        game.recv()
    assert game.close_code == 1000


def is_listened_to(port: int) -> bool:
    with closing(socket.socket()) as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def test_a_connection_that_nobody_holds_any_more_stops_listening(stay: ExitStack) -> None:
    forgotten = Connection()
    forgotten.create_server(port=0)
    game, port = stay.enter_context(dialled(forgotten)), forgotten.port
    forgotten.waiting_client(5)
    del forgotten
    with pytest.raises(ConnectionClosed, match="bye"):
        game.recv(timeout=5)
    while is_listened_to(port):
        time.sleep(0.01)


def test_a_port_that_somebody_has_cannot_be_had(conn: Connection) -> None:
    other = Connection()
    with pytest.raises(OSError, match="in use"):
        other.create_server(port=conn.port)
    other.create_server(port=0)
    assert other.port != conn.port
    other.close()


def test_who_comes_and_goes_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    for level, lines in ((logging.INFO, 1), (logging.WARNING, 0)):
        caplog.clear()
        with Connection() as conn:
            conn.create_server(port=0, loglevel=level)
            with dialled(conn):
                conn.waiting_client(timeout=5)
        assert sum("The client connects successfully" in record.message for record in caplog.records) == lines
