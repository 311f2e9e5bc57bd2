"""A shared port is held by somebody who takes no connection; a shared path leads to one of several."""

import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from stepwire_service import addresses
from stepwire_service.doors import Link, Port
from stepwire_service.settings import ConfigError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ports are shared on Linux only")


def listening(address: str, *, shared: bool) -> socket.socket:
    return socket.create_server(addresses.split(address), reuse_port=shared)


@contextmanager
def unix_listener(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(path))
        listener.listen()
        yield listener


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_a_port_that_is_held_can_be_listened_on_by_several_who_share_it(host: str) -> None:
    with closing(Port("address", f"{host}:0")) as port:
        assert port.address.startswith(f"{host}:") and not port.address.endswith(":0")
        with listening(port.address, shared=True) as one, listening(port.address, shared=True) as other:
            assert one.getsockname() == other.getsockname()


def test_whoever_does_not_share_cannot_have_it_though_nobody_listens() -> None:
    with closing(Port("address", "127.0.0.1:0")) as port, pytest.raises(OSError, match="in use"):
        listening(port.address, shared=False)


def test_every_connection_goes_to_one_who_listens() -> None:
    with closing(Port("address", "127.0.0.1:0")) as port, listening(port.address, shared=True) as listener:
        for _ in range(20):
            with socket.create_connection(addresses.split(port.address)), listener.accept()[0]:
                pass


def test_two_cannot_hold_the_same_port() -> None:
    with (
        closing(Port("address", "127.0.0.1:0")) as port,
        pytest.raises(ConfigError, match=f"games_address {port.address}: cannot be listened on.*in use.*another"),
    ):
        Port("games_address", port.address)


@pytest.mark.parametrize("shared", [True, False])
def test_a_port_where_somebody_listens_cannot_be_held(shared: bool) -> None:
    with listening("127.0.0.1:0", shared=shared) as listener:
        address = addresses.join(*listener.getsockname())
        with pytest.raises(ConfigError, match=f"address {address}"):
            Port("address", address)


def test_a_port_whose_last_connections_linger_can_be_held_again() -> None:
    with listening("127.0.0.1:0", shared=True) as listener:
        sockaddr = listener.getsockname()
        with socket.create_connection(sockaddr) as client:
            listener.accept()[0].close()  # it closes first, so the port remembers the connection for a minute
            assert client.recv(1) == b""
    with closing(Port("address", addresses.join(*sockaddr))) as port, listening(port.address, shared=True):
        pass


def test_an_address_that_is_not_this_machines_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"address 192\.0\.2\.1:0: cannot be listened on"):
        Port("address", "192.0.2.1:0")


def test_other_systems_are_told_to_use_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(ConfigError, match=r"workers: only Linux.*darwin"):
        Port("address", "127.0.0.1:0")


def test_a_link_leads_to_one_socket_and_then_to_another(tmp_path: Path) -> None:
    with closing(Link("address", f"unix:{tmp_path}/s")) as link:
        for name in ("one", "other"):
            with unix_listener(tmp_path / name) as listener, socket.socket(socket.AF_UNIX) as client:
                link.lead_to(f"unix:{tmp_path}/{name}")
                client.connect(str(tmp_path / "s"))
                listener.accept()[0].close()
    assert not (tmp_path / "s").is_symlink()


def test_a_path_where_somebody_listens_is_refused_and_one_that_was_left_behind_is_not(tmp_path: Path) -> None:
    address = f"unix:{tmp_path}/s"
    with unix_listener(tmp_path / "s"), pytest.raises(ConfigError, match=f"address {address}: cannot be listened on"):
        Link("address", address)
    with closing(Link("address", address)) as link:
        link.lead_to(f"unix:{tmp_path}/one")
    assert not (tmp_path / "s").exists()
