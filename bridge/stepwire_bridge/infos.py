"""The infos of single copies as Gymnasium's vector environments hold them: arrays, each with a mask beside it.

The rule is Gymnasium's own (`VectorEnv._add_info`), and so is the code for all but the everyday case, in which every
copy says the same plain numbers and a whole column is made at once.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, overload

import numpy as np
from gymnasium.vector import VectorEnv
from numpy.typing import NDArray

_PLAIN = frozenset((int, float, bool))

Column = list[Any] | NDArray[Any]


class Columns(Sequence[dict[str, Any]]):
    """The infos of several copies that all say the same keys, held key by key: what a batch wants them as.

    Args:
        columns: For each key a list with one value per copy, or an array of numbers.
        count: How many copies.
    """

    def __init__(self, columns: dict[str, Column], count: int) -> None:
        self.columns, self._count = columns, count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, at: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[i] for i in range(self._count)[at]]
        i = range(self._count)[at]  # an IndexError beyond the end, also where there are no columns
        return {
            key: column[i].item() if isinstance(column, np.ndarray) else column[i]
            for key, column in self.columns.items()
        }


def merged(parts: Sequence[Sequence[dict[str, Any]]], order: NDArray[np.intp] | None) -> Sequence[dict[str, Any]]:
    """The infos of several parts one after the other, then in that order; in columns where all say the same keys."""
    count, columns = sum(map(len, parts)), [_columns(part) for part in parts]
    places = range(count) if order is None else order
    if (first := columns[0]) is not None and all(own is not None and own.keys() == first.keys() for own in columns):
        joined = {key: [entry for own in columns if own for entry in _listed(own[key])] for key in first}
        return Columns({key: [column[i] for i in places] for key, column in joined.items()}, count)
    rows = [info for part in parts for info in part]
    return [rows[i] for i in places]


def _listed(column: Column) -> list[Any]:
    return column.tolist() if isinstance(column, np.ndarray) else column


def gathered(infos: Sequence[dict[str, Any]], copies: Sequence[int], count: int) -> dict[str, Any]:
    """The vector info of `count` copies out of those that `copies` said.

    A number that is whole in one copy and not in another is a float in all: JSON does not tell 1.0 from 1, and
    Gymnasium's rule would cut the others down to what the first happened to be.
    """
    if len(infos) == count and (columns := _columns(infos)) is not None and (arrays := _arrays(columns)) is not None:
        gathered: dict[str, Any] = {}
        for key, array in arrays.items():
            gathered[key], gathered[f"_{key}"] = array, _everywhere(count).copy()
        return gathered
    return add({}, _evened(infos), copies, count)


@lru_cache(maxsize=16)
def _everywhere(count: int) -> NDArray[np.bool_]:
    return np.ones(count, dtype=np.bool_)


def add(
    vector_info: dict[str, Any], infos: Sequence[dict[str, Any]], copies: Sequence[int], count: int
) -> dict[str, Any]:
    """The vector info with what these copies said added to it."""
    if not infos:
        return vector_info
    adder = _Adder(count)
    for info, copy in zip(infos, copies, strict=True):
        if info:
            vector_info = adder._add_info(vector_info, info, copy)
    return vector_info


class _Adder:
    """As much of a vector environment as Gymnasium's rule needs."""

    def __init__(self, num_envs: int) -> None:
        self.num_envs = num_envs

    _add_info: Any = VectorEnv._add_info


def _columns(infos: Sequence[dict[str, Any]]) -> dict[str, Column] | None:
    """The values for each key, or None unless all have the same keys."""
    if isinstance(infos, Columns):
        return infos.columns
    keys = infos[0].keys()
    if any(info.keys() != keys for info in infos):
        return None
    return {key: [info[key] for info in infos] for key in keys}


def _arrays(columns: dict[str, Column]) -> dict[str, Any] | None:
    """An array for each key, or None unless all values are plain numbers."""
    arrays: dict[str, Any] = {}
    for key, values in columns.items():
        if isinstance(values, np.ndarray) and key != "final_obs":
            arrays[key] = values.astype(_widened(values.dtype))
            continue
        kinds = set(map(type, values))
        if not kinds <= _PLAIN or (bool in kinds and len(kinds) > 1) or key == "final_obs":
            return None
        arrays[key] = np.array(values, dtype=np.bool_ if bool in kinds else np.float64 if float in kinds else np.int64)
    return arrays


def _widened(dtype: np.dtype[Any]) -> Any:
    """What numbers of an array are in an info: what they would be, had JSON said them."""
    match dtype.kind:
        case "f":
            return np.float64
        case "b":
            return np.bool_
        case _:
            return np.uint64 if dtype == np.uint64 else np.int64


def _evened(infos: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    fractional = {key for info in infos for key, value in info.items() if type(value) is float}
    return [
        {key: float(value) if key in fractional and type(value) is int else value for key, value in info.items()}
        for info in infos
    ]
