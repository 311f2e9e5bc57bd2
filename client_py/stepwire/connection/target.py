"""Where a client connects to and how: the plain record that everything here is handed. It opens nothing."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stepwire.connection.addresses import addresses
from stepwire.errors import InvalidOptions


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long the server may take, in seconds. The server's own limits hold too; the smaller one counts.

    Attributes:
        connect: To find a server that answers.
        make: To open the environment, waiting for room or for a game included.
        reset: For a reset.
        step: For a step.
        render: For a picture.
    """

    connect: float = 10.0
    make: float = 30.0
    reset: float = 30.0
    step: float = 10.0
    render: float = 10.0

    def __post_init__(self) -> None:
        for name in ("connect", "make", "reset", "step", "render"):
            if not getattr(self, name) > 0:
                raise InvalidOptions.of(f"{name}_timeout", getattr(self, name), "a number of seconds above 0")


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect to and how.

    Attributes:
        addresses: As the user wrote them, see `stepwire.connection.addresses`.
        token: What opens the server, "" for none.
        tls: None for a plain connection, "" for the system's certificates, else the path of a CA file.
        transport: "stream" or "unary".
        timeouts: How long each operation may take.
    """

    addresses: tuple[str, ...]
    token: str = field(default="", repr=False)
    tls: str | None = None
    transport: str = "stream"
    timeouts: Timeouts = Timeouts()

    def __post_init__(self) -> None:
        if self.transport not in ("stream", "unary"):
            raise InvalidOptions.of("transport", self.transport, "'stream' or 'unary'")


def target_for(
    address: str | Sequence[str] | None,
    *,
    token: str | None,
    tls: bool | str | None,
    transport: str,
    timeouts: Timeouts,
) -> Target:
    """The record for what a user passed to an environment's constructor, with STEPWIRE_* filled in."""
    return Target(addresses(address), _token(token), _tls(tls), transport, timeouts)


def _token(given: str | None) -> str:
    if given is not None:
        return given
    return os.environ.get("STEPWIRE_TOKEN") or _token_in_file(os.environ.get("STEPWIRE_TOKEN_FILE"))


def _token_in_file(path: str | None) -> str:
    """The first token in a file of the form that servers read: one a line, and lines that begin with # are none."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines() if path else []
        return next((line.strip() for line in lines if line.strip() and not line.strip().startswith("#")), "")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidOptions.of("STEPWIRE_TOKEN_FILE", path, "a readable file with the token") from error


def _tls(given: bool | str | None) -> str | None:
    match given:
        case None | False:
            return None
        case True:
            return ""
        case _:
            return str(given)
