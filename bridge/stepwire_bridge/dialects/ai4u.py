"""AI4U's dialect (Godot): an agent's fields of fixed width, and the commands that it gets.

Pure. The first message of a connection is the agent's config frame, which says its spaces; every other one is the state
frame that answers the last request. When a frame is such an answer, and what the engine's other datagrams get, is known
to `stepwire_bridge.udp.ai4u_agent`. This wire has no options, pictures or heartbeats.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from gymnasium import spaces as gym_spaces

from stepwire_bridge import batches, spaces
from stepwire_bridge.dialects.ai4u_metadata import Metadata, action_space, observation, observation_space, read_metadata
from stepwire_bridge.dialects.ai4u_words import CONFIGURED, PAUSE, SEPARATORS, action, agent_id
from stepwire_bridge.dialects.fields import read_fields
from stepwire_bridge.faults import TooLarge
from stepwire_bridge.messages import (
    PROTOCOL,
    BadMessage,
    Close,
    Fault,
    FromBridge,
    FromGame,
    Hello,
    Reset,
    State,
    Step,
    Welcome,
)  # fmt: skip

if TYPE_CHECKING:
    from stepwire_bridge.dialects.ai4u_declared import Declaration


class Ai4u:
    """The dialect of one agent. It remembers the last request, since frames don't say what they answer."""

    greeting = None
    heartbeats = False
    resets_after = False

    def __init__(self, declaration: "Declaration") -> None:
        self._declaration = declaration
        self._agent: _Agent | None = None
        self._request: Reset | Step | None = None
        self._steps = 0
        """The engine's number of steps, as it was when the last frame came."""
        self._taken = 0
        """Steps of this episode."""

    def encode(self, message: FromBridge) -> str | None:
        """The commands that the engine gets; None for what it has no word for.

        Raises:
            TooLarge: They do not fit into the engine's buffer.
        """
        match message:
            case Welcome():
                return self._welcome()
            case Close():
                return PAUSE
            case Reset(seeds=seeds):
                text = self._reset(seeds[0])
            case Step(reset_instead=[_]):
                text = self._reset(None)
            case Step(actions=actions):
                text = self._known.command(actions)
            case _:
                return None
        self._check(text)
        self._request = message
        return text

    def take_back(self) -> None:
        """Forget the request that was encoded last."""
        self._request = None

    def decode(self, data: str | bytes) -> FromGame:
        """The hello in a config frame, or the state in another one, as the answer to the last request.

        Raises:
            BadMessage: It is no frame, or its reward or end is missing or of the wrong kind.
        """
        said = read_fields(data.encode() if isinstance(data, str) else data)
        if self._agent is None:
            self._agent = _read_agent(self._declaration, said)
            return self._agent.hello
        return self._answer(said)

    @property
    def _known(self) -> "_Agent":
        if self._agent is None:
            raise RuntimeError("nothing is said to an agent before its hello")
        return self._agent

    def _welcome(self) -> str:
        return f"{CONFIGURED};1;{self._known.max_steps}@id;1;{self._known.id}"

    def _reset(self, seed: Any) -> str:
        reset = f"{self._declaration.reset_command};1;0"
        if seed is None or not self._declaration.seed_field:
            return reset
        return f"{reset}@{self._declaration.seed_field};1;{seed}"

    def _check(self, text: str) -> None:
        size, limit = len(text.encode()), self._declaration.max_reply_bytes
        if size > limit:
            raise TooLarge(f"the command to an agent of {self._declaration.name!r}", size, limit, "max_reply_bytes")

    # ── what a frame says ────────────────────────────────────────────────────────────────────────────────────────────

    def _answer(self, said: dict[str, Any]) -> FromGame:
        request, before = self._request, self._steps
        reward, done = _reward(said), _flag(said, "done", None)
        steps = said.get("steps")
        self._taken = self._taken + 1 if isinstance(request, Step) and not request.reset_instead else 0
        self._steps = steps if isinstance(steps, int) else self._taken
        id = 0 if request is None else request.id
        try:
            observations, info = self._known.observed(said)
        except BadMessage as error:
            return Fault(code="INVALID_OBSERVATION", message=str(error), id=id, instances=[0])
        if isinstance(request, Step):
            if request.reset_instead:
                return State(id, [0], observations, [0.0], [False], [False], [info])
            truncated = self._truncated(said, done=done, before=before)
            return State(id, [0], observations, [reward], [done and not truncated], [truncated], [info])
        return State(id, [0], observations, infos=[info])

    def _truncated(self, said: dict[str, Any], *, done: bool, before: int) -> bool:
        """Whether something other than the game's own rules ends the episode.

        An engine that has a limit of steps ends the episode at the action that would exceed it, without acting.
        """
        ours, theirs = self._declaration.max_steps, self._known.max_steps
        return (
            _flag(said, "truncated", False)
            or (_flag(said, "__ctrl_stopped__", False) and not done)
            or (done and 0 < theirs <= before)
            or (not done and 0 < ours <= self._taken)
        )


