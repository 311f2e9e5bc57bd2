"""What single copies of an environment gave, as the arrays of a batch: as `SyncVectorEnv` makes them, but in one go.

Everything is as a rule of the kind that it should be; then numpy makes an array of it at once. What is not is put into
the array one by one, with whatever comes of that in Gymnasium. Arrays are always fresh. Pure.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final

import numpy as np
from gymnasium.spaces import Box, Dict, Discrete, MultiBinary, MultiDiscrete, Space, Tuple
from gymnasium.vector.utils import concatenate, create_empty_array
from numpy.typing import NDArray

_ARRAYS: Final = (Box, Discrete, MultiDiscrete, MultiBinary)
_FLAGS: Final = frozenset((bool, np.bool_))
_NUMBERS: Final = frozenset((float, int, bool, np.float64, np.float32, np.int64, np.int32, np.bool_))


def numbers(values: Sequence[Any]) -> NDArray[np.float64]:
    """Rewards."""
    return np.array(values, np.float64) if _NUMBERS.issuperset(map(type, values)) else _one_by_one(values, np.float64)


def flags(values: Sequence[Any]) -> NDArray[np.bool_]:
    """Whether episodes are over."""
    return np.array(values, np.bool_) if _FLAGS.issuperset(map(type, values)) else _one_by_one(values, np.bool_)


def stacked(space: Space[Any], values: Sequence[Any]) -> Any:
    """Observations of a space, as `gymnasium.vector.utils.batch_space` lays them out."""
    kind = type(space)
    if kind in _ARRAYS:
        return _array(space, values)
    if kind is Dict:
        return {key: stacked(part, [value[key] for value in values]) for key, part in space.spaces.items()}  # type: ignore[attr-defined]
    if kind is Tuple:
        return tuple(stacked(part, [value[i] for value in values]) for i, part in enumerate(space.spaces))  # type: ignore[attr-defined]
    return deepcopy(_concatenated(space, values))  # its parts may be the environments' own


def _array(space: Space[Any], values: Sequence[Any]) -> Any:
    try:
        array = np.array(values)
    except ValueError:  # of different shapes
        return _concatenated(space, values)
    if array.dtype == space.dtype and array.shape[1:] == space.shape:
        return array
    return _concatenated(space, values)


def _concatenated(space: Space[Any], values: Sequence[Any]) -> Any:
    room: Any = create_empty_array(space, len(values), fn=np.zeros)
    return concatenate(space, values, room)


def _one_by_one(values: Sequence[Any], dtype: Any) -> Any:
    column = np.zeros(len(values), dtype)
    for index, value in enumerate(values):
        column[index] = value
    return column
