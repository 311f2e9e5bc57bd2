"""What serves, however many processes it takes: an interface, and the choice between its two kinds."""

from types import TracebackType
from typing import Protocol, Self

from stepwire_service.settings import Settings


class Service(Protocol):
    """A running service; an async context manager, started inside and stopped on leaving. Raises ConfigError on entry.

    Attributes:
        address: Where gRPC listens, with the port that was picked where the settings say 0.
        games_address: Where games dial in.
        web_address: Where the web port listens; "" for nowhere.
        gymie_address: Where agents connect that speak Gymie's protocol; "" for nowhere.
    """

    address: str
    games_address: str
    web_address: str
    gymie_address: str

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

    async def drain(self) -> None:
        """Take no new sessions, and wait for the running ones: `drain_time`."""
        ...

    async def games_ready(self) -> None:
        """Wait until every game of the setting `games` has said hello; ConfigError when they do not."""
        ...

    async def game_ids(self) -> list[str]:
        """The ids of the games that are connected."""
        ...


def service(settings: Settings) -> Service:
    """What these settings ask for, not yet started.

    Each kind is imported when it is wanted: a parent of workers must load no gRPC.

    Raises:
        ConfigError: Settings that cannot be.
    """
    if settings.workers > 1:
        from stepwire_service.workers import Workers

        return Workers(settings)
    from stepwire_service.server import Server

    return Server(settings)
