import random
import socket
from typing import Any

import pytest

from stepwire.connection.addresses import Endpoint, addresses, elsewhere, endpoints
from stepwire.errors import ConnectionFailed, InvalidOptions


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("localhost:50051", ("localhost:50051",)),
        ("[::1]:50051", ("[::1]:50051",)),
        ("unix:/run/stepwire.sock", ("unix:/run/stepwire.sock",)),
        ("dns:///env:50051", ("dns:///env:50051",)),
        ("a:1, b:2", ("a:1", "b:2")),
        (["a:1", "unix:b"], ("a:1", "unix:b")),
    ],
)
def test_the_forms_that_are_known(given: Any, meant: tuple[str, ...]) -> None:
    assert addresses(given) == meant


@pytest.mark.parametrize(
    "given",
    [
        "",
        "localhost",
        "localhost:",
        ":50051",
        "a:b",
        "a:70000",
        "unix:",
        "dns:///env",
        "http://a:1",
        "dns://b/a:1",
        [],
        16,
        [16],
    ],
)
def test_other_forms_are_refused_with_those_that_are_known(given: Any) -> None:
    with pytest.raises(InvalidOptions, match="host:port, dns:///name:port or unix:/path"):
        addresses(given)


def test_nothing_given_means_the_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWIRE_ADDRESS", "elsewhere:1")

    assert addresses(None) == ("elsewhere:1",)


def test_nothing_at_all_means_the_default_port_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STEPWIRE_ADDRESS", raising=False)

    assert addresses(None) == ("localhost:50051",)


def test_a_name_gives_every_address_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 7)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.2", 7)),
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fd00::1", 7, 0, 0)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    assert set(endpoints(["dns:///env:7"])) == {
        Endpoint("10.0.0.1:7", "env"),
        Endpoint("10.0.0.2:7", "env"),
        Endpoint("[fd00::1]:7", "env"),
    }


def test_a_name_that_nobody_knows_is_passed_over_while_there_are_others() -> None:
    assert endpoints(["dns:///nobody.invalid:7", "a:1"]) == [Endpoint("a:1")]


def test_a_name_that_nobody_knows_is_told() -> None:
    with pytest.raises(ConnectionFailed, match=r"nobody\.invalid"):
        endpoints(["dns:///nobody.invalid:7"])


def test_clients_spread_over_the_endpoints() -> None:
    first = {endpoints(["a:1", "b:1", "c:1"])[0].target for _ in range(200)}

    assert first == {"a:1", "b:1", "c:1"}


def test_the_trainers_random_stream_does_not_move() -> None:
    random.seed(3)
    expected = random.random()
    random.seed(3)
    endpoints(["a:1", "b:1"])

    assert random.random() == expected


@pytest.mark.parametrize(
    ("given", "dialled", "found"),
    [
        ("", "env:50051", "env:50051"),
        ("10.0.0.1:50052", "env:50051", "10.0.0.1:50052"),
        (":50052", "env:50051", "env:50052"),
        (":50052", "[::1]:50051", "[::1]:50052"),
        ("unix:/run/s.0", "unix:/run/s", "unix:/run/s.0"),
    ],
)
def test_where_a_server_sends_a_client_keeps_what_it_does_not_name(given: str, dialled: str, found: str) -> None:
    assert elsewhere(given, Endpoint(dialled, "env.example")) == Endpoint(found, "env.example")
