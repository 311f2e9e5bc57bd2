from pathlib import Path

import pytest

from stepwire_service.settings import ConfigError, Settings
from stepwire_service.sharing import Place, own_address, share, told


def shares(**settings: object) -> list[Settings]:
    whole = Settings(**settings)  # type: ignore[arg-type]
    return [share(whole, index) for index in range(whole.workers)]


@pytest.mark.parametrize("limit", ["max_sessions", "max_games"])
def test_limits_of_the_server_are_divided_and_nothing_is_lost(limit: str) -> None:
    assert [getattr(part, limit) for part in shares(workers=3, **{limit: 11})] == [4, 4, 3]


def test_limits_of_a_session_are_the_same_everywhere() -> None:
    assert [part.max_envs_per_session for part in shares(workers=2, max_envs_per_session=7)] == [7, 7]


@pytest.mark.parametrize("limit", ["max_sessions", "max_games"])
def test_a_limit_too_low_to_be_divided_is_refused(limit: str) -> None:
    with pytest.raises(ConfigError, match=f"{limit} 2: each of 3 workers"):
        share(Settings(workers=3, **{limit: 2}), 0)


def test_games_are_divided_and_who_has_none_of_one_does_not_start_it() -> None:
    parts = shares(workers=4, games=("snake=64", "a=b.js=2"))
    assert [part.games for part in parts] == [("snake=16", "a=b.js=1")] * 2 + [("snake=16",)] * 2


def test_a_game_that_listens_is_dialled_by_one_process() -> None:
    parts = shares(workers=2, dial_games=("ws://a", "ws://b", "ws://c"))
    assert [part.dial_games for part in parts] == [("ws://a", "ws://c"), ("ws://b",)]


def test_the_web_port_is_the_parents() -> None:
    assert {part.web_address for part in shares(workers=2)} == {""}


@pytest.mark.parametrize(
    ("address", "ports", "own"),
    [
        ("127.0.0.1:50051", 0, ["127.0.0.1:0", "127.0.0.1:0"]),
        ("127.0.0.1:50051", 50060, ["127.0.0.1:50060", "127.0.0.1:50061"]),
        ("[::1]:50051", 50060, ["[::1]:50060", "[::1]:50061"]),
        ("unix:/run/s.sock", 50060, ["unix:/run/s.sock.0", "unix:/run/s.sock.1"]),
    ],
)
def test_each_process_has_an_address_to_itself(address: str, ports: int, own: list[str]) -> None:
    settings = Settings(address=address, workers=2, worker_ports=ports)
    assert [own_address(settings, index) for index in range(2)] == own


def test_ports_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ConfigError, match="worker_ports 65535: worker 1 would have the port 65536"):
        own_address(Settings(workers=2, worker_ports=65535), 1)


@pytest.mark.parametrize(
    ("own", "endpoint"),
    [
        ("127.0.0.1:1", "127.0.0.1:1"),
        ("[::1]:1", "[::1]:1"),
        ("env:1", "env:1"),
        ("0.0.0.0:1", ":1"),
        ("[::]:1", ":1"),
        (":1", ":1"),
        ("unix:/run/s.sock.0", "unix:/run/s.sock.0"),
        ("unix:s.sock.0", f"unix:{Path.cwd()}/s.sock.0"),
    ],
)
def test_clients_are_told_an_address_that_is_the_same_for_all_of_them(own: str, endpoint: str) -> None:
    assert told(own) == endpoint


def test_a_process_knows_its_own_endpoint_among_all() -> None:
    assert Place(1, "127.0.0.1:2", ("127.0.0.1:1", "127.0.0.1:2")).endpoint == "127.0.0.1:2"
