"""What dialects of games with JSON of their own have in common: the hello that stands for theirs, and their answers.

Pure. Such a game says one observation at a time, and this makes the batch of one of it that the bridge takes. Whether
an observation is in its space is for `outcome` to judge.
"""

import reprlib
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec
from gymnasium import spaces as gym_spaces
from gymnasium.spaces import Space

from stepwire_bridge.messages import PROTOCOL, BadMessage, Hello, Reset, State, Step


class Declared(Protocol):
    """What a declaration says of a game in its hello's place."""

    @property
    def name(self) -> str:
        """The game's name."""
        ...

    @property
    def observation_space(self) -> dict[str, Any]:
        """The form of docs/game-protocol.md."""
        ...

    @property
    def action_space(self) -> dict[str, Any]:
        """The same for actions."""
        ...


def hello(declaration: Declared, client: str, render_modes: Sequence[str] = ()) -> Hello:
    """The hello of one instance of a declared game.

    Args:
        declaration: The game's.
        client: What it is that speaks.
        render_modes: Which pictures it gives.
    """
    return Hello(
        protocol=PROTOCOL, name=declaration.name, client=client, metadata={"render_modes": list(render_modes)},
        observation_space=declaration.observation_space, action_space=declaration.action_space,
    )  # fmt: skip


def state(request: Reset | Step, space: Space[Any], said: dict[str, Any]) -> State:
    """The answer to a reset or step of one instance.

    Args:
        request: What it answers. For a reset nothing is read but the observation and the info.
        space: The observations'. Whether the observation is in it, is for `outcome` to judge.
        said: `observation`, `reward`, `terminated`, `truncated`, and `info` where there is one.

    Raises:
        BadMessage: A field is missing or of the wrong kind; the text names it.
    """
    observations, info = batched(space, _field(said, "observation", request)), said.get("info", {})
    if not isinstance(info, dict):
        raise BadMessage(f"info is an object, not {shown(info)}")
    match request:
        case Reset(id=id):
            return State(id=id, instances=[0], observations=observations, infos=[info])
        case Step(id=id, reset_instead=[_]):
            reward, terminated, truncated = 0.0, False, False
        case Step(id=id):
            reward = number(_field(said, "reward", request), "reward")
            terminated, truncated = _flag(said, "terminated", request), _flag(said, "truncated", request)
    return State(
        id=id, instances=[0], observations=observations, infos=[info],
        rewards=[reward], terminated=[terminated], truncated=[truncated],
    )  # fmt: skip


def batched(space: Space[Any], value: Any) -> Any:
    """The batch of a single value as JSON has it; what does not fit the space is left for `outcome` to judge."""
    match space, value:
        case gym_spaces.Dict(), dict():
            parts = space.spaces
            return {key: batched(parts[key], entry) if key in parts else [entry] for key, entry in value.items()}
        case gym_spaces.Tuple(), list() if len(value) == len(space.spaces):
            return [batched(part, entry) for part, entry in zip(space.spaces, value, strict=True)]
        case _:
            return [value]


def number(value: Any, name: str) -> float:
    """The value as a float.

    Raises:
        BadMessage: It is no number, or beyond all floats.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadMessage(f"{name} is a number, not {shown(value)}")
    try:
        return float(value)
    except OverflowError as error:
        raise BadMessage(f"{name} is a number that no float can hold") from error


def json_object(data: str | bytes) -> dict[str, Any]:
    """The JSON object in what a game sent.

    Raises:
        BadMessage: There is none.
    """
    try:
        return _decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadMessage(f"not a JSON object: {error}") from error


def text(message: dict[str, Any]) -> str:
    """The message as JSON."""
    return msgspec.json.encode(message).decode()


def shown(value: Any) -> str:
    """A value for a complaint about it, short."""
    return reprlib.repr(value)[:80]


def _field(said: dict[str, Any], name: str, request: Reset | Step) -> Any:
    if name not in said:
        is_reset = isinstance(request, Reset) or bool(request.reset_instead)
        raise BadMessage(f"the answer to a {'reset' if is_reset else 'step'} has no field {name!r}")
    return said[name]


def _flag(said: dict[str, Any], name: str, request: Reset | Step) -> bool:
    value = _field(said, name, request)
    if not isinstance(value, bool):
        raise BadMessage(f"{name} is true or false, not {shown(value)}")
    return value


_decode = msgspec.json.Decoder(dict[str, Any]).decode
