"""Watching: frames appear in the terminal no faster than they should, and films end where they must."""

import io
from pathlib import Path
from time import monotonic

import gymnasium
import numpy as np
from PIL import Image
from rich.console import Console

from stepwire_service.cli.watching import Film, Screen, fps_of

FRAMES = [np.full((4, 4, 3), 60 * i, np.uint8) for i in range(4)]


def test_frames_are_shown_one_over_the_other_at_their_pace() -> None:
    seen = io.StringIO()
    console = Console(file=seen, force_terminal=True, width=20, height=10)
    began = monotonic()
    with Screen(console) as screen:
        for frame in FRAMES:
            screen.show(frame, fps=20)
    assert monotonic() - began >= 3 / 20
    assert seen.getvalue().count("\n") >= 2 * len(FRAMES) - 1


def test_the_terminal_has_its_cursor_back_after_an_error() -> None:
    seen = io.StringIO()
    try:
        with Screen(Console(file=seen, force_terminal=True, width=20, height=10)) as screen:
            screen.show(FRAMES[0], fps=1000)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert seen.getvalue().rindex("\x1b[?25h") > seen.getvalue().rindex("\x1b[?25l")


def test_a_film_has_the_frames_that_fit(tmp_path: Path) -> None:
    film = Film(longest=3)
    for frame in FRAMES:
        film.keep(frame)
    assert film.save(tmp_path / "film.gif", 30) == 3
    with Image.open(tmp_path / "film.gif") as saved:
        assert saved.n_frames == 3


def test_the_pace_is_the_environments_or_the_usual() -> None:
    assert fps_of(gymnasium.make("FrozenLake-v1")) == 4
    env = gymnasium.make("CartPole-v1").unwrapped
    env.metadata = {}
    assert fps_of(env) == 30
