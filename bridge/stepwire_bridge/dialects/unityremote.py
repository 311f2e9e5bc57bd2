"""The UnityRemote dialect: commands such as `fx;1;0.1;` out, fields of fixed width back, strictly in turn.

Pure. Such a game says no hello, so a declaration stands for it, with the keys of the old `environment_definitions`. Its
answers carry no id, so each is taken for the answer to the last request; that one request is under way at a time is the
link's business. The game knows no truncation, pictures or heartbeats, and a seed only where it has a command for one.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from gymnasium import spaces as gym_spaces

from stepwire_bridge import spaces
from stepwire_bridge.dialects.fields import END, command, numbers, read_fields
from stepwire_bridge.dialects.unityremote_values import NotSaid, flag, observed, reward
from stepwire_bridge.faults import InvalidAction, TooLarge
from stepwire_bridge.messages import PROTOCOL, Fault, FromBridge, FromGame, Hello, Reset, State, Step

if TYPE_CHECKING:
    from stepwire_bridge.dialects.unityremote_declared import Declaration


class UnityRemote:
    """The dialect of one connection. It remembers the last request, since answers don't say which they answer."""

    heartbeats = False
    resets_after = False

    def __init__(self, declaration: "Declaration") -> None:
        self._declaration = declaration
        self._observes, self._acts = declaration.observes(), declaration.acts()
        self._consumed = declaration.consumed()
        self.greeting = Hello(
            protocol=PROTOCOL, name=declaration.name, client="UnityRemote",
            observation_space=spaces.write(self._observes), action_space=spaces.write(self._acts),
        )  # fmt: skip
        self._request: Reset | Step | None = None

    def encode(self, message: FromBridge) -> bytes | None:
        """What the game gets: a restart, an action, or None for what it has no word for.

        Raises:
            InvalidAction: Of a Box, and not finite.
            TooLarge: Over the game's buffer.
        """
        match message:
            case Reset(seeds=[seed]):
                data = self._restart(seed)
            case Step(reset_instead=[_]):
                data = self._restart(None)
            case Step(actions=actions):
                data = self._action(np.asarray(actions)[0])
            case _:
                return None
        self._check(data)
        self._request = message
        return data

    def take_back(self) -> None:
        """Forget the request that was encoded last."""
        self._request = None

    def decode(self, data: str | bytes) -> FromGame:
        """The state that the game sent, as the answer to the last request.

        Fields that are missing or of the wrong kind give a fault about that request.

        Raises:
            BadMessage: It is not made of fields.
        """
        fields = read_fields(data.encode() if isinstance(data, str) else data)
        request = self._request
        if request is None:
            return Fault(code="UNEXPECTED", message="a state that nobody asked for")
        try:
            return self._state(request, fields)
        except NotSaid as problem:
            return Fault(id=request.id, code="BAD_STATE", message=f"{problem}; it said {_said(fields)}")

    # ── what goes out ────────────────────────────────────────────────────────────────────────────────────────────────

    def _restart(self, seed: int | None) -> bytes:
        restart = command(self._declaration.restart)
        if seed is None or not self._declaration.seed:
            return restart
        return command(self._declaration.seed, [int(seed)]) + END.encode() + restart

    def _action(self, action: Any) -> bytes:
        if isinstance(self._acts, gym_spaces.Discrete):
            return self._chosen(int(action))
        try:
            return command(self._declaration.action, [numbers(action)])
        except ValueError as error:
            raise InvalidAction("action", repr(action), "finite numbers") from error

    def _chosen(self, index: int) -> bytes:
        named = self._declaration.actions
        if not named:
            return command(self._declaration.action, [index])
        assert isinstance(self._acts, gym_spaces.Discrete)
        name, *arguments = named[index - int(self._acts.start)]
        return command(str(name), arguments)

    def _check(self, data: bytes) -> None:
        limit = self._declaration.buffer_size
        if (size := max(map(len, data.split(END.encode())))) > limit:
            raise TooLarge(f"the command to game {self._declaration.name!r}", size, limit, "buffer_size")

    # ── what comes in ────────────────────────────────────────────────────────────────────────────────────────────────

    def _state(self, request: Reset | Step, fields: dict[str, Any]) -> State:
        declaration = self._declaration
        observations = observed(self._observes, declaration, fields)
        info = {name: value for name, value in fields.items() if name not in self._consumed}
        match request:
            case Reset(id=id):
                return State(id=id, instances=[0], observations=observations, infos=[info])
            case Step(id=id, reset_instead=[_]):
                return _stepped(id, observations, 0.0, info, terminated=False)
            case Step(id=id):
                done = flag(fields, declaration.done, declaration.done_default)
                return _stepped(id, observations, reward(fields, declaration.reward), info, terminated=done)


def _stepped(id: int, observations: Any, reward: float, info: dict[str, Any], *, terminated: bool) -> State:
    return State(
        id=id, instances=[0], observations=observations,
        rewards=[reward], terminated=[terminated], truncated=[False], infos=[info],
    )  # fmt: skip


def _said(fields: dict[str, Any]) -> str:
    return ", ".join(f"{name!r:.40}" for name in list(fields)[:16]) or "no fields"
