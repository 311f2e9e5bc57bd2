"""The setting `games`: which module each entry means, and the hosts that run them. Starts nothing by itself."""

from collections.abc import Sequence
from pathlib import Path

from stepwire_bridge.hosts import HostedGame, Hosts
from stepwire_service import addresses, assets, pinning
from stepwire_service.settings import ConfigError

EXAMPLES = "js_client/examples"


def hosted_games(entries: Sequence[str]) -> list[HostedGame]:
    """What `games` asks for: each "NAME_OR_PATH=INSTANCES", where a path has a slash or ends in .js or .mjs.

    Raises:
        ConfigError: No such bundled game, or no such file.
    """
    return [_hosted_game(entry) for entry in entries]


def hosts(games_address: str, tokens: Sequence[str]) -> Hosts:
    """Hosts whose games dial this address. They may use all cores, also where this process is pinned.

    Raises:
        ConfigError: There is no Node, or the runner is not installed.
    """
    url = f"ws://{addresses.dialable(games_address)}"
    token = tokens[0] if tokens else None
    try:
        return Hosts(assets.node(), assets.path("js_client/host/run.js"), url, token=token, wrapper=pinning.released())
    except assets.MissingAsset as error:
        raise ConfigError(f"games: {error}") from error


def _hosted_game(entry: str) -> HostedGame:
    what, _, instances = entry.rpartition("=")
    is_path = "/" in what or what.endswith((".js", ".mjs"))
    module = Path(what).expanduser().absolute() if is_path else _bundled(what)
    if not module.is_file():
        raise ConfigError(f"games {entry}: there is no file {module}.")
    return HostedGame(module, int(instances))


def _bundled(name: str) -> Path:
    try:
        return assets.path(f"{EXAMPLES}/{name}/game.js")
    except assets.MissingAsset as error:
        known = sorted(game.parent.name for game in assets.path(EXAMPLES).glob("*/game.js"))
        raise ConfigError(
            f"games {name}: there is no bundled game {name!r}. There are {', '.join(known)}; "
            "a game of your own is a path with a slash, such as ./game.js."
        ) from error
