"""The native dialect: messages as JSON text, or as binary frames with their arrays behind a JSON header.

Pure: no socket, no clock. Knows how numbers, arrays and bytes are written and guards against what a stranger could
write instead: arrays that reach beyond their frame, shapes that do not fit their data, nesting without end. Knows
nothing of what a message means or when it may come. docs/game-protocol.md is the page.
"""

import base64
import binascii
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import numpy as np
from gymnasium.spaces import GraphInstance
from numpy.typing import NDArray

from stepwire_bridge.messages import BadMessage, Final, Frame, FromBridge, FromGame, Hello, Message, Reset, State, Step
from stepwire_bridge.spaces import DTYPES

BINARY_FROM = 64
"""A message whose arrays hold so many elements goes as a binary frame; a smaller one as text, for people to read."""

MAX_NESTING = 32
"""Levels of an info, and axes of an array. Nothing real is deeper, and what stands above would have to recurse."""

SAFE_INTEGER = 2**53 - 1
"""The largest whole number that JavaScript reads exactly."""

Place = Callable[[NDArray[Any]], Any]


class Native:
    """The dialect of one connection. It learns from the game's hello whether the game reads binary frames."""

    greeting: Hello | None = None
    """The hello said in the game's place: none, a native game says its own."""

    heartbeats = True
    """Whether the game answers a ping."""

    resets_after = True
    """Whether the game knows `reset_after`."""

    def __init__(self) -> None:
        self.binary = False

    def encode(self, message: FromBridge | FromGame) -> str | bytes:
        """The message as one WebSocket message: text, or bytes for a binary frame.

        Raises:
            TypeError: A value that the dialect has no form for, such as a set.
        """
        fields = {field: getattr(message, field) for field in _FREE.get(type(message), ())}
        if self.binary and _elements(fields) >= BINARY_FROM:
            return _frame(message, fields)
        return _text(message, fields)

    def decode(self, data: str | bytes) -> FromGame:
        """The message that a game sent.

        Raises:
            BadMessage: It is not JSON, no such type, a field is missing or of the wrong kind, or an array cannot be.
        """
        message = _converted(_unframed(data) if isinstance(data, bytes) else _parsed(data, None))
        if isinstance(message, Hello):
            self.binary = message.binary
        return message


_FREE: dict[type[Message], tuple[str, ...]] = {
    Hello: ("observation_space", "action_space", "metadata"),
    Reset: ("seeds", "options"),
    Step: ("actions",),
    State: ("observations", "rewards", "terminated", "truncated", "infos", "finals"),
    Frame: ("data",),
}
"""The fields of each message that hold values of any kind, and so need a form; the others are plain already."""

_TAGGED = {"options", "infos"}
"""Where no space tells an array's dtype, so that text has to."""


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(message: Message, fields: dict[str, Any]) -> str:
    plain = {name: _plain(value, _tagged if name in _TAGGED else _listed) for name, value in fields.items()}
    return msgspec.json.encode(msgspec.structs.replace(message, **plain)).decode()


def _frame(message: Message, fields: dict[str, Any]) -> bytes:
    arrays: list[NDArray[Any]] = []
    offset = 0

    def lifted(array: NDArray[Any]) -> dict[str, Any]:
        nonlocal offset
        place = {"dtype": _name(array), "shape": list(array.shape), "offset": offset}
        arrays.append(array)
        offset += _rounded_up(array.nbytes)
        return {"$array": place}

    plain = {name: _plain(value, lifted) for name, value in fields.items()}
    header = msgspec.json.encode(msgspec.structs.replace(message, **plain))
    parts = [_padded(len(header).to_bytes(4, "little") + header)]
    parts += [_padded(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()) for array in arrays]
    return b"".join(parts)


def _elements(value: Any) -> int:
    """How many elements the arrays in a value hold, all together."""
    match value:
        case np.ndarray():
            return value.size
        case Mapping():
            return sum(map(_elements, value.values()))
        case list() | tuple():
            return sum(map(_elements, value)) if value and not isinstance(value[0], (int, float, str)) else 0
        case _:
            return 0


def _plain(value: Any, place: Place) -> Any:
    """The value as JSON can hold it; `place` says what stands for an array."""
    match value:
        case None | bool() | str():
            return value
        case int() | float():
            return _number(value)
        case np.ndarray():
            return place(value)
        case np.generic():
            return _number(value.item())
        case GraphInstance():
            return _plain(value._asdict(), place)
        case Mapping():
            return {_key(key): _plain(entry, place) for key, entry in value.items()}
        case list() | tuple():
            return [_plain(entry, place) for entry in value]
        case bytes() | bytearray():
            return {"$bytes": base64.b64encode(value).decode()}
        case Final(observation=observation, info=info):
            by_dtype = _tagged if place is _listed else place
            return Final(value.instance, _plain(observation, place), _plain(info, by_dtype))
        case _:
            raise TypeError(f"JSON has no form for a {type(value).__name__}")


def _number(value: float) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else {"$number": _NON_FINITE_NAME[str(value)]}
    return value if -SAFE_INTEGER <= value <= SAFE_INTEGER else {"$number": str(value)}


def _key(key: Any) -> str:
    if isinstance(key, str):
        return key
    raise TypeError(f"a key of a JSON object is a string, not {key!r}")


def _listed(array: NDArray[Any]) -> Any:
    """The array as nested lists."""
    return array.tolist() if _is_sayable(array) else _plain(array.tolist(), _listed)


