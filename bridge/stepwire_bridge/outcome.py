"""What the answers to a reset or step come to: one batch of checked numpy values, or the fault they amount to.

Knows the game's spaces, and nothing of connections, sessions or time. An observation outside its space ends here; it
never reaches a trainer.
"""

import reprlib
from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.typing import NDArray

from stepwire_bridge import batches, infos, messages
from stepwire_bridge.faults import Fault, GameFailed, GameNonsense, Unsupported
from stepwire_bridge.greeting import GameSpec
from stepwire_bridge.membership import Misfit, conform
from stepwire_bridge.messages import Reset, State, Step
from stepwire_bridge.protocol import Answer, Request


class Outcome(NamedTuple):
    """What n instances answered, in the order of the request.

    Attributes:
        observations: A batch of n.
        rewards: float64[n]; zeros after a reset.
        terminated, truncated: bool[n]; False after a reset.
        infos: One for each of the n. The arrays of an outcome may be read-only, as a game's frame is.
        finals: For those of the n that were reset after their end: last observation and info of the old episode.
    """

    observations: Any
    rewards: NDArray[np.float64]
    terminated: NDArray[np.bool_]
    truncated: NDArray[np.bool_]
    infos: Sequence[dict[str, Any]]
    finals: dict[int, tuple[Any, dict[str, Any]]]


def read(spec: GameSpec, request: Reset | Step, answers: Sequence[Answer]) -> Outcome:
    """The outcome of a request whose instances have all been answered.

    Raises:
        GameFailed: The game's own code raised an error for some instance.
        GameNonsense: An observation outside the space, or lists that don't fit the instances.
    """
    if len(answers) == 1 and isinstance(state := answers[0], State) and state.instances == request.instances:
        return _read_state(spec, request, state)
    states = [answer for answer in answers if isinstance(answer, State)]
    if len(states) < len(answers):
        raise_first_fault(spec, request, answers)
    outcomes = [_read_state(spec, request, state) for state in states]
    place = {instance: i for i, instance in enumerate(request.instances)}
    return merge(
        spec, [([place[i] for i in state.instances], part) for state, part in zip(states, outcomes, strict=True)]
    )


class Single(NamedTuple):
    """What one instance answered to a step; the observation is a batch of one."""

    observations: Any
    reward: float
    terminated: bool
    truncated: bool
    info: dict[str, Any]


def read_single(spec: GameSpec, request: Step, answers: Sequence[Answer]) -> Single:
    """The outcome of a step of one instance; raises what `read` does.

    Says the same as `read`, which makes arrays of the reward and the flags: each costs as much as reading the message.
    """
    if len(answers) == 1 and type(state := answers[0]) is State and spec.observes(state.observations, 1):
        columns = state.rewards, state.terminated, state.truncated, state.infos or [{}]
        if all(type(column) is list and len(column) == 1 for column in columns) and state.info_columns is None:
            (reward,), (terminated,), (truncated,), (info,) = columns
            if _is_plain(reward) and type(terminated) is type(truncated) is bool:
                return Single(state.observations, float(reward), terminated, truncated, info)
    result = read(spec, request, answers)
    ends = bool(result.terminated[0]), bool(result.truncated[0])
    return Single(result.observations, float(result.rewards[0]), *ends, result.infos[0])


def merge(spec: GameSpec, parts: Sequence[tuple[Sequence[int], Outcome]]) -> Outcome:
    """One outcome out of several, given where each of their entries belongs; together the places are 0 to n - 1."""
    order = batches.order_of([places for places, _ in parts])
    return Outcome(
        observations=batches.merge(spec.observation_space, [(places, part.observations) for places, part in parts]),
        rewards=batches.joined([part.rewards for _, part in parts], order),
        terminated=batches.joined([part.terminated for _, part in parts], order),
        truncated=batches.joined([part.truncated for _, part in parts], order),
        infos=infos.merged([part.infos for _, part in parts], order),
        finals={places[i]: final for places, part in parts for i, final in part.finals.items()},
    )


def restarted(spec: GameSpec, ended: Outcome, places: Sequence[int], fresh: Outcome) -> Outcome:
    """An outcome in which the episodes at `places` are over and the next ones begun, as SAME_STEP has it."""
    space, new = spec.observation_space, dict(zip(places, fresh.infos, strict=True))
    finals = {place: (batches.single(space, ended.observations, place), ended.infos[place]) for place in places}
    return ended._replace(
        observations=batches.put(space, ended.observations, places, fresh.observations, len(ended.infos)),
        infos=[new.get(place, info) for place, info in enumerate(ended.infos)],
        finals=ended.finals | finals,
    )


