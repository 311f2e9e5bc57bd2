"""The words of AI4U: what an engine is told, `name;n;a;b`, several of them joined by `@`, and who an agent is.

Pure. Knows nothing of when something is said.
"""

from typing import Any

import numpy as np

from stepwire_bridge.dialects.fields import argument
from stepwire_bridge.messages import BadMessage

SEPARATORS = ";@"
"""End a word and a command; neither can be escaped."""

WAIT, IDLE, PAUSE, RESUME = "__waitnewaction__;1;0", "__noop__;1;0", "__pause__;1;0", "__resume__;1;0"
"""What an engine is told that has nothing to do: one that sends frames, and one that waits for its first reset. And
what keeps it from acting, and lets it act again."""

RESETS = ("__reset__", "__restart__")
"""What starts an episode; engines before 0.5 know the second only."""

CONTROLS = (PAUSE, RESUME)
"""What is not answered."""

CONFIGURED = "max_steps"
"""The first word of what answers a config frame."""

MAX_REPLY_BYTES = 1000
"""The buffer into which the engine takes a reply."""

MAX_ID = 100
"""Characters of an agent's id."""


def agent_id(said: dict[str, Any]) -> str:
    """An agent's id in a frame.

    Raises:
        BadMessage: There is none, or it cannot be said in a command.
    """
    given = said.get("id")
    id = str(given) if isinstance(given, (str, int)) else ""
    if not 0 < len(id) <= MAX_ID or not id.isprintable() or set(SEPARATORS) & set(id):
        raise BadMessage(f"an agent has an id of 1 to {MAX_ID} characters without {SEPARATORS!r}, not {given!r:.120}")
    return id


def action(name: str, value: Any) -> str:
    """The command that has an actuator do something: a number, or as many as an array has."""
    words = [_word(one) for one in np.asarray(value).ravel()]
    return ";".join((argument(name, SEPARATORS), str(len(words)), *words))


def _word(one: Any) -> str:
    """A number as the engine reads it: as short as its own precision allows, and infinity by its name."""
    match str(one):
        case "inf":
            return "Infinity"
        case "-inf":
            return "-Infinity"
        case "nan":
            return "NaN"
        case text:
            return text