@dataclass(frozen=True, slots=True)
class _Agent:
    """What an agent has said of itself."""

    id: str
    max_steps: int
    metadata: Metadata
    extra: tuple[str, ...]
    """The names of what goes with every action."""
    hello: Hello
    space: gym_spaces.Space[Any]
    """What is observed."""

    def observed(self, said: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """The observation, a batch of one, and all that is not of it."""
        inputs = self.metadata.inputs
        value = _reshaped(self.space, observation(inputs, said))
        shown = {one.name for one in inputs} | {"reward", "done", "truncated", "id"}
        info = {key: entry for key, entry in said.items() if key not in shown and not key.startswith("__")}
        return _batch_of_one(self.space, value), info

    def command(self, actions: Any) -> str:
        """The command for an action, a batch of one, and what goes with it."""
        (*others, last) = self.metadata.outputs
        if self.extra:
            parts = [(last.name, actions[last.name][0]), *((name, actions[name][0]) for name in self.extra)]
        elif others:
            which, value = actions[0]
            parts = [(self.metadata.outputs[int(which)].name, value)]
        else:
            parts = [(last.name, actions[0])]
        return "@".join(action(name, value) for name, value in parts)


def _read_agent(declaration: "Declaration", said: dict[str, Any]) -> _Agent:
    metadata = _chosen(read_metadata(said.get("modelmetadata")), declaration.output)
    id, max_steps = agent_id(said), said.get("max_steps", 0)
    if not isinstance(max_steps, int):
        raise BadMessage("max_steps is a whole number")
    name = f"{declaration.name}/{id}" if declaration.by_id else declaration.name
    observed = declaration.observation_space or observation_space(metadata.inputs)
    done = declaration.action_space or action_space(metadata.outputs)
    if declaration.fields and len(metadata.outputs) > 1:
        raise BadMessage("with fields, one output is declared: which of these goes with them is not known otherwise")
    if declaration.fields:
        done = {"type": "Dict", "spaces": {metadata.outputs[0].name: done} | declaration.fields}
    hello = Hello(protocol=PROTOCOL, name=name, observation_space=observed, action_space=done, client="AI4U")
    try:
        space = spaces.read(observed, "observation_space")
    except spaces.BadSpace as error:
        raise BadMessage(f"modelmetadata: {error}") from error
    return _Agent(id, max_steps, metadata, tuple(declaration.fields), hello, space)


def _chosen(metadata: Metadata, output: str) -> Metadata:
    """The metadata with all outputs, or with the only one that is wanted."""
    names = [one.name for one in metadata.outputs]
    for name in names:
        if set(SEPARATORS) & set(name) or name.startswith("__"):
            raise BadMessage(f"modelmetadata: an output cannot be called {name!r:.80}")
    if not output:
        return metadata
    if output not in names:
        raise BadMessage(f"modelmetadata has no output {output!r}; there are {', '.join(names)}")
    return Metadata(metadata.inputs, [metadata.outputs[names.index(output)]])


def _reshaped(space: gym_spaces.Space[Any], value: Any) -> Any:
    """The value in the shape that a declared space has, where the numbers are as many."""
    match space, value:
        case gym_spaces.Dict(), dict():
            return {name: _reshaped(part, value[name]) for name, part in space.spaces.items() if name in value}
        case gym_spaces.Box(shape=shape), np.ndarray(shape=given) if given != shape and math.prod(shape) == value.size:
            return value.reshape(shape)
        case _:
            return value


def _batch_of_one(space: gym_spaces.Space[Any], value: Any) -> Any:
    """A batch, also of what is in no such space: whoever judges it says why."""
    try:
        return batches.of_one(space, value)
    except (KeyError, TypeError, ValueError):
        return [value]


def _reward(said: dict[str, Any]) -> float:
    reward = said.get("reward")
    if isinstance(reward, bool) or not isinstance(reward, (int, float)):
        raise BadMessage(f"reward is a number, not {reward!r:.80}")
    return float(reward)


def _flag(said: dict[str, Any], name: str, default: bool | None) -> bool:
    flag = said.get(name, default)
    if not isinstance(flag, bool):
        raise BadMessage(f"{name} is a boolean, not {flag!r:.80}")
    return flag
