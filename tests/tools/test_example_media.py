"""The example games have the pictures and sounds that the script makes."""

import wave
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tools import example_media

EXAMPLES = example_media.EXAMPLES


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    assert example_media.main(folder) == 0
    return folder


@pytest.mark.parametrize("name", example_media.PICTURES)
def test_a_picture_of_the_tree_looks_like_the_one_that_is_drawn(name: str, made: Path) -> None:
    ours, drawn = (Image.open(folder / name).convert("RGBA") for folder in (EXAMPLES, made))
    assert ours.size == drawn.size
    largest = max(high for _, high in ImageChops.difference(ours, drawn).getextrema())
    assert largest <= 16  # versions of Pillow round differently


@pytest.mark.parametrize("name", example_media.PICTURES)
def test_a_picture_shows_something(name: str) -> None:
    colours = Image.open(EXAMPLES / name).convert("RGBA").getcolors(1 << 16)
    assert colours and len(colours) > 10


@pytest.mark.parametrize("name", example_media.SOUNDS)
def test_a_sound_of_the_tree_is_the_one_that_is_played(name: str, made: Path) -> None:
    def heard(path: Path) -> tuple[int, bytes]:
        with wave.open(str(path), "rb") as file:
            return file.getframerate(), file.readframes(file.getnframes())

    assert heard(EXAMPLES / name) == heard(made / name)


def test_the_files_are_small_enough_for_the_repository() -> None:
    files = [EXAMPLES / name for name in (*example_media.PICTURES, *example_media.SOUNDS)]
    assert sum(file.stat().st_size for file in files) < 60_000
