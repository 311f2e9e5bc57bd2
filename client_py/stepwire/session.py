"""One agent's hold on a remote environment or batch, in numpy values: what both environment classes are made of.

It makes the session when it is first needed, and makes a new one on reset when the old one is lost or belongs to the
process that this one was forked from. It turns values into messages and back by `stepwire.codec`; how messages travel
is known to `stepwire.connection`.
"""

import weakref
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from google.protobuf.duration_pb2 import Duration
from gymnasium.spaces import Space
from numpy.typing import NDArray

from stepwire.codec import CodecError, decode_map, decode_space, write_map, write_tensor
from stepwire.codec.replies import Reply
from stepwire.codec.requests import step_request
from stepwire.codec.responses import Outcome, Received
from stepwire.connection import Connection, Target, Timeouts, connect
from stepwire.errors import CallerError, InvalidAction, InvalidOptions, NotReset, ServerBug, StepwireError, Unsupported
from stepwire.v1.env_service_pb2 import (
    Deadlines,
    MakeRequest,
    RenderRequest,
    ResetRequest,
    Seed,
    SpacesResponse,
    StepStreamRequest,
)

_MODES = ("rgb_array", "ansi")
"""What the contract can carry of Gymnasium's render modes; the others Gymnasium's wrappers make of rgb_array."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Spaces:
    """What a server says of an environment.

    Attributes:
        observation_space: Of one copy.
        action_space: Of one copy.
        metadata: The environment's own; `render_modes` are those that can be asked for here.
    """

    observation_space: Space[Any]
    action_space: Space[Any]
    metadata: dict[str, Any]


def make_request(
    env_id: str, kwargs: dict[str, Any], render_mode: str | None, timeouts: Timeouts, *, truncate_on_game_gone: bool
) -> MakeRequest:
    """The request for what a user passed to an environment's constructor.

    Raises:
        InvalidOptions: The id is no string, or a keyword argument is of a kind that cannot be carried.
        Unsupported: No such render mode.
    """
    if not isinstance(env_id, str):
        raise InvalidOptions.of("env_id", env_id, "a string such as 'game:snake'")
    if render_mode is not None and render_mode not in _MODES:
        raise Unsupported(
            f"render_mode {render_mode!r} is not supported here, only {' and '.join(_MODES)}. "
            "gym.make('stepwire/Env-v0', …) makes the others of rgb_array."
        )
    request = MakeRequest(
        env_id=env_id,
        render_mode=render_mode or "",
        deadlines=_deadlines(timeouts),
        truncate_on_game_gone=truncate_on_game_gone,
    )
    _write_options(request.kwargs, kwargs, "kwargs")
    return request


class Session:
    """A session that is made when it is needed. Not for several threads at a time.

    Args:
        target: Where and how to connect.
        request: What to make.
    """

    def __init__(self, target: Target, request: MakeRequest) -> None:
        self._target = target
        self._request = request
        self._connection: Connection | None = None
        self._closer: weakref.finalize[Any, Any] | None = None
        self._spaces: Spaces | None = None
        self._on_their_way: deque[int] = deque()
        """The numbers of the steps that were sent and not waited for."""

    @property
    def timeouts(self) -> Timeouts:
        """How long each operation may take."""
        return self._target.timeouts

    @property
    def spaces(self) -> Spaces:
        """What the server says of the environment; connects on first use and is then kept.

        Raises:
            StepwireError: The session cannot be made.
        """
        if self._spaces is None:
            self._spaces = _decoded_spaces(self._made().made.spaces)
        return self._spaces

    def reset(
        self,
        seeds: Sequence[int | None] | None,
        options: dict[str, Any] | None,
        mask: NDArray[np.bool_] | None = None,
    ) -> tuple[Any, dict[str, Any]]:
        """Start an episode, in a new session where the old one is lost.

        Args:
            seeds: One for a single environment, one for each copy of a batch; None for no seeds.
            options: Gymnasium's options.
            mask: bool[num_envs] of a batch without autoreset: which copies. None for all.

        Raises:
            StepwireError: What the server answered, or that none did.
        """
        request = StepStreamRequest(reset=_reset_request(seeds, options, mask)).SerializeToString()
        self._on_their_way.clear()
        return _readable(self._made().call(request, self._target.timeouts.reset).reset)

    def step(self, action: Any) -> Reply:
        """Take one step.

        Raises:
            InvalidAction: The action is of a kind that cannot be carried, or outside the action space.
            CallerError: Steps are on their way that nobody has waited for.
            StepwireError: What the server answered, or that none did.
        """
        return self._quiet("step").call(_step_request(action), self._target.timeouts.step)

    def step_async(self, action: Any) -> None:
        """Put an action on its way, without waiting for its step.

        Raises:
            InvalidAction: The action is of a kind that cannot be carried.
        """
        request = _step_request(action)
        self._on_their_way.append(self.running("step_async").send(request, self._target.timeouts.step))

    def step_wait(self) -> Reply:
        """Wait for the step of the oldest action that is on its way.

        Raises:
            CallerError: None is.
            StepwireError: As `step`.
        """
        connection = self.running("step_wait")
        if not self._on_their_way:
            raise CallerError("step_wait() without a step on its way. Call step_async(action) first.")
        while (reply := connection.receive(self._target.timeouts.step)).number != self._on_their_way[0]:
            pass  # of a call that Ctrl-C has ended
        self._on_their_way.popleft()
        return connection.opened(reply)

    def render(self) -> Any:
        """Draw the current state: uint8[height, width, 3], a string or None; of a batch a tuple of them.

        Raises:
            CallerError: Steps are on their way that nobody has waited for.
            StepwireError: What the server answered, or that none did.
        """
        request = StepStreamRequest(render=RenderRequest()).SerializeToString()
        return _readable(self._quiet("render").call(request, self._target.timeouts.render).frame)

    def running(self, operation: str) -> Connection:
        """The connection of a session that was reset, for an operation of that name.

        Raises:
            NotReset: There is none, or it was lost.
        """
        connection = self._connection
        if connection is None or not connection.usable:
            raise NotReset(f"{operation} without a session: none was made yet, or it was lost. Call reset() first.")
        return connection

    def _quiet(self, operation: str) -> Connection:
        connection = self.running(operation)
        if self._on_their_way:
            raise CallerError(f"{operation}() while steps are on their way. Call step_wait() for each of them first.")
        return connection

    def close(self) -> None:
        """End the session, if there is one; never raises. The next reset makes a new one."""
        if self._closer is not None:
            self._closer()
        self._connection = self._closer = None

    def _made(self) -> Connection:
        if self._connection is None or not self._connection.usable:
            self.close()
            self._connection = connect(self._target, self._request)
            self._closer = weakref.finalize(self, self._connection.close)  # also when we are collected, or at exit
        return self._connection


def decoded_step(reply: Reply) -> Outcome:
    """The outcome of a single environment's step, each part of the type the environment gave."""
    return _readable(reply.step)


