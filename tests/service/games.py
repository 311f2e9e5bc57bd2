"""A small game that knows nothing of stepwire, and descriptions of it."""

from pathlib import Path

COUNTER = """
var state = { count: 0, over: false };
function add(n) { state.count += n; state.over = state.count >= 5; }
function frame() { requestAnimationFrame(frame); }
frame();
"""

DESCRIPTION = """
name = "counter"
kind = "browser"
entry = "index.html"

[time]
frame_skip = 1

[action]
space = { type = "Discrete", n = 3 }
run = "add(action)"

[observation]
space = { type = "Box", low = 0, high = inf, shape = [1] }
read = "[state.count]"

[reward]
read = "state.count"
difference = true

[episode]
terminated = "state.over"
"""


def counter(folder: Path, *, description: str = DESCRIPTION, script: str = COUNTER) -> Path:
    """The game's folder, with its description in it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text('<!doctype html><canvas></canvas><script src="counter.js"></script>')
    (folder / "counter.js").write_text(script)
    (folder / "stepwire.game.toml").write_text(description)
    return folder
