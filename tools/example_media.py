"""Draws the pictures and plays the sounds of the example games into their files.

    python -m tools.example_media

Knows what is seen and heard in js_client/examples, and nothing of the games' rules. The files are committed: run it
again after a change here.
"""

import math
import random
import sys
import wave
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

EXAMPLES = Path(__file__).resolve().parent.parent / "js_client" / "examples"
FINE = 8
"""Pictures are drawn this much larger and then made small: smooth edges."""
RATE = 8000
"""Samples a second, of one byte each: enough for beeps, and small."""


def main(examples: Path = EXAMPLES) -> int:
    """Write every file; give the exit code."""
    for name, (size, draw) in PICTURES.items():
        target = examples / name
        target.parent.mkdir(parents=True, exist_ok=True)
        picture(size, draw).save(target, optimize=True)
    for name, (seconds, sound) in SOUNDS.items():
        target = examples / name
        target.parent.mkdir(parents=True, exist_ok=True)
        write_sound(target, seconds, sound)
    return 0


def picture(size: int, draw: Callable[[ImageDraw.ImageDraw, float], None]) -> Image.Image:
    """Draw a square picture with transparent ground; `draw` gets a pen and the length of the side."""
    large = Image.new("RGBA", (size * FINE, size * FINE))
    draw(ImageDraw.Draw(large), size * FINE)
    return large.resize((size, size), Image.Resampling.LANCZOS)


def write_sound(target: Path, seconds: float, sound: Callable[[float], float]) -> None:
    """Write a WAV file; `sound` gives a value from -1 to 1 for a time in seconds."""
    samples = (sound(k / RATE) for k in range(round(seconds * RATE)))
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(bytes(round(127.5 + 120 * max(-1, min(1, sample))) for sample in samples))


def polygon(*points: tuple[float, float], fill: str) -> Callable[[ImageDraw.ImageDraw, float], None]:
    """Give a painter of a polygon; the points are shares of the side."""
    return lambda pen, side: pen.polygon([(x * side, y * side) for x, y in points], fill=fill)


def disc(x: float, y: float, radius: float, fill: str) -> Callable[[ImageDraw.ImageDraw, float], None]:
    """Give a painter of a disc; all lengths are shares of the side."""

    def paint(pen: ImageDraw.ImageDraw, side: float) -> None:
        pen.ellipse([(x - radius) * side, (y - radius) * side, (x + radius) * side, (y + radius) * side], fill=fill)

    return paint


def over(
    *painters: Callable[[ImageDraw.ImageDraw, float], None],
) -> Callable[[ImageDraw.ImageDraw, float], None]:
    """Give a painter that lets others paint one over the other."""

    def paint(pen: ImageDraw.ImageDraw, side: float) -> None:
        for painter in painters:
            painter(pen, side)

    return paint


def sky(pen: ImageDraw.ImageDraw, side: float) -> None:
    """Paint a night sky that can be laid like tiles: no star touches an edge."""
    pen.rectangle([0, 0, side, side], fill="#0b1026")
    draws = random.Random(7)
    for _ in range(14):
        x, y, size = draws.uniform(0.05, 0.95), draws.uniform(0.05, 0.95), draws.uniform(0.004, 0.012)
        disc(x, y, size, draws.choice(["#8fa3d9", "#c9d4ff", "#5d6ca3"]))(pen, side)


def star(points: int, inner: float, fill: str) -> Callable[[ImageDraw.ImageDraw, float], None]:
    """Give a painter of a star with so many points."""
    corners = []
    for k in range(2 * points):
        radius, angle = (0.5 if k % 2 == 0 else inner) * 0.96, math.pi * k / points - math.pi / 2
        corners.append((0.5 + radius * math.cos(angle), 0.5 + radius * math.sin(angle)))
    return polygon(*corners, fill=fill)


def melody(time: float) -> float:
    """Play four notes up and down, each fading."""
    notes = (220.0, 277.18, 329.63, 277.18)
    begun = time % 0.5
    return 0.25 * math.sin(2 * math.pi * notes[int(time / 0.5) % 4] * time) * math.exp(-5 * begun)


def falling(time: float) -> float:
    """Play a short tone that falls."""
    return 0.5 * math.sin(2 * math.pi * (900 - 5000 * time) * time) * (1 - time / 0.08)


def rumbling(time: float) -> float:
    """Play noise that fades; the same at the same time."""
    return random.Random(time).uniform(-1, 1) * math.exp(-9 * time)


PICTURES: dict[str, tuple[int, Callable[[ImageDraw.ImageDraw, float], None]]] = {
    "plane/images/hero.png": (
        56,
        over(
            polygon((0.02, 0.72), (0.5, 0.36), (0.98, 0.72), (0.98, 0.8), (0.5, 0.66), (0.02, 0.8), fill="#5b8def"),
            polygon((0.28, 0.96), (0.5, 0.8), (0.72, 0.96), fill="#3a62b8"),
            polygon((0.41, 0.9), (0.41, 0.3), (0.5, 0.02), (0.59, 0.3), (0.59, 0.9), fill="#dfe8ff"),
            disc(0.5, 0.36, 0.06, "#23345f"),
        ),
    ),
    "plane/images/enemy.png": (
        44,
        over(
            polygon((0.04, 0.2), (0.5, 0.55), (0.96, 0.2), (0.96, 0.32), (0.5, 0.74), (0.04, 0.32), fill="#d0495b"),
            polygon((0.4, 0.06), (0.6, 0.06), (0.6, 0.7), (0.5, 0.97), (0.4, 0.7), fill="#f4c2c8"),
            disc(0.5, 0.62, 0.07, "#5b1d28"),
        ),
    ),
    "plane/images/shot.png": (20, over(disc(0.5, 0.5, 0.28, "#ffd166"), disc(0.5, 0.4, 0.15, "#fff4d0"))),
    "plane/images/explosion.png": (
        64,
        over(star(11, 0.3, "#ff9f1c"), star(9, 0.18, "#ffd166"), disc(0.5, 0.5, 0.16, "#fff4d0")),
    ),
    "plane/images/sky.png": (128, sky),
    "phaser-stars/assets/star.png": (24, star(5, 0.22, "#ffd23f")),
}
"""By file: the length of the side in pixels, and who paints it."""

SOUNDS: dict[str, tuple[float, Callable[[float], float]]] = {
    "plane/audio/music.wav": (2.0, melody),
    "plane/audio/shot.wav": (0.08, falling),
    "plane/audio/explosion.wav": (0.3, rumbling),
}
"""By file: seconds, and what is heard."""

if __name__ == "__main__":
    sys.exit(main())
