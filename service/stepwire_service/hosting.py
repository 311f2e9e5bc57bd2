"""The setting `games`: which game each entry means, how its instances are spread, and the hosts that run them.

Starts nothing by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stepwire_bridge.dialects.declared import Declaration
from stepwire_bridge.hosts import HostedGame, Hosts, Launch
from stepwire_service import addresses, assets, descriptions, pinning
from stepwire_service.descriptions import BadDescription, Described
from stepwire_service.settings import ConfigError, Settings

EXAMPLES: Final = "js_client/examples"
SCRIPTS: Final = (".js", ".mjs")
DESCRIPTIONS: Final = (".toml", ".json")

FEWEST, MOST = 8, 32
"""Instances in a process: each has its own compiled code, and shares the process's 50 MB. Fewer than 8 waste memory,
more than 32 run slower each."""

SPARE_SECONDS: Final = 10.0
"""How much longer than the longest deadline a host may say nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One game that is to be run: in so many processes, each with its part of the instances.

    Attributes:
        games: What each process runs.
        declaration: What the bridge must be told of a game that speaks a protocol of its own.
    """

    games: tuple[HostedGame, ...]
    declaration: Declaration | None = None

    @property
    def instances(self) -> int:
        """Of all processes together."""
        return sum(game.instances for game in self.games)


def wanted_games(settings: Settings) -> list[Wanted]:
    """What `games` asks for: each "GAME=INSTANCES", where a path has a slash or ends like a module or a description.

    Raises:
        ConfigError: No such bundled game, no such file, or a description with problems.
    """
    return [_wanted_game(entry, settings) for entry in settings.games]


def described_game(described: Described, instances: int, settings: Settings, name: str | None = None) -> Wanted:
    """A game with a description, under its own name or another one."""
    name = name or described.name
    given, options = described.given, descriptions.node_options(described)
    parts = spread(instances, settings.host_processes, cores(settings))
    confined = described.fields.get("driver") != "chromium"  # there the browser is what confines the game
    games = (HostedGame(described.source, part, name, given, options, confined) for part in parts)
    return Wanted(tuple(games), described.declaration(name))


def spread(instances: int, processes: int, cores: int) -> list[int]:
    """How many instances each process gets.

    Args:
        instances: Of all together.
        processes: How many, if there are instances enough; 0 for as many as there are cores, as far as that leaves
            each at least 8 and at most 32.
        cores: How many processes can run at one time.
    """
    automatic = max(min(cores, instances // FEWEST), -(-instances // MOST), 1)
    count = min(processes or automatic, instances)
    return [instances // count + (index < instances % count) for index in range(count)]


def cores(settings: Settings) -> int:
    """How many cores the hosts of one server process may count on."""
    return max(1, pinning.cores() // settings.workers)


def patience(settings: Settings) -> float:
    """How many seconds a host may say nothing: longer than any request may take that it could be busy with."""
    return max(settings.reset_deadline, settings.step_deadline, settings.render_deadline) + SPARE_SECONDS


def hosts(url: str, settings: Settings, tokens: Sequence[str], options: Sequence[str] = ()) -> Hosts:
    """Hosts whose games dial this URL. They may use all cores, also where this process is pinned.

    Raises:
        ConfigError: There is no Node, or the runner is not installed.
    """
    try:
        launch = Launch(
            assets.node(),
            assets.path("js_client/host/run.js").resolve(),
            url,
            token=tokens[0] if tokens else None,
            wrapper=pinning.released(),
            options=tuple(options),
            modules=assets.node_modules(),
            patience=patience(settings),
        )
    except assets.MissingAsset as error:
        raise ConfigError(f"games: {error}") from error
    return Hosts(launch)


def url_of(games_address: str) -> str:
    """Where games on this machine dial."""
    return f"ws://{addresses.dialable(games_address)}"


def described_at(what: str) -> Path | None:
    """The description or its folder that GAME means; None for a module.

    Raises:
        ConfigError: No such bundled game, or no such file.
    """
    path = _path_of(what)
    return None if path.is_file() and descriptions.source_of(path) is None else path


def _wanted_game(entry: str, settings: Settings) -> Wanted:
    what, _, count = entry.rpartition("=")
    instances = int(count)
    try:
        if described := described_at(what):
            return described_game(descriptions.describe(described, trusted=True), instances, settings)
    except (BadDescription, assets.MissingAsset) as error:
        raise ConfigError(f"games {entry}: {error}") from error
    module = _path_of(what)
    parts = spread(instances, settings.host_processes or 1, 1)
    return Wanted(tuple(HostedGame(module, part) for part in parts))


def _path_of(what: str) -> Path:
    if "/" not in what and not what.endswith((*SCRIPTS, *DESCRIPTIONS)) and what not in (".", ".."):
        return _bundled(what)
    path = Path(what).expanduser().absolute()
    if not path.exists():
        raise ConfigError(f"games {what}: there is no file or folder {path}.")
    return path


def _bundled(name: str) -> Path:
    """A bundled example, its description or else its module; or a folder here, where no example has that name."""
    folder = _examples() / name
    if not folder.is_dir() and Path(name).is_dir():
        return Path(name).absolute()
    module = folder / "game.js"
    if descriptions.source_of(folder) is not None:
        return folder
    if module.is_file():
        return module
    known = sorted(path.name for path in _examples().iterdir() if _is_game(path))
    raise ConfigError(
        f"games {name}: there is no bundled game {name!r}. There are {', '.join(known)}; "
        "a game of your own is a path with a slash, such as ./game.js or ./my-game/."
    )


def _examples() -> Path:
    try:
        return assets.path(EXAMPLES)
    except assets.MissingAsset as error:
        raise ConfigError(f"games: {error}") from error


def _is_game(folder: Path) -> bool:
    return (folder / "game.js").is_file() or descriptions.source_of(folder) is not None
