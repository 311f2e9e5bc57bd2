"""The WeScale dialect: `{"type": "reset"}` and `{"type": "step", "action"}` out, an observation with its reward back.

Pure. A WeScale game says no hello, so a declaration stands for it. Its answers carry no number and are taken in the
order of the requests; what comes while nothing is asked, or is of a type that answers nothing, means nothing here. An
answer that lacks a field ends the connection: what comes after it could be anything's.
"""

import base64
import binascii
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from stepwire_bridge import batches, spaces
from stepwire_bridge.dialects.answers import hello, json_object, state, text
from stepwire_bridge.dialects.urls import check_url
from stepwire_bridge.messages import BadMessage, Frame, FromBridge, Render, Reset, State, Step
from stepwire_bridge.writing import listed, plain, tagged

ANSWERS = ("observation", "reset", "step", "state")
"""The types of an answer to a reset or a step; a game may leave its type out."""

FIELDS = ("observation", "reward", "terminated", "truncated")
"""What tells an answer without a type from a message that means nothing."""

PICTURES = ("ansi", "rgb_array")
"""The render modes in which a game sends a frame."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a WeScale game would say in a hello if it said one; see `stepwire_bridge.dialects.declared`.

    Attributes:
        name: The game's name, as in `game:<name>`.
        observation_space: The form of docs/game-protocol.md.
        action_space: The same for actions.
        seeds: Whether the game gets the `seed` and `options` of a reset; without, nobody gets them.
        render_modes: Which pictures it gives: "ansi", "rgb_array".
        url: Where it listens, ws:// or wss://; "" where it dials us.
    """

    dialect: ClassVar[str] = "wescale"
    prefix: ClassVar[str] = "game"

    name: str
    observation_space: dict[str, Any]
    action_space: dict[str, Any]
    seeds: bool = False
    render_modes: Sequence[str] = ()
    url: str = ""

    def __post_init__(self) -> None:
        if self.url:
            check_url(self.url, "ws", "wss")
        if unknown := [mode for mode in self.render_modes if mode not in PICTURES]:
            raise ValueError(f"render_modes are some of {', '.join(PICTURES)}, not {unknown[0]!r}")

    def new_dialect(self) -> "WeScale":
        """How the messages of one connection are written."""
        return WeScale(self)


class WeScale:
    """The dialect of one connection. It remembers what is asked, since answers don't say what they answer."""

    heartbeats = False
    resets_after = False

    def __init__(self, declaration: Declaration) -> None:
        self.greeting = hello(declaration, "WeScale", declaration.render_modes)
        self._declaration = declaration
        self._observation_space = spaces.read(declaration.observation_space)
        self._action_space = spaces.read(declaration.action_space)
        self._asked: deque[Reset | Step | Render | None] = deque()
        """What is to be answered yet, in order; None for a drawing that is answered."""
        self._answers_drawings = self._has_drawn = self._has_gone_on = False
        """Whether it is known to; whether one went out that nobody knew of; whether there were answers since."""

    def encode(self, message: FromBridge) -> str | None:
        """What the game gets: a reset, a step, a render, or None for what it has no word for."""
        match message:
            case Reset():
                said = {"type": "reset"} | self._chance(message)
            case Step(reset_instead=[_]):
                said = {"type": "reset"}
            case Step(actions=actions):
                action = plain(batches.single(self._action_space, actions, 0), listed)
                said = {"type": "step", "action": action}
            case Render(mode=mode):
                said = {"type": "render"} | ({"mode": mode} if len(self._declaration.render_modes) > 1 else {})
            case _:
                return None
        data = text(said)
        self._asked.append(message)
        return data

    def take_back(self) -> None:
        """Forget the request that was encoded last."""
        self._asked.pop()

    def draw(self, *, answered: bool) -> str:
        """What has the game draw itself where people see it; asks for no picture.

        Args:
            answered: Whether this game sends a message back all the same, which then is passed over. False where nobody
                knows: it is found out when the first comes, unless that is too late.
        """
        if answered or self._answers_drawings:
            self._asked.append(None)
        else:
            self._has_drawn, self._has_gone_on = True, False
        return text({"type": "render"})

    def decode(self, data: str | bytes) -> State | Frame | None:
        """The state or picture that the game sent, as the answer to what was asked first.

        Raises:
            BadMessage: Not a JSON object; an answer of which a field is missing or of the wrong kind; one too many
                after a drawing, so that an answer before it may have been the drawing's.
        """
        said = json_object(data)
        kind = said.get("type")
        if kind == "action":  # that is what a person at the game does
            return None
        match self._asked[0] if self._asked else "nothing":
            case "nothing":
                self._overhear(said)
            case None:
                self._asked.popleft()
            case Render(id=id):
                return self._answered(_frame(id, said)) if kind == "frame" else None
            case Step(reset_instead=[]) if self._has_drawn and _is_answer(said) and "reward" not in said:
                self._overhear(said)
            case Reset() | Step() as request if _is_answer(said):
                return self._answered(state(request, self._observation_space, said))
        return None

    def _answered(self, answer: State | Frame) -> State | Frame:
        self._asked.popleft()
        self._has_gone_on = True
        return answer

    def _overhear(self, said: dict[str, Any]) -> None:
        """What answers nothing means nothing, but that the game answers drawings."""
        if self._has_drawn and _is_answer(said):
            if self._has_gone_on:
                raise BadMessage("the game answers a render with its state: say answers_render")
            self._answers_drawings, self._has_drawn = True, False

    def _chance(self, reset: Reset) -> dict[str, Any]:
        if not self._declaration.seeds:
            return {}
        (seed,) = reset.seeds
        options = {} if reset.options is None else {"options": plain(reset.options, tagged)}
        return ({} if seed is None else {"seed": int(seed)}) | options


def _is_answer(said: dict[str, Any]) -> bool:
    return said["type"] in ANSWERS if "type" in said else any(field in said for field in FIELDS)


def _frame(id: int, said: dict[str, Any]) -> Frame:
    match said:
        case {"text": str(drawn)}:
            return Frame(id=id, instance=0, encoding="text", data=drawn)
        case {"png": str(packed)}:
            return Frame(id=id, instance=0, encoding="png", data=_unpacked("png", packed))
        case {"jpeg": str(packed)}:
            return Frame(id=id, instance=0, encoding="jpeg", data=_unpacked("jpeg", packed))
        case {"rgb": list(pixels)}:
            return Frame(id=id, instance=0, encoding="rgb", data=pixels)
        case _:
            raise BadMessage("a frame has a field text, png, jpeg (both as base64) or rgb (rows of [red, green, blue])")


def _unpacked(field: str, packed: str) -> bytes:
    packed = packed.removeprefix(f"data:image/{field};base64,")  # as a canvas gives it
    try:
        return base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadMessage(f"{field} is not base64: {error}") from error
