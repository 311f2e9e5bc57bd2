import errno

import pytest

from stepwire_service.addresses import check_exposure, dialable, is_local, join, naming, origins, split
from stepwire_service.settings import ConfigError, Settings


@pytest.mark.parametrize(
    "address", ["127.0.0.1:1", "127.9.9.9:1", "localhost:1", "[::1]:1", "unix:/tmp/socket", "unix:relative"]
)
def test_loopback_and_unix_sockets_are_local(address: str) -> None:
    assert is_local(address)


@pytest.mark.parametrize("address", ["0.0.0.0:1", "[::]:1", "192.168.1.2:1", "example.com:1", "*:1", ":1"])
def test_everything_else_can_be_reached_from_outside(address: str) -> None:
    assert not is_local(address)


@pytest.mark.parametrize("name", ["address", "games_address", "gymie_address"])
def test_a_port_beyond_loopback_without_a_token_is_refused_and_names_the_flags(name: str) -> None:
    settings = Settings(**{name: "0.0.0.0:1"})
    with pytest.raises(ConfigError, match=rf"{name} 0\.0\.0\.0:1 .*--token-file.*--insecure"):
        check_exposure(settings, ())
    check_exposure(settings, ("token",))


def test_whoever_insists_may_let_everybody_in() -> None:
    check_exposure(Settings(address="0.0.0.0:1", insecure=True), ())


@pytest.mark.parametrize(("address", "parts"), [("127.0.0.1:80", ("127.0.0.1", 80)), ("[::1]:80", ("::1", 80))])
def test_an_address_is_split_and_joined_again(address: str, parts: tuple[str, int]) -> None:
    assert split(address) == parts
    assert join(*parts) == address


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(2, "no such host"), "no such host."),
        (
            OSError(errno.EADDRINUSE, "while binding"),
            "address already in use; close what listens there, or take another port.",
        ),
    ],
)
def test_an_address_that_cannot_be_listened_on_is_a_mistake_in_its_setting(error: OSError, why: str) -> None:
    with pytest.raises(ConfigError) as caught, naming("web_address", "a:1"):
        raise error
    assert str(caught.value) == f"web_address a:1: cannot be listened on: {why}"


def test_our_own_pages_have_every_name_of_this_machine() -> None:
    assert origins("127.0.0.1:80") == {"http://127.0.0.1:80", "http://localhost:80"}
    assert "http://localhost:80" in origins("0.0.0.0:80")
    assert origins("10.0.0.1:80") == {"http://10.0.0.1:80"}


@pytest.mark.parametrize(
    ("address", "dialled"), [("0.0.0.0:80", "127.0.0.1:80"), ("[::]:80", "[::1]:80"), ("10.0.0.1:80", "10.0.0.1:80")]
)
def test_a_wildcard_is_dialled_through_loopback(address: str, dialled: str) -> None:
    assert dialable(address) == dialled
