"""What the fields of a UnityRemote state come to: an observation, a reward, an end, and numbers that are text.

Pure. Knows kinds of fields, and what of them a space takes; whether the numbers are within it is `outcome`'s to judge.
"""

import base64
import binascii
from typing import Any, Protocol

import numpy as np
from gymnasium import spaces as gym_spaces
from numpy.typing import NDArray


class NotSaid(ValueError):
    """A field is missing or of the wrong kind; the text says which."""


class Reading(Protocol):
    """How observations are made of fields; see `unityremote_declared.Declaration`."""

    @property
    def image(self) -> bool:
        """Whether text has rows of numbers."""
        ...

    @property
    def image_base64(self) -> bool:
        """Whether that text is in base64."""
        ...

    def observed_fields(self) -> list[str]:
        """The fields, one behind the other."""
        ...


def observed(space: gym_spaces.Space[Any], reading: Reading, fields: dict[str, Any]) -> Any:
    """A batch of the one observation that a state's fields hold.

    Raises:
        NotSaid: A field is missing, or is text where numbers are wanted.
    """
    if isinstance(space, gym_spaces.Dict):
        return {name: _one(part, name, reading, fields) for name, part in space.spaces.items()}
    names = reading.observed_fields()
    if len(names) == 1:
        return _one(space, names[0], reading, fields)
    return _batch(space, np.concatenate([_numbers(fields, name, reading).ravel() for name in names]))


def reward(fields: dict[str, Any], name: str) -> float:
    """The reward; 0 where none is said.

    Raises:
        NotSaid: It is not a number.
    """
    value = fields.get(name, 0.0)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise NotSaid(f"the field {name!r} is a number, not {value!r:.40}")
    return float(value)


def flag(fields: dict[str, Any], name: str, default: bool | None) -> bool:
    """Whether it is so; numbers 0 and 1 are taken as well.

    Raises:
        NotSaid: It is missing without a default, or neither.
    """
    value = fields.get(name, default)
    if value is None:
        raise NotSaid(f"the field {name!r} is missing, and no done_default says what that means")
    if isinstance(value, (bool, int, float)) and value in (0, 1):
        return bool(value)
    raise NotSaid(f"the field {name!r} is a bool, not {value!r:.40}")


def image(text: str, *, is_base64: bool = False) -> NDArray[np.float64]:
    """An image of rows `v,v;v,v`, float64[rows, columns].

    Raises:
        ValueError: It has other than numbers, or rows of several lengths.
    """
    if is_base64:
        try:
            text = base64.b64decode(text, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise ValueError(f"not text in base64: {error}") from error
    rows = [[float(value) for value in row.split(",") if value.strip()] for row in text.split(";") if row.strip()]
    if len({len(row) for row in rows}) > 1:
        raise ValueError("its rows have several lengths")
    return np.array(rows, np.float64).reshape(len(rows), -1 if rows else 0)


def _one(space: gym_spaces.Space[Any], name: str, reading: Reading, fields: dict[str, Any]) -> Any:
    """A batch of the one value of a field."""
    if isinstance(space, gym_spaces.Text):
        return [fields[name]] if name in fields else _numbers(fields, name, reading)
    return _batch(space, _numbers(fields, name, reading))


def _numbers(fields: dict[str, Any], name: str, reading: Reading) -> NDArray[Any]:
    value = fields.get(name)
    if value is None:
        raise NotSaid(f"the field {name!r} is missing")
    if isinstance(value, str) and reading.image:
        try:
            return image(value, is_base64=reading.image_base64)
        except ValueError as error:
            raise NotSaid(f"the field {name!r} is no image: {error}") from error
    if isinstance(value, (str, list)):
        raise NotSaid(f"the field {name!r} is text, not numbers: {value!r:.40}")
    return np.asarray(value)


def _batch(space: gym_spaces.Space[Any], value: NDArray[Any]) -> Any:
    """A batch of one, in the space's shape where there are as many numbers; what has others is left as it is."""
    shape = space.shape
    if shape is not None and value.size == np.prod(shape, dtype=int):
        return value.reshape((1, *shape))
    return value[np.newaxis]
