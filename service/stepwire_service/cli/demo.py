"""`stepwire demo`: the whole road in one command, from a JavaScript game to an agent that has learned it.

Starts an embedded server with snakes and runs the example trainer against it; what is learned and how is all in
`client_py/examples/train_snake.py`.
"""

import importlib.util
import runpy
from pathlib import Path
from typing import Annotated

import typer

from stepwire_service import assets
from stepwire_service.cli.exits import USAGE, CommandError

TRAINER = "client_py/examples/train_snake.py"
SNAKES = 16
NEXT = """
Next:
  play it yourself     stepwire serve, then http://127.0.0.1:8080/play/snake/
  read how it learned  {trainer}
  bring your own game  docs/bring-your-own-game.md, about twelve lines of JavaScript
  or one as it is      docs/from-a-game-to-a-curve.md, without a line of it changed"""


def demo(
    steps: Annotated[int | None, typer.Option(metavar="N", min=1, help="Env steps to learn for.")] = None,
    seed: Annotated[int, typer.Option(metavar="S", min=0, help="Of the training.")] = 1,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where results are saved.")] = Path("demo-results"),
) -> None:
    """Watch an agent learn a JavaScript game.

    Starts a server with 16 snakes inside this command, trains on them for about two
    minutes, and saves a learning curve, a film and the policy.

    For example:

        stepwire demo

        stepwire demo --seed 7 --out results
    """
    if importlib.util.find_spec("matplotlib") is None:
        raise CommandError("the demo draws with matplotlib. Install it: pip install 'stepwire[demo]'", code=USAGE)
    from stepwire_service import embedded

    train = runpy.run_path(str(assets.path(TRAINER)))["main"]
    arguments = ["--seed", str(seed), "--out", str(out), *(["--steps", str(steps)] if steps else [])]
    with embedded(games=(f"snake={SNAKES}",)) as address:
        code = train(["--address", address, *arguments])
    if code == 0:
        typer.echo(NEXT.format(trainer=assets.path(TRAINER)))
    raise typer.Exit(code)
