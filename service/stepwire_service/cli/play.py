"""`stepwire play`: an agent plays some episodes, to see that an environment works and how fast it is.

Joins `episodes`, which plays, with `watching`, which shows and keeps frames; does neither itself.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stepwire_service.cli import console
from stepwire_service.cli.exits import USAGE, CommandError
from stepwire_service.cli.options import Address, EnvId, Token, TokenFile, token_of

if TYPE_CHECKING:
    from gymnasium import Env

    from stepwire_service.cli.episodes import Episode
    from stepwire_service.cli.watching import Film


class Agent(StrEnum):
    """Who plays."""

    RANDOM = "random"


def play(
    env: EnvId,
    episodes: Annotated[int, typer.Option(metavar="N", min=1, help="How many.")] = 5,
    agent: Annotated[Agent, typer.Option(help="Who plays.")] = Agent.RANDOM,
    seed: Annotated[int, typer.Option(metavar="S", min=0, help="Of the first episode and of the agent.")] = 0,
    render: Annotated[bool, typer.Option("--render", help="Show the frames in the terminal.")] = False,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save a film: .gif, or .mp4 where moviepy is installed.")
    ] = None,
    wait: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="For the server to answer, and for a game to be free.")
    ] = 10.0,
    address: Address = None,
    token: Token = None,
    token_file: TokenFile = None,
) -> None:
    """Let an agent play some episodes.

    Says what it scored and how fast the steps were. The episodes are reset with
    the seeds S, S + 1 and so on: the same command plays the same again.

    For example:

        stepwire play game:snake --episodes 10

        stepwire play gym:CartPole-v1 --render

        stepwire play game:lander --seed 7 --save lander.gif
    """
    from stepwire import RemoteEnv
    from stepwire_service.cli.episodes import played
    from stepwire_service.cli.watching import Film, fps_of

    _check(render=render, save=save)
    film = Film() if save else None
    mode = "rgb_array" if render or save else None
    secret = token_of(token, token_file)
    with RemoteEnv(
        env, address, render_mode=mode, token=secret, connect_timeout=max(wait, 1), make_timeout=wait
    ) as game:
        _open(game, env)
        with ExitStack() as stack:
            found = played(game, range(seed, seed + episodes), _watch(game, stack, film, render=render))
            _tell(_counted(found, episodes) if console.err().is_terminal and not render else found)
        if film and save:
            console.out().print(f"{film.save(save, fps_of(game))} frames saved in {save}")


def _check(*, render: bool, save: Path | None) -> None:
    """Refuse before anything is opened what cannot be shown or saved."""
    from stepwire_service.cli.frames import CannotSave, check_kind

    if render and not console.out().is_terminal:
        raise CommandError("--render needs a terminal. --save FILE.gif makes a film instead.", code=USAGE)
    try:
        if save:
            check_kind(save)
    except CannotSave as error:
        raise CommandError(f"--save {error}", code=USAGE) from error
    if save and not save.parent.is_dir():
        raise CommandError(f"--save {save}: there is no folder {save.parent}.", code=USAGE)


def _open(game: "Env[Any, Any]", env_id: str) -> None:
    """Connect now, and say so where somebody looks: it may take a while."""
    err = console.err()
    with err.status(f"opening {env_id}") if err.is_terminal else nullcontext():
        _ = game.action_space


def _watch(env: "Env[Any, Any]", stack: ExitStack, film: "Film | None", *, render: bool) -> Callable[[], None]:
    """What to do after every reset and step."""
    from stepwire_service.cli.watching import Screen, fps_of

    screen = stack.enter_context(Screen(console.out())) if render else None

    def watch() -> None:
        frame: Any = env.render()
        if film:
            film.keep(frame)
        if screen:
            screen.show(frame, fps_of(env))

    return watch if film or screen else lambda: None


def _counted(episodes: Iterable["Episode"], total: int) -> Iterator["Episode"]:
    """Pass episodes on, with a progress bar for whoever looks at the terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    speed = TextColumn("{task.fields[speed]}")
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("episodes"), TimeElapsedColumn(), speed)
    steps, seconds = 0, 0.0
    with Progress(*columns, console=console.err(), transient=True) as bar:
        task = bar.add_task("", total=total, speed="")
        for episode in episodes:
            steps, seconds = steps + episode.steps, seconds + episode.seconds
            bar.update(task, advance=1, speed=f"{steps / seconds:,.0f} steps/s")
            yield episode


def _tell(episodes: Iterable["Episode"]) -> None:
    """Print the table, also of what Ctrl-C or a fault cut short."""
    told: list[Episode] = []
    try:
        for episode in episodes:
            told.append(episode)
    finally:
        if told:
            _print(told)


def _print(episodes: list["Episode"]) -> None:
    out = console.out()
    rows = [(i + 1, e.seed, e.steps, e.score, e.end) for i, e in enumerate(episodes)]
    out.print(console.table(out, ["episode", "seed", "steps", "score", "end"], rows))
    steps, seconds = sum(e.steps for e in episodes), sum(e.seconds for e in episodes)
    mean = sum(e.score for e in episodes) / len(episodes)
    out.print(f"mean score {mean:.3f}, {steps} steps in {seconds:.2f} s: {steps / seconds:,.0f} steps/s")
