"""Reading values that a stranger wrote as JSON, with what stands in it for those that JSON cannot say.

Pure. Guards against what a stranger could write instead: arrays that reach beyond their frame, shapes that do not fit
their data, nesting without end. Knows nothing of messages.
"""

import base64
import binascii
import math
import re
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from stepwire_bridge.messages import BadMessage
from stepwire_bridge.spaces import DTYPES

T = TypeVar("T")

MAX_AXES = 32
"""Axes of an array. Nothing real has more, and numpy itself stops at 32 or 64."""

_DTYPES = {name: np.dtype(name).newbyteorder("<") for name in DTYPES}

NON_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
SCALARS = frozenset((int, float, bool, str, type(None)))
"""What JSON says by itself, and so never holds anything to restore."""


def opened(data: str | bytes) -> tuple[str | bytes, "Restoring | None"]:
    """The JSON of a text frame, or of a binary one, and what restores what it cannot say; None where all is said.

    Raises:
        BadMessage: A binary frame ends before its header does.
    """
    if isinstance(data, str):
        return data, Restoring(None, 0, left) if (left := data.count('"$')) else None
    end = 4 + int.from_bytes(data[:4], "little")
    if len(data) < end:
        raise BadMessage(f"a binary frame of {len(data)} bytes whose header says it has {end - 4}")
    header = data[4:end]
    return header, Restoring(data, rounded_up(end), left) if (left := header.count(b'"$')) else None


def parsed(header: str | bytes, decode: Callable[[str | bytes], T]) -> T:
    """What the decoder makes of the JSON.

    Raises:
        BadMessage: It is not JSON, or not what the decoder asks for.
    """
    try:
        return decode(header)
    except msgspec.ValidationError as error:
        raise BadMessage(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadMessage(f"not JSON: {error}") from error
    except RecursionError as error:
        raise BadMessage("not JSON that can be read: nested too deep") from error


class Restoring:
    """Puts what JSON cannot say back in its place, and stops walking once nothing is left to restore.

    `of` raises BadMessage where something stands for a value that cannot be.
    """

    def __init__(self, frame: bytes | None, start: int, left: int) -> None:
        self._frame, self._start = frame, start
        """The frame and where its data section begins; None for text."""
        self.left = left
        """How many values may have to be restored yet."""

    def of(self, value: Any) -> Any:
        """The value with the objects that stand for something replaced by what they stand for."""
        if self.left <= 0:
            return value
        if type(value) is list:
            return value if SCALARS.issuperset(map(type, value)) else self._list(value)
        if type(value) is not dict:
            return value
        if len(value) == 1:
            ((key, inner),) = value.items()
            if key.startswith("$"):
                self.left -= 1
                return self._array(inner) if key == "$array" else self._special(key, inner)
        return {key: self.of(entry) for key, entry in value.items()}

    def _list(self, value: list[Any]) -> list[Any]:
        try:
            return [self.of(entry) for entry in value]
        except RecursionError as error:
            raise BadMessage("not JSON that can be read: nested too deep") from error

    def _special(self, key: str, value: Any) -> Any:
        match key:
            case "$number" if isinstance(value, str):
                return _read_number(value)
            case "$bytes" if isinstance(value, str):
                return _read_bytes(value)
            case _:
                raise BadMessage(f"no such value: {key[:60]}")

    def _array(self, value: Any) -> NDArray[Any]:
        try:
            array = msgspec.convert(value, _Array)
        except msgspec.ValidationError as error:
            raise BadMessage(f"no $array: {error}") from error
        if array.data is not None:
            return _read_listed(_dtype(array.dtype), array.shape, self.of(array.data))
        if self._frame is None:
            raise BadMessage("an $array with an offset, in a text frame")
        return placed(self._frame, self._start, array)


class Place(msgspec.Struct):
    """What stands in a frame's header for an array: where its elements are."""

    dtype: str
    shape: Annotated[list[Annotated[int, msgspec.Meta(ge=0, lt=2**40)]], msgspec.Meta(max_length=MAX_AXES)]
    offset: int = -1


class _Array(Place):
    """What stands for an array: its elements, or in a frame where they are."""

    data: list[Any] | None = None


def placed(frame: bytes, start: int, place: Place) -> NDArray[Any]:
    """The array that stands in a frame whose data section begins at `start`, as a view.

    Raises:
        BadMessage: No such dtype, or it reaches beyond the frame.
    """
    dtype, offset, size, count = _dtype(place.dtype), place.offset, len(frame) - start, math.prod(place.shape)
    if offset < 0 or offset % 8 or offset + count * dtype.itemsize > size:
        raise BadMessage(f"an $array of shape {place.shape}, {place.dtype}, at {offset} in a section of {size} bytes")
    # A byte that is neither 0 nor 1 must not pass for a bool.
    is_odd = dtype.kind == "b" and frame[start + offset : start + offset + count].translate(None, b"\0\1")
    try:
        raw: NDArray[Any] = np.ndarray(place.shape, np.uint8 if is_odd else dtype, frame, start + offset)
    except (TypeError, ValueError) as error:
        raise BadMessage(f"an $array of shape {place.shape}: {error}") from error
    return raw != 0 if is_odd else raw


def _dtype(name: str) -> np.dtype[Any]:
    dtype = _DTYPES.get(name)
    if dtype is None:
        raise BadMessage(f"no such dtype: {name[:60]!r}")
    return dtype


def _read_number(text: str) -> int | float:
    if text in NON_FINITE:
        return NON_FINITE[text]
    if re.fullmatch(r"-?\d{1,40}", text):
        return int(text)
    raise BadMessage(f"no number: {text[:60]!r}")


def _read_bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise BadMessage(f"$bytes that are not base64: {error}") from error


def _read_listed(dtype: np.dtype[Any], shape: list[int], data: list[Any]) -> NDArray[Any]:
    try:
        array = np.asarray(data)
        if array.size and array.dtype.kind not in "fiub":
            raise BadMessage("an $array whose data are not numbers")
        return (_whole(array, data, dtype) if dtype.kind in "iu" else array.astype(dtype)).reshape(shape)
    except (ValueError, OverflowError, RecursionError) as error:
        raise BadMessage(f"an $array of shape {shape} cannot hold its data: {error}") from error


def _whole(array: NDArray[Any], data: list[Any], dtype: np.dtype[Any]) -> NDArray[Any]:
    """The data in that dtype, made anew: numpy reads a list that passes int64 as floats."""
    limits = np.iinfo(dtype)
    if array.size and (array.min() < limits.min or array.max() > limits.max or (array != np.floor(array)).any()):
        raise ValueError(f"not all of them are whole numbers from {limits.min} to {limits.max}")
    return np.array(data, dtype=dtype)


def rounded_up(size: int) -> int:
    """The next multiple of 8, to which everything in a frame is aligned."""
    return (size + 7) & ~7
