"""What one of several server processes has of the whole: an address to itself, and its share of limits and games.

Pure: from settings and a number to settings and addresses. Knows neither processes nor sockets.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from stepwire_service import addresses
from stepwire_service.settings import ConfigError, Settings

LARGEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Place:
    """Which one of several processes this is.

    Attributes:
        index: 0 for the first.
        own: host:port or unix:path where it listens besides, and nobody else.
        endpoints: What clients are told, for all of the processes; see `told`.
    """

    index: int
    own: str
    endpoints: tuple[str, ...]

    @property
    def endpoint(self) -> str:
        """What clients are told of this one."""
        return self.endpoints[self.index]


def own_address(settings: Settings, index: int) -> str:
    """Where a process is to listen alone; port 0 picks a free one.

    Raises:
        ConfigError: There is no such port.
    """
    if settings.address.startswith("unix:"):
        return f"{settings.address}.{index}"
    host, _ = addresses.split(settings.address)
    port = settings.worker_ports + index if settings.worker_ports else 0
    if port > LARGEST_PORT:
        raise ConfigError(f"worker_ports {settings.worker_ports}: worker {index} would have the port {port}.")
    return addresses.join(host, port)


def told(own: str) -> str:
    """What a client is told of an address.

    A wildcard loses its host, which means the one that was dialled: which of this machine's addresses a client can
    reach, perhaps through a forwarded port, only the client knows.
    """
    if own.startswith("unix:"):
        return f"unix:{Path(own.removeprefix('unix:')).absolute()}"
    host, port = addresses.split(own)
    return f":{port}" if host in addresses.WILDCARDS else own


def share(settings: Settings, index: int) -> Settings:
    """The settings of one process: of everything that is the whole server's it has its part, and it has no web port.

    Raises:
        ConfigError: A limit is too low to be divided.
    """
    return replace(
        settings,
        max_sessions=_limit(settings, "max_sessions", index),
        max_games=_limit(settings, "max_games", index),
        games=tuple(_games(settings, index)),
        host_processes=settings.host_processes and max(1, _part(settings.host_processes, settings, index)),
        dial_games=settings.dial_games[index :: settings.workers],
        web_address="",
    )


def _limit(settings: Settings, name: str, index: int) -> int:
    value: int = getattr(settings, name)
    if value < settings.workers:
        raise ConfigError(f"{name} {value}: each of {settings.workers} workers needs at least one of them.")
    return _part(value, settings, index)


def _games(settings: Settings, index: int) -> Iterator[str]:
    for entry in settings.games:
        what, _, instances = entry.rpartition("=")
        if part := _part(int(instances), settings, index):
            yield f"{what}={part}"


def _part(whole: int, settings: Settings, index: int) -> int:
    """As even as whole numbers can be, the first ones having one more; together they are the whole."""
    return whole // settings.workers + (index < whole % settings.workers)
