"""The description of a game, `stepwire.game.toml` and its like: found, read, and checked by the host that will run it.

TOML is read here, since Node has no reader for it; what the fields mean is the host's to say, in a process that may
read the game's folder and nothing else. Knows files and that process; starts no game.
"""

import json
import math
import os
import re
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from stepwire_bridge.dialects.wemi import Declaration
from stepwire_bridge.launching import confined
from stepwire_service import assets

JS_CLIENT: Final = "js_client"
TOOLS: Final = "js_client/host/tools.js"
USUAL_NAMES: Final = ("stepwire.game.toml", "stepwire.game.json", "stepwire.game.mjs")
"""What a description is called in its game's folder, the first that is there."""

SECONDS: Final = 30.0
"""How long the host may take to look at a description."""

QUIET: Final = ("--disable-warning=ExperimentalWarning", "--disable-warning=SecurityWarning")


class BadDescription(Exception):
    """A description with problems, or none where one was expected. `str(error)` is one line with all of them."""


@dataclass(frozen=True, slots=True)
class Described:
    """A game that can be run.

    Attributes:
        source: What the host is given to load: the description's file.
        root: The game's own folder.
        mounts: Files from elsewhere that the game finds in its folder.
        given: What the file says, as JSON, where Node cannot read it by itself.
        fields: The description with all its defaults.
    """

    source: Path
    root: Path
    mounts: tuple[Path, ...]
    given: str | None
    fields: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the game is called."""
        return str(self.fields["name"])

    def declaration(self, name: str) -> Declaration | None:
        """What the bridge must know of a game that speaks a protocol of its own; None for all others."""
        messages = self.fields.get("messages")
        if not messages:
            return None
        spaces = {f"{which}_space": self.fields[which]["space"] for which in ("observation", "action")}
        known = {field.name for field in fields(Declaration)}
        return Declaration(name=name, **spaces, **{key: value for key, value in messages.items() if key in known})


def source_of(path: Path) -> Path | None:
    """The description that a path means: the file itself, or the one in a folder; None where it means none."""
    if path.is_dir():
        return next((path / name for name in USUAL_NAMES if (path / name).is_file()), None)
    return path if re.search(r"\.(toml|json|game\.m?js)$", path.name) else None


def describe(path: Path, *, trusted: bool) -> Described:
    """Read the description that a path means, and let the host check it.

    Args:
        path: A description, or a folder that holds one.
        trusted: Whether the code in a `.mjs` may read all that we may: whoever runs the server has named it.

    Raises:
        BadDescription: There is none, or it has problems.
        MissingAsset: There is no Node, or no host.
    """
    source = source_of(path)
    if source is None:
        raise BadDescription(
            f"{path}: there is no {USUAL_NAMES[0]} in it, which says how the game is played. "
            f"`stepwire host --init {path} --write` writes a first draft."
        )
    table = read(source)
    given = None if table is None or source.suffix != ".toml" else json.dumps(table)
    arguments = [str(source), *(() if given is None else ("--given", given))]
    ran = run_tools("describe", arguments, readable=["*"] if table is None and trusted else readable(source, table))
    if ran.returncode != 0:
        raise BadDescription(_problems(source, ran.stderr))
    answer = json.loads(ran.stdout)
    fields = answer["description"]
    return Described(source, _root(source, fields), _mounts(source, fields), given, fields)


def read(source: Path) -> dict[str, Any] | None:
    """What a description in TOML or JSON says, in the values that JSON has; None for one that is code.

    Raises:
        BadDescription: It cannot be read; the line says where.
    """
    kinds = {".toml": ("TOML", tomllib.loads), ".json": ("JSON", json.loads)}
    if source.suffix not in kinds:
        return None
    kind, loads = kinds[source.suffix]
    try:
        table = loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadDescription(f"{source}: cannot be read: {error.strerror}.") from error
    except ValueError as error:  # not UTF-8, or not of that kind
        raise BadDescription(f"{source}: is not {kind}: {error}.") from error
    if not isinstance(table, dict):
        raise BadDescription(f"{source}: is not a table of fields.")
    return {name: _plain(value) for name, value in table.items()}


def readable(source: Path, table: Mapping[str, Any] | None) -> list[Path | str]:
    """What a game may read, as far as it is known before its description has been checked."""
    return [source.parent.resolve(), _root(source, table or {}), *_mounts(source, table or {})]


def run_tools(
    command: str,
    arguments: Sequence[str],
    *,
    readable: Sequence[Path | str] = (),
    addons: bool = False,
    **options: Any,
) -> subprocess.CompletedProcess[str]:
    """Run one of the host's tools, and give what it wrote.

    Args:
        command: The tool's name.
        arguments: Its words.
        readable: Where it is given, the tool is confined, and reads these alone.
        addons: Whether a confined tool may load compiled code, for a real canvas.
        **options: Of `subprocess.run`.
    """
    node = [str(assets.node()), *QUIET, "--experimental-vm-modules"]
    variables = {**os.environ, assets.NODE_MODULES: str(assets.node_modules())}
    if readable:
        node += [*permissions([js_client(), *readable]), *(["--allow-addons"] if addons else [])]
        variables = confined(variables)
    command_line = [*node, str(assets.path(TOOLS).resolve()), command, *arguments]
    captured = {"capture_output": True, "timeout": SECONDS, "text": True, "encoding": "utf-8"}
    return subprocess.run(command_line, check=False, stdin=subprocess.DEVNULL, env=variables, **{**captured, **options})


LEAN = ("--max-semi-space-size=4", "--no-maglev")
"""Less room for new objects, and one compiler less, which would keep code of its own for each instance: together some
100 MB of 350 for 200 instances, and no step slower (bench/games/realms-memory.mjs; inside Node, 32 instances)."""


def node_options(described: Described) -> tuple[str, ...]:
    """Node's own options for a game that is described: what it may read, and how much memory it may take.

    A game in a browser needs other permissions than one in Node: the browser has to be started, and confines the game.
    """
    fields = described.fields
    limits = [f"--max-old-space-size={math.ceil(fields.get('limits', {}).get('memory_mb', 1024))}"]
    options = [*limits, *LEAN, "--experimental-vm-modules", *QUIET]
    if fields.get("driver") == "chromium":
        return tuple(options)
    has_canvas = fields.get("screen", {}).get("canvas") == "real"
    readable = [js_client(), described.root, described.source.parent.resolve(), *described.mounts]
    return (*permissions(readable), *(["--allow-addons"] if has_canvas else []), *options)


def permissions(readable: Sequence[Path | str]) -> list[str]:
    """Let a Node read these folders, and that of the optional packages; write nothing, and start nothing."""
    places = dict.fromkeys(map(str, [*readable, assets.node_modules()]))
    return ["--permission", *(f"--allow-fs-read={place}" for place in places)]


def js_client() -> Path:
    """Where the host and the package for games lie."""
    return assets.path(JS_CLIENT).resolve()


def _root(source: Path, fields: Mapping[str, Any]) -> Path:
    return (source.parent / str(fields.get("root", "."))).resolve()


def _mounts(source: Path, fields: Mapping[str, Any]) -> tuple[Path, ...]:
    mounts = fields.get("mounts")
    files = mounts.values() if isinstance(mounts, dict) else ()
    return tuple((source.parent / file).resolve() for file in files if isinstance(file, str))


def _problems(source: Path, said: str) -> str:
    lines = [line.removeprefix("stepwire-host: ").strip() for line in said.splitlines() if line.strip()]
    text = "; ".join(lines) or "the host cannot read it, and does not say why"
    return text if str(source) in text else f"{source}: {text}"


def _plain(value: Any) -> Any:
    """A value of TOML as JSON has it: dates as text, and no bound for one that is infinite."""
    match value:
        case dict():
            return {name: _plain(part) for name, part in value.items()}
        case list():
            return [_plain(part) for part in value]
        case float() if not math.isfinite(value):
            return None
        case bool() | int() | float() | str() | None:
            return value
    return value.isoformat()
