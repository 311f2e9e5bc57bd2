"""What every connection of the Gymie front is given: a record, made once."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from stepwire_service.catalog import Catalog
from stepwire_service.sessions import Sessions
from stepwire_service.settings import Settings

Step = tuple[Any, Any, bool, dict[str, Any]]
"""What a step gave: observation, reward, done, info."""


@dataclass(frozen=True, slots=True)
class Terms:
    """See the module.

    Attributes:
        sessions: What it opens and asks.
        catalog: What can be opened.
        settings: Limits and deadlines.
        version: What `server_info` says.
        tokens: Those that open the server; empty for none.
        allowed_origins: Browser origins that may connect; asked at every connection, so it may grow.
        prefix: Of all ids, where a function of the user's makes the environments; "" for the catalog's own prefixes.
        process_step: What the user makes of a step in classic mode; None for nothing.
    """

    sessions: Sessions
    catalog: Catalog
    settings: Settings
    version: str
    tokens: tuple[str, ...] = ()
    allowed_origins: Collection[str] = ()
    prefix: str = ""
    process_step: Callable[[Step], Any] | None = None
