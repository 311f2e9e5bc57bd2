"""`stepwire host --check`, `--init`, `--verify` and `--setup`: the host's own tools.

Their words and exit codes are passed on. Reads TOML for them, since Node has no reader for it.
"""

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from stepwire_bridge.dialects.wemi import Declaration
from stepwire_service import descriptions, hosting
from stepwire_service.cli import console
from stepwire_service.cli.exits import OK, USAGE, CommandError
from stepwire_service.descriptions import BadDescription


def run_tool(tool: str, words: Sequence[str]) -> int:
    """Run one of the host's tools on a game; gives its exit code.

    Args:
        tool: "check", "init", "verify" or "setup".
        words: The game, as `stepwire host` takes it, and flags.

    Raises:
        CommandError: The description cannot be read, or there is no such game.
        MissingAsset: There is no Node, or no host.
    """
    if tool in ("setup", "init"):
        return _run(tool, words)
    try:
        return _run_on_game(tool, _source(words[0]), words[1:])
    except BadDescription as error:
        raise CommandError(str(error), code=USAGE) from error


def _source(game: str) -> Path:
    """The description that GAME means, or the path itself where the tool is to say what is wrong with it."""
    path = Path(game) if Path(game).exists() else hosting.described_at(game) or Path(game)
    return descriptions.source_of(path) or path


def _run_on_game(tool: str, source: Path, flags: Sequence[str]) -> int:
    """A check plays the game, which is somebody else's, and so is confined; a browser has to be started."""
    table = descriptions.read(source)
    given = ["--given", json.dumps(table)] if source.suffix == ".toml" else []
    confined: dict[str, Any] = {}
    if tool == "check":
        screen = (table or {}).get("screen")
        has_canvas = table is None or (isinstance(screen, dict) and screen.get("canvas") == "real")
        confined = {"readable": ["*"] if table is None else descriptions.readable(source, table), "addons": has_canvas}
    code = _run(tool, [str(source), *flags, *given], **confined)
    if tool == "check" and code == OK:
        _show_declaration(source)
    return code


def _run(tool: str, arguments: Sequence[str], **confined: Any) -> int:
    """A tool on our own terminal, for as long as it takes."""
    sys.stdout.flush()
    return descriptions.run_tools(tool, arguments, capture_output=False, timeout=None, **confined).returncode


def _show_declaration(source: Path) -> None:
    """What a server elsewhere must be told of a game that speaks a protocol of its own."""
    described = descriptions.describe(source, trusted=True)
    declaration = described.declaration(described.name)
    if declaration is not None:
        console.out().print(
            f"A server that is to take it from `stepwire host --url` needs this in its --games-file:\n\n"
            f"{declaration_toml(declaration)}"
        )


def declaration_toml(declaration: Declaration) -> str:
    """A declaration as a table of `--games-file`."""
    given = {field.name: getattr(declaration, field.name) for field in fields(declaration) if field.name != "name"}
    lines = [f"{name} = {_toml(value)}" for name, value in given.items() if value is not None]
    return "\n".join([f"[{_key(declaration.name)}]", f"dialect = {_toml(declaration.dialect)}", *lines])


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else json.dumps(name, ensure_ascii=False)


def _toml(value: Any) -> str:
    match value:
        case dict():
            parts = (f"{_key(key)} = {_toml(part)}" for key, part in value.items() if part is not None)
            return f"{{{', '.join(parts)}}}"
        case list():
            return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
