"""Whether a value is in a space, why not, and the same value in exactly the types Gymnasium's environments give.

Lenient about how numbers are held: a float64 for a float32 Box, nested lists, a whole number where floats go. Strict
about shape, bounds, NaN, and fractions where whole numbers go. Pure; knows nothing of messages or sessions.
"""

import reprlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from gymnasium import spaces as gym_spaces
from gymnasium.spaces import GraphInstance, Space
from numpy.typing import NDArray

SHOWN_ELEMENTS = 8
"""Arrays up to this size are shown whole in a problem, larger ones as dtype and shape."""

Fit = Callable[[Any, Any, str, int | None], Any]


class Problem(NamedTuple):
    """Why a value is outside its space.

    Attributes:
        path: Which leaf and element, such as `action.steer[1]`.
        given: What was found there.
        expected: What the space wants there.
    """

    path: str
    given: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path} is {self.given}, expected {self.expected}"


class Misfit(ValueError):
    """A value outside its space; `problem` says why."""

    def __init__(self, path: str, given: Any, expected: str) -> None:
        self.problem = Problem(path, given if isinstance(given, _Said) else _shown(given), expected)
        super().__init__(str(self.problem))


def why_outside(space: Space[Any], value: Any, path: str = "value", *, batch: int | None = None) -> Problem | None:
    """What keeps a trainer's value out of a space, or None when nothing does.

    A float for a Discrete or MultiDiscrete is outside, as it is for Gymnasium, even 1.0: environments are given the
    value as it is, and an index of 1.0 is none. (`conform` is for games, whose JSON may write 1 as 1.0.)

    Args:
        space: Any Gymnasium space, batched ones included.
        value: What to judge. It is not changed.
        path: What the value is called in the problem.
        batch: With a number, the value is a batch of so many, laid out as `gymnasium.vector.utils.batch_space` does;
            then the path's first index is the copy's number.
    """
    try:
        conform(space, value, path, batch=batch)
        _refuse_floats(space, value, path)
    except Misfit as misfit:
        return misfit.problem
    return None


def conform(space: Space[Any], value: Any, path: str = "value", *, batch: int | None = None) -> Any:
    """The value as a Gymnasium environment with this space would give it.

    Arrays get the space's dtype, Discrete becomes a numpy integer, Dict a dict in the space's order, Tuple and Sequence
    a tuple, Graph a GraphInstance. An array that already fits comes back as it is, not copied.

    Raises:
        Misfit: The value is outside the space.
    """
    fit: Fit = _FITS.get(type(space), _custom)
    if batch is not None and fit in _UNBATCHED:
        entries = _entries(value, path, batch)
        return tuple(fit(space, entry, f"{path}[{i}]", None) for i, entry in enumerate(entries))
    return fit(space, value, path, batch)


def _refuse_floats(space: Space[Any], value: Any, path: str) -> None:
    """Refuse floats in the Discrete and MultiDiscrete leaves of a value, or of a batch, that conforms."""
    match space:
        case _ if type(space) not in _FITS:
            return  # asked itself
        case gym_spaces.Discrete() | gym_spaces.MultiDiscrete():
            array = np.asarray(value)
            if array.dtype.kind == "f" and array.size:
                raise Misfit(path, value, "an integer" if array.ndim == 0 else "integers")
        case gym_spaces.Dict():
            for key, part in space.spaces.items():
                _refuse_floats(part, value[key], f"{path}.{key}")
        case gym_spaces.Tuple():
            for i, part in enumerate(space.spaces):
                _refuse_floats(part, value[i], f"{path}[{i}]")


# ── arrays ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _box(space: gym_spaces.Box, value: Any, path: str, batch: int | None) -> Any:
    return _array(value, path, _shape(space.shape, batch), space.dtype, space.low, space.high)


def _multi_binary(space: gym_spaces.MultiBinary, value: Any, path: str, batch: int | None) -> Any:
    return _array(value, path, _shape(space.shape, batch), space.dtype, 0, 1)


def _multi_discrete(space: gym_spaces.MultiDiscrete, value: Any, path: str, batch: int | None) -> Any:
    return _array(value, path, _shape(space.shape, batch), space.dtype, space.start, space.start + (space.nvec - 1))


def _discrete(space: gym_spaces.Discrete, value: Any, path: str, batch: int | None) -> Any:
    low = int(space.start)
    return _array(value, path, _shape((), batch), space.dtype, low, low + int(space.n) - 1)[()]


