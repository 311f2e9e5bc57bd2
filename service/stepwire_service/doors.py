"""The address that several processes share: held by their parent, which takes no connection itself.

A TCP port is bound and never listened on. Binding it fails where somebody listens already, and a port that was picked
stays ours while processes come and go; they listen on it with SO_REUSEPORT, and the kernel hands each new connection to
one of them. A Unix socket cannot be shared like that: its path becomes a link to the socket of one process. Knows
sockets and paths; knows nothing of processes.
"""

import contextlib
import errno
import os
import socket
import sys
from contextlib import ExitStack
from pathlib import Path

from stepwire_service import addresses
from stepwire_service.settings import ConfigError

_NOT_HERE = errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT
"""One of a host's addresses is not this machine's, such as ::1 of localhost where there is no IPv6."""


class Port:
    """A TCP port that is ours, for child processes to listen on.

    Attributes:
        address: host:port, with the port that was picked where 0 was asked for.
    """

    def __init__(self, setting: str, address: str) -> None:
        """Take the port.

        Args:
            setting: What the address comes from, for the error.
            address: host:port.

        Raises:
            ConfigError: It cannot be had, or could not be shared on this system.
        """
        if sys.platform != "linux":
            raise ConfigError(f"workers: only Linux spreads connections over processes, not {sys.platform}. Leave 1.")
        host, port = addresses.split(address)
        self._held = ExitStack()
        try:
            self.address = addresses.join(host, _hold(host, port, self._held))
        except OSError as error:
            self._held.close()
            raise _taken(setting, address, error) from error

    def close(self) -> None:
        """Let others have it. May be called twice."""
        self._held.close()


class Link:
    """A path that leads to the Unix socket of one process.

    Attributes:
        address: unix:path, as it was given.
    """

    def __init__(self, setting: str, address: str) -> None:
        """Look whether the path is free; nothing is there before `lead_to`.

        Raises:
            ConfigError: Somebody listens there.
        """
        self.address = address
        self._path = Path(address.removeprefix("unix:"))
        if _answers(self._path):
            raise _taken(setting, address, OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE)))

    def lead_to(self, own: str) -> None:
        """Lead new connections to another unix:path, from one moment to the next."""
        fresh = self._path.with_name(f"{self._path.name}.new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path(own.removeprefix("unix:")).absolute())
        fresh.replace(self._path)

    def close(self) -> None:
        """Take the path away. May be called twice."""
        if self._path.is_symlink():
            self._path.unlink()


def _hold(host: str, port: int, held: ExitStack) -> int:
    """Take a port on every address of a host, as gRPC listens on all of them: "localhost" has two."""
    found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    missing: OSError | None = None
    taken = 0
    for family, *_, sockaddr in found:
        try:
            taken = _bound(family, (str(sockaddr[0]), taken or port), held)
        except OSError as error:
            if error.errno not in _NOT_HERE:
                raise
            missing = error
    if not taken and missing:
        raise missing
    return taken


def _bound(family: int, sockaddr: tuple[str, int], held: ExitStack) -> int:
    ours = held.enter_context(socket.socket(family, socket.SOCK_STREAM))
    _bind(ours, sockaddr)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # not before: nobody may have had it but we
    port: int = ours.getsockname()[1]
    return port


def _bind(ours: socket.socket, sockaddr: tuple[str, int]) -> None:
    """Bind alone where that works; where old connections linger, so that at least nobody else may listen there."""
    try:
        ours.bind(sockaddr)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        ours.bind(sockaddr)


def _answers(path: Path) -> bool:
    """Whether somebody listens there; a socket that a dead process has left does not count."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe, contextlib.suppress(OSError):
        probe.connect(os.fspath(path))
        return True
    return False


def _taken(setting: str, address: str, error: OSError) -> ConfigError:
    return ConfigError(
        f"{setting} {address}: cannot be listened on: {error.strerror}. Is another server running there?"
    )
