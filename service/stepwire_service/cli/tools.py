"""`stepwire host --check`, `--init`, `--verify` and `--setup`: the host's own tools.

Their words and exit codes are passed on. Reads TOML for them, since Node has no reader for it.
"""

import json
import sys
from collections.abc import Sequence
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
    if not words:
        return _run(tool, [])
    game = Path(words[0]) if Path(words[0]).exists() or tool == "init" else hosting.described_at(words[0])
    try:
        source = (descriptions.source_of(game) if game and tool != "init" else None) or game or Path(words[0])
        table = descriptions.read(source) if source.suffix == ".toml" else None
        given = [] if table is None else ["--given", json.dumps(table)]
        code = _run(tool, [str(source), *words[1:], *given])
        if tool == "check" and code == OK:
            _show_declaration(source)
        return code
    except BadDescription as error:
        raise CommandError(str(error), code=USAGE) from error


def _run(tool: str, arguments: Sequence[str]) -> int:
    """A tool on our own terminal, for as long as it takes."""
    sys.stdout.flush()
    return descriptions.run_tools(tool, arguments, capture_output=False, timeout=None).returncode


def _show_declaration(source: Path) -> None:
    """What a server elsewhere must be told of a game that speaks a protocol of its own."""
    described = descriptions.describe(source, trusted=True)
    declaration = described.declaration(described.name)
    if declaration is not None:
        console.out().print(
            f"A server that is to take it from `stepwire host --url` needs this in its --wemi-file:\n\n"
            f"{declaration_toml(declaration)}"
        )


def declaration_toml(declaration: Declaration) -> str:
    """A declaration as a table of `--wemi-file`."""
    fields = {name: getattr(declaration, name) for name in Declaration.__dataclass_fields__ if name != "name"}
    lines = [f"{name} = {_toml(value)}" for name, value in fields.items() if value is not None]
    return "\n".join([f"[{json.dumps(declaration.name)}]", *lines])


def _toml(value: Any) -> str:
    match value:
        case dict():
            parts = (f"{json.dumps(key)} = {_toml(part)}" for key, part in value.items() if part is not None)
            return f"{{{', '.join(parts)}}}"
        case list():
            return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
