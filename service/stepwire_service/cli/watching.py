"""What can be done with the frames of an environment while somebody plays: show them at their pace, or keep them.

Both are called after every reset and step. They know rendering; they do not know who plays.
"""

from pathlib import Path
from time import monotonic, sleep
from typing import Any

from gymnasium import Env
from rich.console import Console
from rich.live import Live

from stepwire_service.cli import frames

USUAL_FPS = 30.0
"""Frames a second of an environment that does not say."""


def fps_of(env: Env[Any, Any]) -> float:
    """How many frames a second the environment is meant to be seen at."""
    return float(env.metadata.get("render_fps") or USUAL_FPS)


class Screen:
    """Shows frames in a terminal, no faster than they are meant to be seen. A context manager."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, auto_refresh=False, transient=True)
        self._next = 0.0

    def __enter__(self) -> "Screen":
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def show(self, frame: frames.Frame, fps: float) -> None:
        """Draw a frame over the one before, when its time has come."""
        sleep(max(0.0, self._next - monotonic()))
        self._next = monotonic() + 1 / fps
        self._live.update(frames.drawn(frame, self._console), refresh=True)


class Film:
    """Keeps frames for a file.

    Attributes:
        longest: How many frames are kept at most, so that they fit into memory; those after them are left out.
    """

    def __init__(self, longest: int = 3_000) -> None:
        self.longest = longest
        self._frames: list[frames.Frame] = []

    def keep(self, frame: frames.Frame) -> None:
        """Add a frame at the end, if there is room."""
        if len(self._frames) < self.longest:
            self._frames.append(frame)

    def save(self, file: Path, fps: float) -> int:
        """Write the film and say how many frames it has. See `frames.save` for errors."""
        frames.save(self._frames, file, fps)
        return len(self._frames)