def _tagged(array: NDArray[Any]) -> dict[str, Any]:
    return {"$array": {"dtype": _name(array), "shape": list(array.shape), "data": _listed(array.ravel())}}


def _name(array: NDArray[Any]) -> str:
    name = _NAMES.get(array.dtype)
    if name is None:
        raise TypeError(f"JSON has no form for an array of dtype {array.dtype}")
    return name


def _is_sayable(array: NDArray[Any]) -> bool:
    """Whether JSON has a number for every element."""
    if array.dtype.kind == "f":
        return bool(np.isfinite(array).all())
    if array.dtype.itemsize < 8 or not array.size:
        return True
    return bool(array.min() >= -SAFE_INTEGER and array.max() <= SAFE_INTEGER)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _converted(value: Any) -> FromGame:
    try:
        message: FromGame = msgspec.convert(value, FromGame)
    except msgspec.ValidationError as error:
        raise BadMessage(str(error)) from error
    if isinstance(message, State) and (message.infos or message.finals):
        _check_nesting(message.infos, MAX_NESTING)
        _check_nesting([final.info for final in message.finals], MAX_NESTING)
    return message


def _check_nesting(value: Any, levels: int) -> None:
    entries = value.values() if isinstance(value, dict) else value or ()
    if _SCALARS.issuperset(map(type, entries)):
        return
    if levels == 0:
        raise BadMessage(f"an info is nested more than {MAX_NESTING} levels deep")
    for entry in entries:
        if isinstance(entry, (dict, list)):
            _check_nesting(entry, levels - 1)


def _unframed(data: bytes) -> Any:
    length = int.from_bytes(data[:4], "little")
    if len(data) < 4 + length:
        raise BadMessage(f"a binary frame of {len(data)} bytes whose header says it has {length}")
    return _parsed(data[4 : 4 + length], memoryview(data)[_rounded_up(4 + length) :])


def _parsed(text: str | bytes, section: memoryview | None) -> Any:
    try:
        value = msgspec.json.decode(text)
        left = text.count(b'"$') if isinstance(text, bytes) else text.count('"$')
        return _Restoring(section, left).of(value) if left else value
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadMessage(f"not JSON: {error}") from error
    except RecursionError as error:
        raise BadMessage("not JSON that can be read: nested too deep") from error


class _Restoring:
    """Puts what JSON cannot say back in its place, and stops walking once nothing is left to restore."""

    def __init__(self, section: memoryview | None, left: int) -> None:
        self._section = section
        self._left = left

    def of(self, value: Any) -> Any:
        """The value with the objects that stand for something replaced by what they stand for."""
        if self._left <= 0:
            return value
        match value:
            case list():
                return value if _SCALARS.issuperset(map(type, value)) else [self.of(entry) for entry in value]
            case dict() if len(value) == 1 and next(iter(value)).startswith("$"):
                ((key, inner),) = value.items()
                self._left -= 1
                return self._special(key, inner)
            case dict():
                return {key: self.of(entry) for key, entry in value.items()}
            case _:
                return value

    def _special(self, key: str, value: Any) -> Any:
        match key, value:
            case "$number", str():
                return _read_number(value)
            case "$bytes", str():
                return _read_bytes(value)
            case "$array", {"dtype": str(dtype), "shape": list(shape), "data": list(data)}:
                return _read_listed(_dtype(dtype), _shape(shape), self.of(data))
            case "$array", {"dtype": str(dtype), "shape": list(shape), "offset": int(offset)}:
                return _read_placed(_dtype(dtype), _shape(shape), offset, self._section)
            case _:
                raise BadMessage(f"no such value: {key[:60]}")


def _read_number(text: str) -> int | float:
    if text in _NON_FINITE:
        return _NON_FINITE[text]
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
        exact = np.array(data, dtype=dtype) if dtype.kind in "iu" else array.astype(dtype)  # uint64 passes int64
        return exact.reshape(shape)
    except (ValueError, OverflowError, RecursionError) as error:
        raise BadMessage(f"an $array of shape {shape} cannot hold its data: {error}") from error


def _read_placed(dtype: np.dtype[Any], shape: list[int], offset: int, section: memoryview | None) -> NDArray[Any]:
    if section is None:
        raise BadMessage("an $array with an offset, in a text frame")
    size = math.prod(shape)
    if offset < 0 or offset % 8 or offset + size * dtype.itemsize > len(section):
        raise BadMessage(f"an $array of shape {shape}, dtype {dtype}, at {offset} in a section of {len(section)} bytes")
    try:
        raw = np.frombuffer(section, np.uint8 if dtype.kind == "b" else dtype.newbyteorder("<"), size, offset)
        return (raw != 0 if dtype.kind == "b" else raw).reshape(shape)
    except ValueError as error:
        raise BadMessage(f"an $array of shape {shape}: {error}") from error


def _dtype(name: str) -> np.dtype[Any]:
    if name not in DTYPES:
        raise BadMessage(f"no such dtype: {name[:60]!r}")
    return np.dtype(name)


def _shape(shape: list[Any]) -> list[int]:
    if len(shape) > MAX_NESTING or not all(type(axis) is int and 0 <= axis < 2**40 for axis in shape):
        raise BadMessage(f"no shape: {shape[:8]}")
    return shape


def _rounded_up(size: int) -> int:
    return (size + 7) & ~7


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 8)


_NON_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
_NON_FINITE_NAME = {str(value): name for name, value in _NON_FINITE.items()}
_NAMES = {np.dtype(name): name for name in DTYPES}
_SCALARS = frozenset((int, float, bool, str, type(None)))
