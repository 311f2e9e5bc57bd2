"""Small games that know nothing of stepwire, and their descriptions."""

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

TALKER = """
let count = 0;
wx.connectSocket({ url: 'ws://127.0.0.1:7891' });
wx.onSocketMessage(({ data }) => {
  const { action, restart } = JSON.parse(data);
  count = restart ? 0 : count + action;
  const said = { obs: [count], reward: restart ? 0 : action, over: count >= 5 };
  setTimeout(() => wx.sendSocketMessage({ data: JSON.stringify(said) }), 30);
});
"""
TALKER_DESCRIPTION = """
name = "talker"
kind = "wechat"
entry = "counter.js"
[action]
space = { type = "Discrete", n = 3 }
[observation]
space = { type = "Box", low = 0, high = inf, shape = [1] }
[messages]
reset_action = 3
done_key = "over"
"""
"""A game that speaks a protocol of its own."""


def counter(folder: Path, *, description: str = DESCRIPTION, script: str = COUNTER) -> Path:
    """The game's folder, with its description in it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "counter.js").write_text(script)
    (folder / "stepwire.game.toml").write_text(description)
    return folder
