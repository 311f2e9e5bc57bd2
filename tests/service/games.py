"""A small game that knows nothing of stepwire, and descriptions of it."""

from pathlib import Path

COUNTER = """
const state = { count: 0, over: false };
globalThis.state = state;
globalThis.add = function add(n) { state.count += n; state.over = state.count >= 5; };
"""

DESCRIPTION = """
name = "counter"
kind = "node"
entry = "counter.js"

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
    (folder / "counter.js").write_text(script)
    (folder / "stepwire.game.toml").write_text(description)
    return folder
