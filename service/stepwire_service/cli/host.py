"""`stepwire host`: games run without a window, from their folders, ready for a trainer.

A server whose games these are, or with `--url` only their hosts, which dial a server elsewhere. With `--check`,
`--init`, `--verify` or `--setup` one of the host's tools, whose words and exit code are passed on.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stepwire_service.cli import console
from stepwire_service.cli.exits import USAGE, CommandError
from stepwire_service.cli.flags import with_settings
from stepwire_service.settings import Settings, load

if TYPE_CHECKING:
    from stepwire_service.service import Service

INSTANCES = 16
TOOL = "Tools"


@with_settings
def host(
    games_to_host: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[GAME]...",
            help="A game's folder, its description, a module that exports an environment, or a bundled example. "
            "GAME=N gives it N instances.",
            show_default=False,
        ),
    ] = None,
    instances: Annotated[int, typer.Option(metavar="N", min=1, help="Copies of each game.")] = INSTANCES,
    processes: Annotated[
        int | None,
        typer.Option(metavar="P", min=1, help="Processes for each game. Without it as many as there are cores."),
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Start no server: connect the games to the one at ws://HOST:PORT.")
    ] = None,
    resolve_every: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="With --url: connect to every address of its name, looked up so often."),
    ] = None,
    check: Annotated[
        Path | None, typer.Option(metavar="GAME", help="Say what is wrong with a description.", rich_help_panel=TOOL)
    ] = None,
    init: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Look at a game and draft its description.", rich_help_panel=TOOL),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="With --init: into the folder.", rich_help_panel=TOOL)] = False,
    verify: Annotated[
        Path | None,
        typer.Option(metavar="GAME", help="Compare the game here and in Chromium.", rich_help_panel=TOOL),
    ] = None,
    steps: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="With --verify: how many.", rich_help_panel=TOOL)
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", min=0, help="With --verify.", rich_help_panel=TOOL)] = None,
    setup: Annotated[
        bool, typer.Option("--setup", help="Install what is optional: a real canvas.", rich_help_panel=TOOL)
    ] = False,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="TOML file with settings; without it ./stepwire.toml if any.")
    ] = None,
    **flags: Any,
) -> None:
    """Run games without a window, as environments.

    A game needs no change, only a description of how it is played: --init drafts it,
    --check says what is wrong with it. The games are those of a server with all its
    settings; --url connects them to one that runs already.

    For example:

        stepwire host --init path/to/game --write

        stepwire host path/to/game --instances 64

        stepwire host path/to/game=32 snake=8 --address 127.0.0.1:0

        stepwire host path/to/game --url ws://other-machine:7891 --token-file token.txt
    """
    tools: dict[str, list[Any]] = {
        "check": [check],
        "init": [init, *(["--write"] if write else [])],
        "verify": [verify, *_given("--steps", steps), *_given("--seed", seed)],
        "setup": [setup or None],
    }
    asked = {tool: [str(word) for word in words] for tool, words in tools.items() if words[0] is not None}
    if len(asked) + bool(games_to_host) != 1:
        raise CommandError("host needs a GAME, or one of --check, --init, --verify and --setup.", code=USAGE)
    for tool, words in asked.items():
        from stepwire_service.cli.tools import run_tool

        raise typer.Exit(run_tool(tool, words if tool != "setup" else []))
    entries = [_entry(game, instances) for game in games_to_host or []]
    flags |= {"games": [*entries, *(flags["games"] or [])]}
    flags |= {} if processes is None else {"host_processes": str(processes)}
    settings = load(flags, os.environ, config).settings
    if url is not None:
        from stepwire_service.cli.hosts import run_hosts

        run_hosts(settings, url, resolve_every)
    else:
        from stepwire_service.cli.serve import run

        run(settings, ready=_ready)


def _given(name: str, value: int | None) -> list[str]:
    return [] if value is None else [name, str(value)]


def _entry(game: str, instances: int) -> str:
    """A GAME of the command line as the setting `games` has it. A path may hold an equals sign, and then exists."""
    what, _, count = game.rpartition("=")
    return game if what and count.isdecimal() and not Path(game).exists() else f"{game}={instances}"


async def _ready(server: "Service", settings: Settings) -> None:
    """Say which environments there are, once they are."""
    await server.games_ready()
    ids = await server.game_ids()
    total = sum(int(entry.rpartition("=")[2]) for entry in settings.games)
    environments = f"{', '.join(ids)}: {total} instances in all"
    python = f'stepwire.RemoteVectorEnv("{ids[0]}", num_envs={_of_one(settings)}, address="{server.address}")'
    shell = f"stepwire play {ids[0]} --address {server.address}"
    lines = [f"  envs      {environments}", f"Try, in another terminal: {shell}", f"or in Python: {python}"]
    console.out().print("\n".join(lines))
    sys.stdout.flush()


def _of_one(settings: Settings) -> int:
    """How many instances of the first game one session can have: of several workers each has its part."""
    return max(1, int(settings.games[0].rpartition("=")[2]) // settings.workers)
