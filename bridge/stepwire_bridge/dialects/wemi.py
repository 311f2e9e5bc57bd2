"""The WemiEnv dialect: `{"action", "restart"}` out, `{"obs", "reward", "done"}` back, strictly in turn.

Pure. A WemiEnv game says no hello, so a declaration stands for it, and its answers carry no id, so each is taken for
the answer to the last request; one that comes when nothing is asked is refused, but one that crosses a request on its
way cannot be told from the answer. Such a game knows no seeds, options, infos, truncation, pictures or heartbeats.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec
import numpy as np

from stepwire_bridge import spaces
from stepwire_bridge.messages import PROTOCOL, BadMessage, Fault, FromBridge, FromGame, Hello, Reset, State, Step


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a WemiEnv game would say in a hello if it said one; see `stepwire_bridge.dialects.declared`.

    Attributes:
        name: The game's name, as in `game:<name>`.
        observation_space: The form of docs/game-protocol.md; `obs` is flattened and given the space's shape.
        action_space: The same for actions. An action of one element goes as a bare number.
        reset_action: What goes as `action` with a restart: null, or something that no step means.
        done_key: Under which key the game says that the episode is over.
        scale, offset: The game gets `action * scale + offset`.
        round: Whether it then gets the whole part only.
        url: Where it listens; "" where it dials us.
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
    url: str = ""

    def new_dialect(self) -> "Wemi":
        """How the messages of one connection are written."""
        return Wemi(self)


class Wemi:
    """The dialect of one connection. It remembers the last request, since answers don't say which they answer."""

    heartbeats = False
    resets_after = False

    def __init__(self, declaration: Declaration) -> None:
        self.greeting = Hello(
            protocol=PROTOCOL, name=declaration.name, client="WemiEnv",
            observation_space=declaration.observation_space, action_space=declaration.action_space,
        )  # fmt: skip
        self._declaration = declaration
        self._observation_space = spaces.read(declaration.observation_space)
        self._request: Reset | Step | None = None

    def encode(self, message: FromBridge) -> str | None:
        """What the game gets: a restart, a step, or None for what it has no word for."""
        match message:
            case Reset():
                return self._restart(message)
            case Step(reset_instead=[_]):
                return self._restart(message)
            case Step(actions=actions):
                self._request = message
                return _text({"action": self._action(actions), "restart": False})
            case _:
                return None

    def decode(self, data: str | bytes) -> FromGame:
        """The state that the game sent, as the answer to the last request.

        A message without `obs` answers nothing; it is given as a fault that nobody asked for.

        Raises:
            BadMessage: Not a JSON object, or its reward or end is of the wrong kind.
        """
        try:
            said = msgspec.json.decode(data, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadMessage(f"not a JSON object: {error}") from error
        if said.get("obs") is None:
            return Fault(code="UNEXPECTED", message="a message without obs")
        return self._state(said)

    def _restart(self, message: Reset | Step) -> str:
        self._request = message
        return _text({"action": self._declaration.reset_action, "restart": True})

    def _action(self, actions: Any) -> Any:
        value = np.asarray(actions)[0]
        if (self._declaration.scale, self._declaration.offset) != (1, 0):
            value = value * self._declaration.scale + self._declaration.offset
        if self._declaration.round:
            value = np.asarray(value).astype(np.int64)
        return value.item() if value.size == 1 else value.tolist()

    def _state(self, said: dict[str, Any]) -> State:
        done, reward = said.get(self._declaration.done_key, False), said.get("reward", 0)
        if not isinstance(done, bool) or isinstance(reward, bool) or not isinstance(reward, (int, float)):
            raise BadMessage(f"reward is a number and {self._declaration.done_key} a boolean")
        observations = [self._shaped(said["obs"])]
        match self._request:
            case None:
                return State(id=0, instances=[0], observations=observations)
            case Reset(id=id):
                return State(id=id, instances=[0], observations=observations)
            case Step(id=id, reset_instead=[_]):
                return _stepped(id, observations, 0.0, terminated=False)
            case Step(id=id):
                return _stepped(id, observations, reward, terminated=done)

    def _shaped(self, obs: Any) -> Any:
        """The numbers of any nesting in the space's shape; what has other numbers is left for `outcome` to judge."""
        space = self._observation_space
        if space.shape is None or not isinstance(obs, (list, int, float)):
            return obs
        try:
            flat = np.asarray(obs).ravel()
        except ValueError:
            return obs
        return flat.reshape(space.shape).tolist() if flat.size == np.prod(space.shape) else obs


def _stepped(id: int, observations: list[Any], reward: float, *, terminated: bool) -> State:
    return State(
        id=id, instances=[0], observations=observations,
        rewards=[reward], terminated=[terminated], truncated=[False],
    )  # fmt: skip


def _text(message: dict[str, Any]) -> str:
    return msgspec.json.encode(message).decode()
