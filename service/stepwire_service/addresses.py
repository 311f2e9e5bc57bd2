"""host:port and unix:path: reading them, and whether they let the world in. Opens nothing."""

import errno
import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager

from stepwire_service.settings import ConfigError, Settings

WILDCARDS = "", "*", "0.0.0.0", "::"
"""Hosts that stand for every address of this machine."""


def split(address: str) -> tuple[str, int]:
    """Host and port of host:port; an IPv6 host loses its brackets."""
    host, _, port = address.rpartition(":")
    return host.strip("[]"), int(port)


def join(host: str, port: int) -> str:
    """host:port, with brackets where the host is an IPv6 address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def dialable(address: str) -> str:
    """Where a program on this machine reaches a listening address: a wildcard is reached through loopback."""
    host, port = split(address)
    return join({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port)


def is_local(address: str) -> bool:
    """Whether only this machine can reach it."""
    if address.startswith("unix:"):
        return True
    host = address.rpartition(":")[0].strip("[]")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_exposure(settings: Settings, tokens: tuple[str, ...]) -> None:
    """Refuse to let the world in without a token, unless somebody insists.

    The web port is let be: it shows pages and figures, and opens nothing.

    Raises:
        ConfigError: An address beyond loopback, and no tokens.
    """
    if tokens or settings.insecure:
        return
    for name in ("address", "games_address", "gymie_address"):
        address = getattr(settings, name)
        if address and not is_local(address):
            raise ConfigError(
                f"{name} {address} can be reached from other machines, and there is no token. "
                "Set --token-file, or --insecure to let everybody in."
            )


def origins(web_address: str) -> set[str]:
    """The browser origins of our own web port, by every name that a loopback or wildcard address has."""
    host, port = split(web_address)
    names = {host} if not is_local(web_address) and host not in ("0.0.0.0", "::") else {host, "localhost", "127.0.0.1"}
    return {f"http://{join(name, port)}" for name in names}


@contextmanager
def naming(setting: str, address: str) -> Iterator[None]:
    """Say which setting it was that cannot be listened on, as a ConfigError in place of an OSError."""
    try:
        yield
    except OSError as error:
        why = _IN_USE if error.errno == errno.EADDRINUSE else error.strerror
        raise ConfigError(f"{setting} {address}: cannot be listened on: {why}.") from error


_IN_USE = "address already in use; close what listens there, or take another port"
