"""Pictures of an episode: in the terminal, or in a file.

Takes frames as environments render them, uint8[height, width, 3]. Knows nothing of environments or sessions.
"""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.text import Text

Frame = NDArray[np.uint8]

SHADES = " .:-=+*#%@"
"""From dark to light, for terminals without colours."""

SHORTEST = 0.02
"""Seconds: the shortest time a GIF can show a frame in all browsers."""


class CannotSave(Exception):
    """The file's kind is unknown, or what writes it is not installed."""


def drawn(frame: Frame, console: Console) -> Text:
    """A picture as text that fills at most the terminal: two pixels a character, one above the other."""
    fitted = _fitted(frame, console.width, 2 * (console.height - 1))
    return _shades(fitted) if console.no_color else _half_blocks(fitted)


def _fitted(frame: Frame, width: int, height: int) -> Frame:
    """Shrink to at most width × height pixels, with an even number of rows. Small pictures stay as they are."""
    scale = min(1.0, width / frame.shape[1], height / frame.shape[0])
    rows, columns = max(2, int(frame.shape[0] * scale) // 2 * 2), max(1, int(frame.shape[1] * scale))
    y = np.arange(rows) * frame.shape[0] // rows
    x = np.arange(columns) * frame.shape[1] // columns
    return np.asarray(frame[y][:, x], np.uint8)


def _half_blocks(frame: Frame) -> Text:
    text = Text(no_wrap=True)
    for upper, lower in zip(frame[::2].tolist(), frame[1::2].tolist(), strict=True):
        for above, below in zip(upper, lower, strict=True):
            text.append("▀", Style(color=Color.from_rgb(*above), bgcolor=Color.from_rgb(*below)))
        text.append("\n")
    return text


def _shades(frame: Frame) -> Text:
    light = frame.reshape(len(frame) // 2, 2, -1, 3).mean(axis=(1, 3))
    levels = (light / 256 * len(SHADES)).astype(int)
    return Text("".join("".join(SHADES[level] for level in row) + "\n" for row in levels), no_wrap=True)


def check_kind(file: Path) -> None:
    """Say at once, before an episode is played for it, whether a file can be written.

    Raises:
        CannotSave: It is neither a GIF nor an MP4, or moviepy is missing for the latter.
    """
    match file.suffix.lower():
        case ".gif":
            return
        case ".mp4" if importlib.util.find_spec("moviepy") is None:
            raise CannotSave(f"{file}: MP4 needs moviepy. Install it with pip install moviepy, or save a .gif.")
        case ".mp4":
            return
    raise CannotSave(f"{file}: only .gif and .mp4 can be saved.")


def save(frames: Sequence[Frame], file: Path, fps: float) -> None:
    """Write a film.

    Args:
        frames: At least one, all of one size.
        file: Its suffix says what is written: .gif or .mp4.
        fps: Frames a second; a GIF shows at most 50.

    Raises:
        CannotSave: As `check_kind`.
        OSError: The file cannot be written.
    """
    check_kind(file)
    if file.suffix.lower() == ".gif":
        _save_gif(frames, file, fps)
    else:
        _save_mp4(frames, file, fps)


def _save_gif(frames: Sequence[Frame], file: Path, fps: float) -> None:
    first, *others = (Image.fromarray(frame) for frame in frames)
    milliseconds = round(1000 * max(SHORTEST, 1 / fps))
    first.save(file, save_all=True, append_images=others, duration=milliseconds, loop=0)


def _save_mp4(frames: Sequence[Frame], file: Path, fps: float) -> None:
    from moviepy.video.io.ImageSequenceClip import ImageSequenceClip  # type: ignore[import-untyped]

    clip: Any = ImageSequenceClip([_even(frame) for frame in frames], fps=fps)
    clip.write_videofile(str(file), codec="libx264", audio=False, logger=None)


def _even(frame: Frame) -> Frame:
    """H.264 has no odd sizes: the last row and column are doubled where needed."""
    return np.pad(frame, ((0, frame.shape[0] % 2), (0, frame.shape[1] % 2), (0, 0)), mode="edge")
