"""How a host is started: what it is told on its command line, and which variables it sees. Pure; starts nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit, urlunsplit

LANGUAGE: Final = {"TZ": "UTC", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
NODE_MODULES: Final = "STEPWIRE_NODE_MODULES"
PASSED_ON: Final = (NODE_MODULES, "SYSTEMROOT")
"""Variables that a confined host sees besides: where optional packages are, and what Windows needs."""


@dataclass(frozen=True, slots=True)
class HostedGame:
    """A game to run in one process.

    Attributes:
        module: The JavaScript module, or the description of a game.
        instances: How many copies.
        name: What it goes by when not its own.
        given: What its description's file says, as JSON, where Node cannot read that file itself.
        node_options: Node's own options.
        confined: Whether the process sees no variables of ours: a game of somebody else's.
    """

    module: Path
    instances: int
    name: str | None = None
    given: str | None = None
    node_options: tuple[str, ...] = ()
    confined: bool = False


@dataclass(frozen=True, slots=True)
class Launch:
    """How the hosts of one bridge are started.

    Attributes:
        node: The Node program.
        runner: js_client/host/run.js.
        url: Where the games dial, such as "ws://127.0.0.1:7891".
        token: What they say in their hello. It goes through the pipe, where no other user and no game can read it.
        wrapper: A command that becomes the one behind it.
        options: More options of the runner.
        modules: Where npm packages lie that games may do without.
        patience: Seconds that a host may say nothing before it is killed, when nobody else has found it silent.
    """

    node: Path
    runner: Path
    url: str
    token: str | None = None
    wrapper: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    modules: Path | None = None
    patience: float = 40.0


def label(module: Path) -> str:
    """What a game is called in the log: snake for snake/game.js, mine for ./mine.js."""
    return module.parent.name if module.stem in ("game", "index", "stepwire.game") else module.stem


def command(launch: Launch, hosted: HostedGame, key: str) -> list[str]:
    """The command line of a host, whose connections will have that key in their URL."""
    options = {"--url": _with_key(launch.url, key), "--game": str(hosted.module), "--instances": str(hosted.instances)}
    options |= {} if hosted.name is None else {"--name": hosted.name}
    options |= {} if hosted.given is None else {"--given": hosted.given}
    words = [word for option in options.items() for word in option]
    token = () if launch.token is None else ("--stdin-token",)
    node = (*launch.wrapper, str(launch.node), *hosted.node_options)
    return [*node, str(launch.runner), *words, *launch.options, *token, "--stdin-leash"]


def _with_key(url: str, key: str) -> str:
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode({"host": key}))))
    return urlunsplit(parts._replace(path=parts.path or "/", query=query))


def environment(launch: Launch, hosted: HostedGame, ours: Mapping[str, str]) -> dict[str, str]:
    """The variables that a host sees: some of ours, or all but the token."""
    if launch.modules is not None:
        ours = {**ours, NODE_MODULES: str(launch.modules)}
    if not hosted.confined:
        return {name: value for name, value in ours.items() if name != "STEPWIRE_TOKEN"}
    return confined(ours)


def confined(ours: Mapping[str, str]) -> dict[str, str]:
    """The variables that a process sees whose code is somebody else's."""
    return LANGUAGE | {name: ours[name] for name in PASSED_ON if name in ours}
