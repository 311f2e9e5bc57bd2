"""Taking batches apart and putting them together, laid out as `gymnasium.vector.utils.batch_space` does.

Pure. Takes values that are in their space (`membership.conform` makes them so) and loops over leaves, never over copies
where the leaves are arrays.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from gymnasium import spaces as gym_spaces
from gymnasium.spaces import Space
from numpy.typing import NDArray

Indices = Sequence[int]

ARRAYS = (gym_spaces.Box, gym_spaces.Discrete, gym_spaces.MultiDiscrete, gym_spaces.MultiBinary)
"""The spaces whose batch is one array with a leading axis."""


def take(space: Space[Any], batch: Any, indices: Indices) -> Any:
    """The batch of the copies at `indices`, in that order."""
    match space:
        case gym_spaces.Dict():
            return {key: take(part, batch[key], indices) for key, part in space.spaces.items()}
        case gym_spaces.Tuple():
            return tuple(take(part, entry, indices) for part, entry in zip(space.spaces, batch, strict=True))
        case _ if isinstance(space, ARRAYS):
            return np.asarray(batch)[np.asarray(indices, dtype=np.intp)]  # a trainer may give a list
        case _:
            return tuple(batch[i] for i in indices)


def single(space: Space[Any], batch: Any, index: int) -> Any:
    """The value of one copy, as an environment of its own would give it."""
    match space:
        case gym_spaces.Dict():
            return {key: single(part, batch[key], index) for key, part in space.spaces.items()}
        case gym_spaces.Tuple():
            return tuple(single(part, entry, index) for part, entry in zip(space.spaces, batch, strict=True))
        case gym_spaces.Box() | gym_spaces.MultiBinary() | gym_spaces.MultiDiscrete():
            return batch[index, ...]  # an array even where the shape is ()
        case _:
            return batch[index]


def of_one(space: Space[Any], value: Any) -> Any:
    """The batch of a single value."""
    match space:
        case gym_spaces.Dict():
            return {key: of_one(part, value[key]) for key, part in space.spaces.items()}
        case gym_spaces.Tuple():
            return tuple(of_one(part, entry) for part, entry in zip(space.spaces, value, strict=True))
        case _ if isinstance(space, ARRAYS):
            return np.asarray(value)[np.newaxis]
        case _:
            return (value,)


def put(space: Space[Any], batch: Any, indices: Indices, part: Any, count: int) -> Any:
    """The batch of `count` copies with those at `indices` taken from `part` instead."""
    others = sorted(set(range(count)) - set(indices))
    return merge(space, [(indices, part), (others, take(space, batch, others))])


def merge(space: Space[Any], parts: Sequence[tuple[Indices, Any]]) -> Any:
    """One batch out of several, given where each copy of a part belongs.

    Args:
        space: Of a single copy.
        parts: Pairs of indices and batch. Together the indices are 0 to n - 1, each once.
    """
    return _merged(space, [batch for _, batch in parts], order_of([indices for indices, _ in parts]))


def order_of(indices: Sequence[Indices]) -> NDArray[np.intp] | None:
    """Where each entry of a whole is found among those of the parts one after the other; None where they are in order.

    Args:
        indices: Of each part, where its entries belong. Together they are 0 to n - 1, each once.
    """
    places = [int(place) for part in indices for place in part]
    return None if places == list(range(len(places))) else np.argsort(np.array(places, dtype=np.intp))


def _merged(space: Space[Any], parts: Sequence[Any], order: NDArray[np.intp] | None) -> Any:
    match space:
        case gym_spaces.Dict():
            return {key: _merged(part, [batch[key] for batch in parts], order) for key, part in space.spaces.items()}
        case gym_spaces.Tuple():
            return tuple(_merged(part, [batch[k] for batch in parts], order) for k, part in enumerate(space.spaces))
        case _ if isinstance(space, ARRAYS):
            return joined(parts, order)
        case _:
            entries = [entry for batch in parts for entry in batch]
            return tuple(entries if order is None else (entries[i] for i in order))


def joined(parts: Sequence[NDArray[Any]], order: NDArray[np.intp] | None) -> NDArray[Any]:
    """One array out of several, in that order."""
    whole = np.concatenate(parts)
    return whole if order is None else whole[order]