def raise_first_fault(spec: GameSpec, request: Request, answers: Sequence[Answer]) -> NoReturn:
    """Raise what the first fault among the answers means to a session."""
    fault = next(answer for answer in answers if isinstance(answer, messages.Fault))
    raise _meaning(spec, request, fault)


def _meaning(spec: GameSpec, request: Request, fault: messages.Fault) -> Fault:
    operation = type(request).__name__.lower()
    match fault.code:
        case "GAME_ERROR":
            return GameFailed(spec.name, operation, fault.message)
        case "UNSUPPORTED":
            return Unsupported(f"{operation} by game {spec.name!r}: {fault.message}")
        case _:
            return GameNonsense(spec.name, fault.message, f"fault {fault.code}")


def _read_state(spec: GameSpec, request: Reset | Step, state: State) -> Outcome:
    count = len(state.instances)
    try:
        observations = state.observations
        if not spec.observes(observations, count):
            observations = conform(spec.observation_space, observations, "observations", batch=count)
        said = _infos(state, count)
        if isinstance(request, Reset):
            no = np.zeros(count, dtype=np.bool_)
            return Outcome(observations, np.zeros(count), no, no.copy(), said, {})
        rewards, terminated = _rewards(state.rewards, count), _flags(state.terminated, "terminated", count)
        truncated = _flags(state.truncated, "truncated", count)
        finals = _finals(spec, state, terminated | truncated) if request.reset_after else {}
    except Misfit as misfit:
        raise GameNonsense(spec.name, str(misfit.problem), _SHORT.repr(state)) from misfit
    return Outcome(observations, rewards, terminated, truncated, said, finals)


def _infos(state: State, count: int) -> Sequence[dict[str, Any]]:
    if state.info_columns is not None:
        return _columns(state.info_columns, count)
    if state.infos is None:
        return infos.Columns({}, count)
    if len(state.infos) != count:
        raise Misfit("infos", len(state.infos), f"a list of {count} objects")
    return state.infos


def _columns(columns: dict[str, Any], count: int) -> infos.Columns:
    for key, column in columns.items():
        is_array = isinstance(column, np.ndarray) and column.shape == (count,)
        if not is_array and not (isinstance(column, list) and len(column) == count):
            raise Misfit(f"info_columns.{key}", column, f"a list of {count} values")
    return infos.Columns(columns, count)


def _rewards(rewards: Any, count: int) -> NDArray[np.float64]:
    array = _list_of(rewards, "rewards", "fiu", f"a list of {count} numbers", count)
    return array if array.dtype == np.float64 else array.astype(np.float64)


def _is_plain(reward: Any) -> bool:
    """Whether it is a number as an array has them: JSON has whole numbers that no float can hold."""
    return type(reward) is float or (type(reward) is int and -_LARGE < reward < _LARGE)


def _flags(flags: Any, field: str, count: int) -> NDArray[np.bool_]:
    return _list_of(flags, field, "b", f"a list of {count} booleans", count)


def _list_of(value: Any, field: str, kinds: str, expected: str, count: int) -> NDArray[Any]:
    if type(value) is np.ndarray and value.shape == (count,) and value.dtype.kind in kinds:
        return value
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError) as error:
        raise Misfit(field, value, expected) from error
    if array.shape != (count,) or array.dtype.kind not in kinds:
        raise Misfit(field, value, expected)
    return array


def _finals(spec: GameSpec, state: State, ended: NDArray[np.bool_]) -> dict[int, tuple[Any, dict[str, Any]]]:
    if not state.finals and not np.count_nonzero(ended):
        return {}
    place = {instance: i for i, instance in enumerate(state.instances)}
    named = [final.instance for final in state.finals]
    over = [instance for instance, end in zip(state.instances, ended, strict=True) if end]
    if sorted(named) != sorted(over):
        raise Misfit("finals", named, f"one for each instance whose episode ended: {over}")
    return {
        place[final.instance]: (
            conform(spec.observation_space, final.observation, f"finals[{k}].observation"),
            final.info,
        )
        for k, final in enumerate(state.finals)
    }


_LARGE = 2**63
_SHORT = reprlib.Repr()
_SHORT.maxother = 300