def decoded_batch_step(reply: Reply) -> Outcome:
    """The outcome of a step of n copies: float64[n] and twice bool[n], all fresh and writable."""
    return _readable(reply.batch_step)


def decoded_recv(reply: Reply) -> Received:
    """The outcome of the steps of some copies, and which they are."""
    return _readable(reply.recv)


def _step_request(action: Any) -> bytes:
    try:
        return step_request(action)
    except CodecError as error:
        raise uncarriable(InvalidAction, "action", error) from error


def _reset_request(
    seeds: Sequence[int | None] | None, options: dict[str, Any] | None, mask: NDArray[np.bool_] | None
) -> ResetRequest:
    request = ResetRequest(seeds=[_seed(seed) for seed in seeds or ()])
    if options is not None:
        request.options.SetInParent()
        _write_options(request.options, options, "options")
    if mask is not None:
        write_tensor(request.mask, np.asarray(mask))
    return request


def _seed(seed: int | None) -> Seed:
    try:
        return Seed() if seed is None else Seed(value=seed)
    except (ValueError, TypeError) as error:
        raise InvalidOptions.of("seed", seed, "a whole number from 0 to 2^64 - 1, or None") from error


def _write_options(message: Any, options: dict[str, Any], field: str) -> None:
    if not isinstance(options, dict):
        raise InvalidOptions.of(field, options, "a dict or None")
    try:
        write_map(message, options)
    except CodecError as error:
        raise uncarriable(InvalidOptions, field, error) from error


def uncarriable(kind: type[InvalidAction] | type[InvalidOptions], field: str, error: CodecError) -> StepwireError:
    """What to raise where a user's value is of a kind that cannot be carried."""
    place = f"{field}{error.path}"
    return kind(
        f"{place}: {error.problem}. Pass numpy arrays, numbers, strings, lists, tuples and dicts.",
        data={"field": place, "given": error.problem, "expected": "values that numpy and Python know"},
    )


def _deadlines(timeouts: Timeouts) -> Deadlines:
    return Deadlines(
        make=_duration(timeouts.make),
        reset=_duration(timeouts.reset),
        step=_duration(timeouts.step),
        render=_duration(timeouts.render),
    )


def _duration(seconds: float) -> Duration:
    whole, fraction = divmod(seconds, 1)
    return Duration(seconds=int(whole), nanos=int(fraction * 1e9))


def _decoded_spaces(spaces: SpacesResponse) -> Spaces:
    try:
        metadata = decode_map(spaces.metadata)
        modes = [mode for mode in metadata.get("render_modes") or () if mode in _MODES]
        return Spaces(
            decode_space(spaces.observation_space),
            decode_space(spaces.action_space),
            {**metadata, "render_modes": modes},
        )
    except CodecError as error:
        raise ServerBug.unreadable(error) from error


def _readable(read: Callable[[], Result]) -> Result:
    try:
        return read()
    except CodecError as error:
        raise ServerBug.unreadable(error) from error
