"""`stepwire play` against a real server, on a terminal and off it."""

import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.service.cli.conftest import Terminal

ESCAPE = "\x1b"


def _played(out: str) -> list[list[str]]:
    return [line.split() for line in out.splitlines() if "terminated" in line or "truncated" in line]


def test_it_tells_every_episode_and_the_speed(stepwire: Callable[..., Any], address: str) -> None:
    ran = stepwire("play", "gym:CartPole-v1", "--episodes", "3", "--seed", "7", "--address", address)
    assert ran.code == 0
    assert [row[:2] for row in _played(ran.out)] == [["1", "7"], ["2", "8"], ["3", "9"]]
    assert re.search(r"mean score \d+\.\d{3}, \d+ steps in \d+\.\d\d s: [\d,]+ steps/s\n", ran.out)


def test_off_a_terminal_there_is_neither_colour_nor_progress(stepwire: Callable[..., Any], address: str) -> None:
    ran = stepwire("play", "gym:CartPole-v1", "--address", address)
    assert ran.err == ""
    assert not re.search(r"[^\n -~]", ran.out)


def test_the_same_seed_plays_the_same_episodes(stepwire: Callable[..., Any], address: str) -> None:
    command = ("play", "gym:CartPole-v1", "--seed", "3", "--address", address)
    assert _played(stepwire(*command).out) == _played(stepwire(*command).out)


def test_a_film_is_saved(stepwire: Callable[..., Any], address: str, tmp_path: Path) -> None:
    file = tmp_path / "film.gif"
    ran = stepwire("play", "gym:FrozenLake-v1", "--episodes", "1", "--save", str(file), "--address", address)
    assert ran.code == 0, ran.err
    steps = int(_played(ran.out)[0][2])
    assert ran.out.endswith(f"{steps + 1} frames saved in {file}\n")
    with Image.open(file) as film:
        assert film.size[0] > 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--render",), "--render needs a terminal"),
        (("--save", "film.avi"), "only .gif and .mp4"),
        (("--save", "no-such-folder/film.gif"), "there is no folder no-such-folder"),
        (("--episodes", "0"), "--episodes"),
        (("--agent", "clever"), "--agent"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_opened(
    stepwire: Callable[..., Any], arguments: tuple[str, ...], words: str
) -> None:
    ran = stepwire("play", "gym:CartPole-v1", *arguments, "--address", "127.0.0.1:1")
    assert ran.code == 2
    assert words in ran.err


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ("gym:Nothing-v0", "there is no environment 'gym:Nothing-v0'"),
        ("game:nothing", "no game 'nothing' is connected, nor any other"),
    ],
)
def test_an_environment_that_is_not_there_is_one_line(
    stepwire: Callable[..., Any], address: str, env: str, words: str
) -> None:
    ran = stepwire("play", env, "--wait", "0.2", "--address", address)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert words in ran.err


def test_on_a_terminal_there_is_progress_and_a_framed_table(on_terminal: Callable[..., Any], address: str) -> None:
    ran = on_terminal("play", "gym:CartPole-v1", "--address", address)
    assert ran.code == 0
    plain = re.sub(rf"{ESCAPE}\[[\d;?]*[a-zA-Z]", "", ran.out)
    assert "5/5 episodes" in plain and "╭" in plain


def test_on_a_terminal_frames_are_drawn_and_the_cursor_comes_back(
    on_terminal: Callable[..., Any], address: str
) -> None:
    ran = on_terminal("play", "gym:FrozenLake-v1", "--episodes", "1", "--render", "--address", address)
    assert ran.code == 0
    assert f"m▀{ESCAPE}[0m" in ran.out
    assert ran.out.rindex(f"{ESCAPE}[?25h") > ran.out.rindex(f"{ESCAPE}[?25l")


def test_no_color_means_no_colours(on_terminal: Callable[..., Any], address: str) -> None:
    ran = on_terminal("play", "gym:FrozenLake-v1", "--render", "--episodes", "1", "--address", address, NO_COLOR="1")
    assert ran.code == 0
    assert not re.search(rf"{ESCAPE}\[[\d;]*[34][0-8][;m]", ran.out)


def test_ctrl_c_ends_with_130_and_the_episodes_so_far(address: str) -> None:
    terminal = Terminal("play", "gym:CartPole-v1", "--episodes", "1000000", "--address", address)
    terminal.read_until("steps/s")
    terminal.process.send_signal(signal.SIGINT)
    ran = terminal.end()
    assert ran.code == 130
    assert "mean score" in ran.out and "Traceback" not in ran.out
