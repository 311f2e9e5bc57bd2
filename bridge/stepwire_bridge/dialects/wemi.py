"""The WemiEnv dialect: `{"action", "restart"}` out, `{"obs", "reward", "done"}` back, strictly in turn.

Pure. A WemiEnv game says no hello, so a declaration stands for it, and its answers carry no id, so each is taken for
the answer to the oldest request that has none. One that comes when nothing is asked is passed over, but one that
crosses a request on its way cannot be told from the answer. Such a game knows no seeds, options, infos, truncation,
pictures or heartbeats.
"""

import math
from collections import deque
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from stepwire_bridge import batches, spaces
from stepwire_bridge.dialects.answers import batched, hello, json_object, text
from stepwire_bridge.dialects.picking import Number, Picker, Unpicked, is_number, picker, shown
from stepwire_bridge.dialects.urls import check_url
from stepwire_bridge.messages import Fault, FromBridge, FromGame, Reset, State, Step

OBSERVED = "obs"
"""Where WemiEnv's games say what they look like; a path that is good for every space."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a WemiEnv game would say in a hello if it said one; see `stepwire_bridge.dialects.declared`.

    Attributes:
        name: The game's name, as in `game:<name>`.
        observation_space: The form of docs/game-protocol.md; the observation's numbers are given the spaces' shapes.
        action_space: The same for actions. An action of one element goes as a bare number.
        reset_action: What goes as `action` with a restart: null, or something that no step means.
        done_key: Under which key the game says that the episode is over.
        scale, offset: The game gets `action * scale + offset`.
        round: Whether it then gets the whole part only.
        observe: What is picked of the message for the observation; see `stepwire_bridge.dialects.picks`.
        values: Numbers for the words among those picked. True and false are always 1 and 0.
        null: A number for the nulls among them: what JavaScript writes for NaN, and in a list for what is undefined.
        reward: "difference" where the game says its score so far: then a step's reward is what it has gained, and an
            episode's score begins at 0.
        url: Where it listens, ws:// or wss://; "" where it dials us.
    """

    dialect: ClassVar[str] = "wemi"
    prefix: ClassVar[str] = "game"

    name: str
    observation_space: dict[str, Any]
    action_space: dict[str, Any]
    reset_action: Any = None
    done_key: str = "done"
    scale: float = 1
    offset: float = 0
    round: bool = False
    observe: Any = OBSERVED
    values: dict[str, float] | None = None
    null: float | None = None
    reward: Literal["as sent", "difference"] = "as sent"
    url: str = ""

    def __post_init__(self) -> None:
        if self.url:
            check_url(self.url, "ws", "wss")
        if self.observe != OBSERVED:
            self.picker()
        action_space = spaces.read(self.action_space, "action_space")
        if not isinstance(action_space, batches.ARRAYS):
            raise ValueError(f"action_space is a {type(action_space).__name__}; WemiEnv's actions are numbers")
        if not (math.isfinite(self.scale) and math.isfinite(self.offset)):
            raise ValueError(f"scale and offset are finite numbers, not {self.scale} and {self.offset}")

    def picker(self) -> Picker:
        """What is picked for the observation.

        Raises:
            ValueError: `observe` has none of the forms, or not that of its space.
        """
        space = spaces.read(self.observation_space, "observation_space")
        return picker(self.observe, space, "observe", self.values, self.null)

    def new_dialect(self) -> "Wemi":
        """How the messages of one connection are written."""
        return Wemi(self)


class Wemi:
    """The dialect of one connection. It remembers what was asked, since answers don't say which request they answer."""

    heartbeats = False
    resets_after = False

    def __init__(self, declaration: Declaration) -> None:
        self.greeting = hello(declaration, "WemiEnv")
        self._declaration, self._picker = declaration, declaration.picker()
        self._asked: deque[Reset | Step] = deque()
        """The requests that have no answer yet, the oldest first."""
        self._score: Number = 0
        """What the last step's reward said, where rewards are differences."""

    def encode(self, message: FromBridge) -> str | None:
        """What the game gets: a restart, a step, or None for what it has no word for."""
        match message:
            case Reset() | Step(reset_instead=[_]):
                data = text({"action": self._declaration.reset_action, "restart": True})
            case Step(actions=actions):
                data = text({"action": self._action(actions), "restart": False})
            case _:
                return None
        self._asked.append(message)
        return data

    def take_back(self) -> None:
        """Forget the request that was encoded last."""
        self._asked.pop()

    def decode(self, data: str | bytes) -> FromGame | None:
        """The state that the game sent, as the answer to the oldest request.

        None for a message without an observation, and for one that nobody asked for. What cannot be an observation or
        a reward is given as a fault that answers the request.

        Raises:
            BadMessage: Not a JSON object.
        """
        said = json_object(data)
        if not self._asked or not self._picker.is_in(said):
            return None
        request = self._asked.popleft()
        try:
            return self._answer(request, said)
        except Unpicked as error:
            return Fault(code="INVALID_OBSERVATION", message=str(error), id=request.id)

    def _action(self, actions: Any) -> Any:
        value = np.asarray(actions)[0]
        if (self._declaration.scale, self._declaration.offset) != (1, 0):
            value = value * self._declaration.scale + self._declaration.offset
        if self._declaration.round:
            value = np.asarray(value).astype(np.int64)
        return value.item() if value.size == 1 else value.tolist()

    def _answer(self, request: Reset | Step, said: dict[str, Any]) -> State:
        observations = batched(self._picker.space, self._picker.pick(said))
        match request:
            case Reset(id=id):
                self._score = 0
                return State(id=id, instances=[0], observations=observations)
            case Step(id=id, reset_instead=[_]):
                self._score = 0
                return _stepped(id, observations, 0.0, terminated=False)
            case Step(id=id):
                return _stepped(id, observations, self._reward(said), terminated=self._is_over(said))

    def _reward(self, said: dict[str, Any]) -> Number:
        reward = said.get("reward", 0)
        if not is_number(reward):
            raise Unpicked(f"reward is {shown(reward)}, expected a number")
        if self._declaration.reward == "as sent":
            return reward
        gained, self._score = reward - self._score, reward
        return gained

    def _is_over(self, said: dict[str, Any]) -> bool:
        key = self._declaration.done_key
        done = said.get(key)
        if done not in (None, 0, 1):  # False and True are among them
            raise Unpicked(f"{key} is {shown(done)}, expected true or false")
        return bool(done)


def _stepped(id: int, observations: Any, reward: Number, *, terminated: bool) -> State:
    return State(
        id=id, instances=[0], observations=observations,
        rewards=[reward], terminated=[terminated], truncated=[False],
    )  # fmt: skip
