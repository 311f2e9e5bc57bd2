"""The words of UnityRemote and AI4U: fields of fixed width from an engine, commands of fields and semicolons to it.

    engine ─► us   "   1   5state3       5hello"   the number of fields in 4 characters; then for each field the size
                                                   of its name (4), the name, its type (1), the value's size (8), the
                                                   value; sizes are bytes
    us ─► engine   "fx;1;0.1;"                     the name, how many arguments follow, the arguments

Pure. Knows no field's meaning, and neither when an engine speaks. Neither form has a way to escape anything: a value
that its separators occur in cannot be sent, and is refused.
"""

import base64
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stepwire_bridge.messages import BadMessage

MAX_DATAGRAM = 65_507
"""Bytes that UDP carries over IPv4 in one datagram, and so of a message."""

COUNT_WIDTH, TYPE_WIDTH, SIZE_WIDTH = 4, 1, 8
"""Characters of a count of fields or name's bytes, of a type, and of a value's bytes."""

END = "\0"
"""In no command: it stands between several of them where they travel together inside this process."""

_INT64 = np.iinfo(np.int64)


def read_fields(data: bytes) -> dict[str, Any]:
    """The fields of a message by name; of two with one name the later counts. What follows the last is not read.

    Returns:
        By the type on the wire: 0 a float, 1 an int, 2 a bool, 3 a string, 4 a string (bytes in base64, as they came),
        5 a float64 array, 6 an int64 array, 7 a list of strings. Floats may have a decimal comma, may be infinite and
        may be no number ("NaN"); arrays are split at white space, and strings are stripped of it.

    Raises:
        BadMessage: It ends too early, a number cannot be read, or a type is unknown.
    """
    reader = _Reader(data)
    fields: dict[str, Any] = {}
    for _ in range(reader.count(COUNT_WIDTH, "the number of fields")):
        name = reader.text(reader.count(COUNT_WIDTH, "a name's size"), "a name")
        kind = reader.count(TYPE_WIDTH, f"the type of {name!r:.80}")
        value = reader.text(reader.count(SIZE_WIDTH, f"the size of {name!r:.80}"), f"{name!r:.80}")
        fields[name] = _value(kind, value, name)
    return fields


def write_fields(fields: Mapping[str, Any]) -> bytes:
    """The message with these fields, as an engine writes it; arrays and lists may be of floats, ints or strings.

    Raises:
        ValueError: A value that there is no type for, or more than the widths can say.
    """
    return _right(len(fields), COUNT_WIDTH) + b"".join(_field(name, value) for name, value in fields.items())


def command(name: str, arguments: Iterable[Any] = ()) -> bytes:
    """What tells an engine to do something: `command("fx", [0.1])` is `b"fx;1;0.1;"`.

    Raises:
        ValueError: The name or an argument holds a semicolon, or is neither text nor a number.
    """
    words = [argument(value) for value in arguments]
    return "".join(f"{word};" for word in (argument(name), str(len(words)), *words)).encode()


def argument(value: Any, separators: str = ";") -> str:
    """A command's name or argument as it is written: text, a number, or a bool ("True", "False").

    Raises:
        ValueError: It holds one of the separators, which this wire cannot escape, or is neither text nor a number.
    """
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if not isinstance(value, (str, int, float, np.number, np.bool_)):
        raise ValueError(f"an argument is text or a number, not a {type(value).__name__}")
    text = str(value)
    if found := sorted(set(separators + END) & set(text)):
        raise ValueError(f"{text!r:.80} holds {found[0]!r}, which ends an argument and cannot be escaped")
    if not text.isascii():
        _encodable(text)
    return text


def numbers(values: Iterable[Any]) -> str:
    """Several numbers as the one argument that they are on this wire, such as "1.0 2.5"; any shape, row by row.

    Raises:
        ValueError: They are no numbers, or not finite: engines read neither "inf" nor "nan".
    """
    flat = np.asarray(values if isinstance(values, np.ndarray) else list(values)).ravel()
    if flat.dtype.kind not in "fiub" or not np.isfinite(flat).all():
        raise ValueError("finite numbers are wanted")
    return " ".join(map(str, flat.astype(np.int8) if flat.dtype.kind == "b" else flat))


