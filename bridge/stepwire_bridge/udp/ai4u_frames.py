"""AI4U's state frames: what they say of the engine itself, and which of them may be copies of earlier ones.

Knows the fields that steer an engine and none that an agent senses. Has no clock: it is told the time.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_ANSWERS = 256
"""Frames that are remembered to be told from their copies."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a state frame says of the engine.

    Attributes:
        steps: The actions of this episode that are carried out, 0 in an agent that is stopped; None where none is said.
        done: Whether the episode is over.
        stopped: Whether the agent does nothing until it is reset: so it is after an end within an action.
        paused: Whether it does nothing until it is told to go on.
        is_acting: Whether an action is under way.
    """

    steps: int | None
    done: bool
    stopped: bool
    paused: bool
    is_acting: bool

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Frame":
        """A frame's fields; one that is missing or of another kind is taken for what does no harm."""
        steps = said.get("steps")
        return cls(
            steps=steps if type(steps) is int else None,
            done=said.get("done") is True,
            stopped=said.get("__ctrl_stopped__") is True,
            paused=said.get("__ctrl_paused__") is True,
            is_acting=said.get("__ctrl_applyingAction__") is True,
        )


class Answers:
    """The frames that were taken for answers, by their hashes, and when each was heard last.

    Args:
        seconds: How long after a frame a copy of it may come.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._heard: OrderedDict[int, float] = OrderedDict()

    def note(self, data: bytes, now: float) -> None:
        """Remember a frame."""
        self._heard[hash(data)] = now
        self._heard.move_to_end(hash(data))
        if len(self._heard) > MAX_ANSWERS:
            self._heard.popitem(last=False)

    def may_be_copy(self, data: bytes, now: float) -> bool:
        """Whether a frame may be a copy of one of them; it is as well one that says the same anew."""
        last = self._heard.get(hash(data))
        if last is None:
            return False
        self._heard[hash(data)] = now
        return now < last + self._seconds