def _shape(shape: tuple[int, ...], batch: int | None) -> tuple[int, ...]:
    return shape if batch is None else (batch, *shape)


def _array(value: Any, path: str, shape: tuple[int, ...], dtype: Any, low: Any, high: Any) -> NDArray[Any]:
    """The value as an array of that shape and dtype, once it is known to lie between the bounds."""
    array = _numbers(value, path, shape)
    if dtype.kind == "f":
        return _within(_cast(array, dtype), path, low, high)
    if array.dtype.kind == "f":
        _check_whole(array, path, given_as_array=isinstance(value, (np.ndarray, np.generic)))
    return _cast(_within(array, path, low, high), dtype)  # bounds first: a cast of 300 to uint8 would wrap


def _numbers(value: Any, path: str, shape: tuple[int, ...]) -> NDArray[Any]:
    expected = f"numbers of shape {list(shape)}" if shape else "a number"
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise Misfit(path, value, expected) from error
    if array.dtype.kind not in "fiub":
        raise Misfit(path, value, expected)
    if array.shape == shape:
        return array
    if array.size == 0 and not isinstance(value, np.ndarray) and 0 in shape:
        return array.reshape(shape)  # nested lists cannot say the axes that follow an empty one
    raise Misfit(path, _Said(f"numbers of shape {list(array.shape)}"), expected)


def _cast(array: NDArray[Any], dtype: Any) -> NDArray[Any]:
    if array.dtype == dtype:
        return array
    with np.errstate(over="ignore"):  # too large for the dtype is infinite, and judged as that
        return array.astype(dtype)


def _check_whole(array: NDArray[Any], path: str, *, given_as_array: bool) -> None:
    """JSON has one kind of number, so 2.0 in a list is whole; an array of floats was meant as floats."""
    if given_as_array:
        raise Misfit(path, _Said(f"numbers of dtype {array.dtype}"), "whole numbers")
    whole = array == np.floor(array)
    if not whole.all():
        _refuse_first(array, ~whole, path, lambda _: "a whole number")


def _within(array: NDArray[Any], path: str, low: Any, high: Any) -> NDArray[Any]:
    inside = (array >= low) & (array <= high)
    if not inside.all():
        lows, highs = np.broadcast_to(low, array.shape), np.broadcast_to(high, array.shape)
        _refuse_first(array, np.asarray(~inside), path, lambda at: f"between {lows[at]} and {highs[at]}")
    return array


def _refuse_first(
    array: NDArray[Any], wrong: NDArray[np.bool_], path: str, expected: Callable[[tuple[int, ...]], str]
) -> None:
    at = tuple(int(i) for i in np.argwhere(wrong)[0])
    where = f"{path}[{', '.join(map(str, at))}]" if at else path
    raise Misfit(where, array[at].item(), expected(at))


# ── the other kinds ──────────────────────────────────────────────────────────────────────────────────────────────────


def _text(space: gym_spaces.Text, value: Any, path: str, _: int | None) -> str:
    if not isinstance(value, str):
        raise Misfit(path, value, "a string")
    if not space.min_length <= len(value) <= space.max_length:
        raise Misfit(path, value, f"a string of {space.min_length} to {space.max_length} characters")
    if foreign := set(value) - space.character_set:
        raise Misfit(path, value, f"no such characters as {''.join(sorted(foreign))!r:.40}")
    return value


def _dict(space: gym_spaces.Dict, value: Any, path: str, batch: int | None) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Misfit(path, value, f"an object with {_keys(space.spaces)}")
    if value.keys() != space.spaces.keys():
        raise Misfit(path, _Said(f"an object with {_keys(value)}"), f"one with {_keys(space.spaces)}")
    return {key: conform(part, value[key], f"{path}.{key}", batch=batch) for key, part in space.spaces.items()}


def _tuple(space: "gym_spaces.Tuple[Any]", value: Any, path: str, batch: int | None) -> tuple[Any, ...]:
    entries = _entries(value, path, len(space.spaces))
    return tuple(
        conform(part, entry, f"{path}[{i}]", batch=batch)
        for i, (part, entry) in enumerate(zip(space.spaces, entries, strict=True))
    )


def _sequence(space: gym_spaces.Sequence, value: Any, path: str, _: int | None) -> Any:
    if space.stack:
        return conform(space.feature_space, value, path, batch=_length(space.feature_space, value, path))
    return tuple(
        conform(space.feature_space, entry, f"{path}[{i}]") for i, entry in enumerate(_entries(value, path, None))
    )