class _Reader:
    """A message and how far it is read."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def count(self, width: int, what: str) -> int:
        """A number in so many characters, which spaces fill up."""
        text = self._take(width, what).strip()
        if not text.isdigit():
            raise BadMessage(f"{what} is not a number: {text!r}")
        return int(text)

    def text(self, size: int, what: str) -> str:
        """Text of so many bytes."""
        try:
            return self._take(size, what).decode().strip()
        except UnicodeDecodeError as error:
            raise BadMessage(f"{what} is not UTF-8") from error

    def _take(self, size: int, what: str) -> bytes:
        end = self._at + size
        if end > len(self._data):
            raise BadMessage(f"it ends within {what}: {len(self._data)} bytes of at least {end}")
        taken = self._data[self._at : end]
        self._at = end
        return taken


def _value(kind: int, text: str, name: str) -> Any:
    read = _READ.get(kind)
    if read is None:
        raise BadMessage(f"{name!r:.80} is of type {kind}; there are 0 to {max(_READ)}")
    try:
        return read(text)
    except ValueError as error:
        raise BadMessage(f"{name!r:.80} of type {kind} cannot be read: {text!r:.80}") from error


def _float(text: str) -> float:
    return float(_number(text).replace(",", "."))


def _int(text: str) -> int:
    value = int(_number(text))
    if not _INT64.min <= value <= _INT64.max:
        raise ValueError("more than 64 bits")
    return value


def _number(text: str) -> str:
    """The text, unless it is a number to Python only: with underscores, or in other scripts' digits."""
    if "_" in text or not text.isascii():
        raise ValueError("not a number")
    return text


def _bool(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("neither 0 nor 1")
    return text == "1"


def _floats(text: str) -> NDArray[np.float64]:
    return np.array([float(part) for part in _number(text).replace(",", ".").split()], np.float64)


def _ints(text: str) -> NDArray[np.int64]:
    return np.array([_int(part) for part in text.split()], np.int64)


_READ: dict[int, Callable[[str], Any]] = {
    0: _float, 1: _int, 2: _bool, 3: str, 4: str, 5: _floats, 6: _ints, 7: str.split,
}  # fmt: skip
"""How a value is read, by its type."""


def _field(name: str, value: Any) -> bytes:
    kind, text = _written(value)
    named, valued = name.encode(), text.encode()
    sizes = _right(len(named), COUNT_WIDTH), _right(kind, TYPE_WIDTH), _right(len(valued), SIZE_WIDTH)
    return b"".join((sizes[0], named, *sizes[1:], valued))


def _written(value: Any) -> tuple[int, str]:
    match value:
        case bool():
            return 2, str(int(value))
        case int():
            return 1, str(value)
        case float():
            return 0, str(value)
        case str():
            return 3, value
        case bytes():
            return 4, base64.b64encode(value).decode()
        case np.generic():
            return _written(value.item())
        case list() | tuple() | np.ndarray():
            return _written_array(np.asarray(value).ravel())
        case _:
            raise ValueError(f"there is no type for a {type(value).__name__}")


def _written_array(array: NDArray[Any]) -> tuple[int, str]:
    kind = {"f": 5, "i": 6, "u": 6, "U": 7}.get(array.dtype.kind)
    if kind is None:
        raise ValueError(f"there is no type for an array of {array.dtype}")
    return kind, " ".join(map(str, array.tolist()))


def _right(number: int, width: int) -> bytes:
    text = str(number).rjust(width)
    if len(text) > width:
        raise ValueError(f"{number} has more than {width} digits")
    return text.encode()


def _encodable(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{text!r:.80} cannot be written as UTF-8") from error
