"""Frames: pictures become characters of the terminal's size, and films that other programs read."""

import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from rich.console import Console

from stepwire_service.cli import frames

RED, BLUE = (255, 0, 0), (0, 0, 255)


def _terminal(width: int, height: int, *, no_color: bool = False) -> Console:
    return Console(width=width, height=height, force_terminal=True, color_system="truecolor", no_color=no_color)


def _film(count: int, height: int = 20, width: int = 30) -> list[NDArray[np.uint8]]:
    return [np.full((height, width, 3), 50 * i, np.uint8) for i in range(count)]


def test_two_pixels_one_above_the_other_become_one_character() -> None:
    frame = np.array([[RED], [BLUE]], np.uint8)
    console = _terminal(80, 24)
    with console.capture() as shown:
        console.print(frames.drawn(frame, console), end="")
    assert shown.get() == "\x1b[38;2;255;0;0;48;2;0;0;255m▀\x1b[0m\n"


@pytest.mark.parametrize(("height", "width"), [(400, 600), (600, 100), (3, 1000), (2, 2), (1, 1), (7, 5)])
@pytest.mark.parametrize("no_color", [True, False])
def test_a_picture_of_any_size_fits_the_terminal(height: int, width: int, no_color: bool) -> None:
    text = frames.drawn(np.zeros((height, width, 3), np.uint8), _terminal(60, 20, no_color=no_color))
    lines = text.plain.splitlines()
    assert 1 <= len(lines) <= 19
    assert {len(line) for line in lines} == {min(width, len(lines[0]))} and len(lines[0]) <= 60


def test_without_colours_light_is_a_denser_character() -> None:
    frame = np.concatenate([np.zeros((2, 3, 3), np.uint8), np.full((2, 3, 3), 255, np.uint8)])
    assert frames.drawn(frame, _terminal(80, 24, no_color=True)).plain == "   \n@@@\n"


@pytest.mark.parametrize("fps", [30, 1000])
def test_a_gif_has_every_frame_and_no_shorter_time_than_browsers_show(tmp_path: Path, fps: float) -> None:
    frames.save(_film(4), tmp_path / "film.gif", fps)
    with Image.open(tmp_path / "film.gif") as film:
        assert film.n_frames == 4
        assert film.size == (30, 20)
        assert film.info["duration"] == pytest.approx(1000 * max(0.02, 1 / fps), abs=10)


def test_an_mp4_of_odd_size_is_written(tmp_path: Path) -> None:
    frames.save(_film(3, height=21, width=31), tmp_path / "film.mp4", 30)
    assert (tmp_path / "film.mp4").read_bytes()[4:8] == b"ftyp"


def test_without_moviepy_an_mp4_is_refused_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "moviepy", None)
    with pytest.raises(frames.CannotSave, match=r"pip install moviepy, or save a \.gif"):
        frames.check_kind(Path("film.mp4"))


@pytest.mark.parametrize("name", ["film.avi", "film"])
def test_a_film_of_another_kind_is_refused(name: str) -> None:
    with pytest.raises(frames.CannotSave, match=r"only \.gif and \.mp4"):
        frames.save(_film(1), Path(name), 30)