def _graph(space: gym_spaces.Graph, value: Any, path: str, _: int | None) -> GraphInstance:
    nodes, edges, links = _graph_parts(value, path)
    count = _length(space.node_space, nodes, f"{path}.nodes")
    nodes = conform(space.node_space, nodes, f"{path}.nodes", batch=count)
    if edges is None and links is None:
        return GraphInstance(nodes, None, None)
    if space.edge_space is None or edges is None or links is None:
        raise Misfit(path, value, "edges and edge_links both, or neither, and none where there is no edge space")
    width = _length(space.edge_space, edges, f"{path}.edges")
    edges = conform(space.edge_space, edges, f"{path}.edges", batch=width)
    links_dtype = links.dtype if isinstance(links, np.ndarray) and links.dtype.kind in "iu" else np.dtype(np.int32)
    return GraphInstance(nodes, edges, _array(links, f"{path}.edge_links", (width, 2), links_dtype, 0, count - 1))


def _graph_parts(value: Any, path: str) -> tuple[Any, Any, Any]:
    match value:
        case GraphInstance(nodes=nodes, edges=edges, edge_links=links):
            return nodes, edges, links
        case {"nodes": nodes, **rest}:
            return nodes, rest.get("edges"), rest.get("edge_links")
        case _:
            raise Misfit(path, value, "a graph with nodes, edges and edge_links")


def _one_of(space: "gym_spaces.OneOf[Any]", value: Any, path: str, _: int | None) -> tuple[Any, Any]:
    index, entry = _entries(value, path, 2)
    index = _array(index, f"{path}[0]", (), np.dtype(np.int64), 0, len(space.spaces) - 1)[()]
    return index, conform(space.spaces[int(index)], entry, f"{path}[1]")


def _custom(space: Space[Any], value: Any, path: str, _: int | None) -> Any:
    if not space.contains(value):
        raise Misfit(path, value, f"a value in {space}")
    return value


def _entries(value: Any, path: str, count: int | None) -> Any:
    expected = "a list" if count is None else f"a list of {count}"
    if not isinstance(value, (list, tuple, np.ndarray)):
        raise Misfit(path, value, expected)
    if count is not None and len(value) != count:
        raise Misfit(path, _Said(f"a list of {len(value)}"), expected)
    return value


def _length(space: Space[Any], batch: Any, path: str) -> int:
    """How many values a batch of unknown length holds, read off its first leaf."""
    match space, batch:
        case gym_spaces.Dict(), Mapping() if batch and space.spaces:
            key = next(iter(space.spaces))
            return _length(space.spaces[key], batch.get(key), f"{path}.{key}")
        case gym_spaces.Tuple(), list() | tuple() if batch and space.spaces:
            return _length(space.spaces[0], batch[0], f"{path}[0]")
        case _, list() | tuple():
            return len(batch)
        case _, np.ndarray() if batch.ndim:
            return len(batch)
        case _:
            raise Misfit(path, batch, "a batch")


# ── words for a problem ──────────────────────────────────────────────────────────────────────────────────────────────


class _Said(str):
    """A description, to be shown as it is; any other value is shown by its repr."""

    __slots__ = ()


def _shown(value: Any) -> str:
    if not isinstance(value, np.ndarray):
        return _SHORT.repr(value)
    return repr(value.tolist()) if value.size <= SHOWN_ELEMENTS else f"{value.dtype.name}{list(value.shape)}"


def _keys(mapping: Mapping[Any, Any]) -> str:
    return f"the keys {_SHORT.repr(list(mapping))}"


_SHORT = reprlib.Repr()
_SHORT.maxlevel, _SHORT.maxlist, _SHORT.maxdict, _SHORT.maxstring, _SHORT.maxother = 3, 8, 8, 60, 60

_FITS: dict[type, Fit] = {
    gym_spaces.Box: _box,
    gym_spaces.Discrete: _discrete,
    gym_spaces.MultiDiscrete: _multi_discrete,
    gym_spaces.MultiBinary: _multi_binary,
    gym_spaces.Text: _text,
    gym_spaces.Dict: _dict,
    gym_spaces.Tuple: _tuple,
    gym_spaces.Sequence: _sequence,
    gym_spaces.Graph: _graph,
    gym_spaces.OneOf: _one_of,
}
"""By exact type: a subclass may mean something else by membership, and is asked itself."""

_UNBATCHED: frozenset[Fit] = frozenset({_text, _sequence, _graph, _one_of, _custom})
