"""`stepwire host` as a real process, with bundled games: what it prints, serves and refuses."""

import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

import stepwire as client
from tests.service.cli.conftest import COMMAND

ANYWHERE = ("--address", "127.0.0.1:0", "--games-address", "127.0.0.1:0", "--web-address", "")


@contextmanager
def hosting(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """A process and the six lines it prints when its games are there."""
    command = [*COMMAND, "host", *ANYWHERE, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process, [process.stdout.readline() for _ in range(6)]
        finally:
            process.kill()


def address_of(lines: list[str]) -> str:
    return next(line.split()[1] for line in lines if "trainers" in line)


def test_it_says_which_environments_there_are_and_what_to_try() -> None:
    with hosting("snake", "lander=2", "--instances", "3", "--processes", "2") as (process, lines):
        address = address_of(lines)
        assert lines[3] == "  envs      game:lander, game:snake: 5 instances in all\n"
        assert lines[4] == f"Try, in another terminal: stepwire play game:lander --address {address}\n"
        with closing(client.RemoteVectorEnv("game:snake", num_envs=3, address=address)) as envs:
            assert envs.reset(seed=1)[0].shape == (3, 3, 10, 10)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert process.returncode == 130


def test_the_line_of_python_that_it_prints_runs() -> None:
    with hosting("snake=3") as (_, lines):
        made = re.search(r"stepwire\.(RemoteVectorEnv\(.*\))", lines[5])
        assert made
        with closing(eval(f"client.{made[1]}")) as envs:
            assert envs.num_envs == 3


def test_a_game_that_does_not_start_ends_it_with_one_line_that_says_why(tmp_path: Path) -> None:
    module = tmp_path / "broken.js"
    module.write_text("this is no JavaScript")
    ran = subprocess.run([*COMMAND, "host", *ANYWHERE, str(module)], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 2
    last = ran.stderr.splitlines()[-1]
    assert last.startswith("stepwire: games ") and "broken.js" in last and "SyntaxError" in last


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "host needs a GAME, or one of --check"),
        (("snake", "--check", "x"), "host needs a GAME, or one of --check"),
        (("snail",), "there is no bundled game 'snail'"),
        (("./no/game",), "there is no file or folder"),
        (("snake", "--url", "localhost:7891"), "--url is 'localhost:7891', expected ws://HOST:PORT"),
        (("snake", "--step-deadline", "soon"), "--step-deadline is 'soon'"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    stepwire: Callable[..., Any], arguments: tuple[str, ...], message: str
) -> None:
    ran = stepwire("host", *arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert message in ran.err


@pytest.mark.parametrize(("game", "entry"), [("snake", "snake=4"), ("snake=9", "snake=9"), ("a=b", "a=b=4")])
def test_a_game_may_bring_its_own_number_of_instances(game: str, entry: str) -> None:
    from stepwire_service.cli.host import _entry

    assert _entry(game, 4) == entry


def test_a_path_that_looks_as_if_it_had_a_number_is_a_path(tmp_path: Path) -> None:
    from stepwire_service.cli.host import _entry

    path = tmp_path / "level=2"
    path.mkdir()
    assert _entry(str(path), 4) == f"{path}=4"
    assert _entry(f"{path}=3", 4) == f"{path}=3"
