"""The WeScale dialect over HTTP, as its slither game had it: `GET /reset`, `GET /step/<x>/<y>`, the game's JSON back.

Pure. Out go paths; back comes a line with the HTTP status, and the body from the next line on (`links.http`). Such a
game answers with all of its state and knows neither rewards nor spaces, so the declaration says where in it they are.
"""

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal
from urllib.parse import quote

import msgspec
import numpy as np
from gymnasium import spaces as gym_spaces
from gymnasium.spaces import Space

from stepwire_bridge import batches, spaces
from stepwire_bridge.dialects.answers import hello, json_object, number, state
from stepwire_bridge.dialects.picking import Picker, Unpicked, at, picker
from stepwire_bridge.dialects.urls import check_url
from stepwire_bridge.messages import BadMessage, Fault, Frame, FromBridge, Render, Reset, State, Step

MAX_SHOWN = 200
"""Characters of a body that is no answer, in the fault."""

_PLACE = re.compile(r"\{(\d{1,4})\}")
_PATH = re.compile(r"/[!-~]*")


class Paths(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked for. In `step`, {0}, {1} and so on stand for the numbers of the action, in order."""

    reset: str
    step: str
    state: str = ""
    """What the game looks like, for the render mode "ansi"; "" where there is no such path."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """How such a game is asked, and where in its JSON the answer is; see `stepwire_bridge.dialects.declared`.

    Attributes:
        name: The game's name, as in `game:<name>`.
        observation_space: The form of docs/game-protocol.md.
        action_space: The same for actions.
        url: Where it listens, http:// or https://, with what all paths begin with.
        paths: What is asked for.
        observation: What is picked for the observation; see `stepwire_bridge.dialects.picks`.
        values: Numbers for the words among those picked. True and false are always 1 and 0.
        null: A number for the nulls among them.
        terminated: The path to a boolean in the JSON, as "snake.dead".
        truncated: Another; "" where the game never cuts an episode short.
        reward: The path to a number; "" where there is none: each reward is 0 then.
        reward_is: Whether that number is the reward, or a score whose difference to the last one is.
        info: Paths to what goes into the info, by its keys.
    """

    dialect: ClassVar[str] = "wescale-http"
    prefix: ClassVar[str] = "game"

    name: str
    observation_space: dict[str, Any]
    action_space: dict[str, Any]
    url: str
    paths: Paths
    observation: Any
    terminated: str
    truncated: str = ""
    reward: str = ""
    reward_is: Literal["value", "difference"] = "value"
    info: Mapping[str, str] = field(default_factory=dict)
    values: dict[str, float] | None = None
    null: float | None = None

    def __post_init__(self) -> None:
        check_url(self.url, "http", "https")
        for name in ("reset", "step", "state"):
            path = getattr(self.paths, name)
            if not _PATH.fullmatch(path) and (path or name != "state"):
                raise ValueError(f"paths.{name} begins with / and has no blanks and nothing but ASCII")
        self.picker()
        action_space = spaces.read(self.action_space, "action_space")
        count = len(elements(action_space, action_space.sample()))
        if places := [int(place) for place in _PLACE.findall(self.paths.step) if int(place) >= count]:
            raise ValueError(f"paths.step has {{{places[0]}}}, and an action has {count} elements, counted from 0")
        if "{" in _PLACE.sub("", self.paths.step):
            raise ValueError("paths.step has {0}, {1} and so on for the numbers of an action, and no other {")

    def picker(self) -> Picker:
        """What is picked for the observation.

        Raises:
            ValueError: `observation` has none of the forms, or not that of its space.
        """
        space = spaces.read(self.observation_space, "observation_space")
        return picker(self.observation, space, "observation", self.values, self.null)

    def new_dialect(self) -> "WeScaleHttp":
        """How the messages of one connection are written."""
        return WeScaleHttp(self)


class WeScaleHttp:
    """The dialect of one link. It remembers what is asked, and the last score where rewards are differences."""

    heartbeats = False
    resets_after = False

    def __init__(self, declaration: Declaration) -> None:
        self.greeting = hello(declaration, "WeScale over HTTP", ["ansi"] if declaration.paths.state else [])
        self._declaration = declaration
        self._picker = declaration.picker()
        self._action_space = spaces.read(declaration.action_space)
        self._asked: deque[tuple[Reset | Step | Render, str]] = deque()
        """What is to be answered yet, in order, each with its path."""
        self._score = 0.0

    def encode(self, message: FromBridge) -> str | None:
        """The path that is asked for; None for what such a game has no word for."""
        paths = self._declaration.paths
        match message:
            case Reset() | Step(reset_instead=[_]):
                path = paths.reset
            case Step(actions=actions):
                path = self._step(batches.single(self._action_space, actions, 0))
            case Render():
                path = paths.state
            case _:
                return None
        self._asked.append((message, path))
        return path

    def take_back(self) -> None:
        """Forget the request that was encoded last."""
        self._asked.pop()

    def decode(self, data: str | bytes) -> State | Frame | Fault | None:
        """What the body says, as the answer to what was asked first; a fault where it is no answer."""
        if not self._asked:
            return None
        request, path = self._asked.popleft()
        status, _, body = (data if isinstance(data, str) else data.decode(errors="replace")).partition("\n")
        if status != "200":
            return Fault(code="GAME_ERROR", message=f"{path} gave status {status}: {body[:MAX_SHOWN]}", id=request.id)
        if isinstance(request, Render):
            return Frame(id=request.id, instance=0, encoding="text", data=body)
        try:
            return state(request, self._picker.space, self._picked(request, json_object(body)))
        except (BadMessage, Unpicked) as error:
            problem = f"the answer to {path}: {error}; it was {body[:MAX_SHOWN]}"
            return Fault(code="BAD_ANSWER", message=problem, id=request.id)

    def _step(self, action: Any) -> str:
        found = elements(self._action_space, action)
        return _PLACE.sub(lambda place: quote(str(found[int(place[1])]), safe=""), self._declaration.paths.step)

    def _picked(self, request: Reset | Step, said: dict[str, Any]) -> dict[str, Any]:
        asked = self._declaration
        return {
            "observation": self._picker.pick(said),
            "reward": self._reward(request, said),
            "terminated": at(said, asked.terminated),
            "truncated": at(said, asked.truncated) if asked.truncated else False,
            "info": {key: at(said, path) for key, path in asked.info.items()},
        }

    def _reward(self, request: Reset | Step, said: dict[str, Any]) -> float:
        if not self._declaration.reward:
            return 0.0
        value = number(at(said, self._declaration.reward), "reward")
        if self._declaration.reward_is == "value":
            return value
        difference, self._score = value - self._score, value
        return difference if isinstance(request, Step) else 0.0


def elements(space: Space[Any], action: Any) -> list[int | float | str]:
    """The numbers of an action in order, those of its parts one after the other; a text is one element.

    Raises:
        ValueError: Of a space whose actions have no fixed number of them.
    """
    match space:
        case gym_spaces.Dict():
            return [found for key, part in space.spaces.items() for found in elements(part, action[key])]
        case gym_spaces.Tuple():
            return [found for k, part in enumerate(space.spaces) for found in elements(part, action[k])]
        case gym_spaces.Text():
            return [str(action)]
        case _ if isinstance(space, batches.ARRAYS):
            found: list[int | float | str] = np.asarray(action).ravel().tolist()
            return found
        case _:
            raise ValueError(f"action_space has a {type(space).__name__}, which has no place in a path")
