"""Games that do not say what they are, declared in a TOML file instead: one table a game, with its name and dialect.

Pure. Knows which dialects there are; what a table may hold beside `dialect` is its dialect's own record of fields.
"""

import tomllib
from collections.abc import Callable
from dataclasses import fields
from typing import Any, ClassVar, Protocol
from urllib.parse import urlsplit

import msgspec

from stepwire_bridge import spaces
from stepwire_bridge.dialects import Dialect, ai4u_declared, unityremote_declared, wemi, wescale, wescale_http


class BadDeclaration(ValueError):
    """A declaration that cannot be read; the message says which game and field."""


class Declaration(Protocol):
    """What stands for the hello of a game that says none: a frozen dataclass, whose fields are the table's.

    Attributes:
        dialect: The dialect's name, by which a table asks for it; games that dial us dial `/<dialect>/<name>`.
        prefix: Of the ids of such games: "game" where they come over WebSockets or HTTP, "udp" over UDP.
    """

    dialect: ClassVar[str]
    prefix: ClassVar[str]

    @property
    def name(self) -> str:
        """The game's name, as in `<prefix>:<name>`."""
        ...

    @property
    def url(self) -> str:
        """Where the game listens; "" where it dials us."""
        ...

    def new_dialect(self) -> Dialect:
        """How the messages of one connection are written."""
        ...


DIALECTS: dict[str, type[Any]] = {
    kind.dialect: kind
    for kind in (
        ai4u_declared.Declaration,
        unityremote_declared.Declaration,
        wemi.Declaration,
        wescale.Declaration,
        wescale_http.Declaration,
    )
}
"""The records of fields by their dialects' names."""


def declarations(toml: str) -> dict[str, Declaration]:
    """The declarations in a TOML text, by name.

    Raises:
        BadDeclaration: It is not TOML, or a field is missing, unknown, or of the wrong kind.
    """
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise BadDeclaration(f"not TOML: {error}") from error
    return {name: _declaration(name, table) for name, table in tables.items()}


def _declaration(name: str, table: Any) -> Declaration:
    kind = DIALECTS.get(str(table.get("dialect"))) if isinstance(table, dict) else None
    if kind is None:
        raise BadDeclaration(f"[{name}] is a table with dialect = one of {', '.join(map(repr, DIALECTS))}")
    given = {key: value for key, value in table.items() if key != "dialect"}
    known = {field.name for field in fields(kind)} - {"name"}
    if unknown := set(given) - known:
        raise BadDeclaration(f"[{name}] has no field {min(unknown)!r}; there are {', '.join(sorted(known))}")
    declaration: Declaration = _read(name, lambda: msgspec.convert({"name": name} | given, kind))
    for field in ("observation_space", "action_space"):
        if (form := getattr(declaration, field, None)) is not None:
            _read(name, lambda form=form, field=field: spaces.read(form, field))  # type: ignore[misc]
    if urlsplit(declaration.url).port == 0:  # who dials takes it for none
        raise BadDeclaration(f"[{name}]: url has a port from 1 to 65535, or none")
    return declaration


def _read(name: str, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except (msgspec.ValidationError, spaces.BadSpace) as error:
        raise BadDeclaration(f"[{name}]: {error}") from error
