"""What the parts of a game's message come to as numbers: nested lists, objects, words and nulls, as a declaration says.

Pure. Made for observations of games that were not written for spaces; knows nothing of what else a message says.
"""

import math
import reprlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

import msgspec

Number = int | float

MAX_BITS = 64
"""Of a whole number."""


class Unreadable(ValueError):
    """A message's part that does not come to numbers; the message says which, and why."""


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number of an object.

    Attributes:
        key: Where it is.
        range: The lowest and highest value, which become -1 and 1; None leaves the number as it is.
    """

    key: str
    range: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        _check_range(self.range)


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a message, and the numbers that it comes to.

    Attributes:
        key: Where it is in the message.
        fields: What is read of the object that is there; () where it is numbers itself, however nested.
        range: As that of a field, for each of the numbers where there are no fields.
        count: How many objects, where there is a list of them; None for a single object.
        fill: What stands for each number of the objects that the list has too few.
        nearest_to: Which part has an `x` and a `y` from which distances are taken, where the list has too many
            objects: the nearest are read, in the list's order. "" reads the first.
    """

    key: str
    fields: tuple[Field, ...] = ()
    range: tuple[float, float] | None = None
    count: int | None = None
    fill: float = 0
    nearest_to: str = ""

    def __post_init__(self) -> None:
        _check_range(self.range)
        if self.fields and self.range is not None:
            raise ValueError(f"{self.key}: a range is that of a field where there are fields")
        if not self.fields and self.count is not None:
            raise ValueError(f"{self.key}: a count is one of objects, whose fields are missing here")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a message becomes a list of numbers.

    Attributes:
        parts: In the order of their numbers.
        values: What stands for words.
        null: What stands for null; None where there may be none.
    """

    parts: tuple[Part, ...]
    values: Mapping[str, float]
    null: float | None = None

    def is_in(self, said: Mapping[str, Any]) -> bool:
        """Whether a message has all parts; one that is null is none."""
        return all(said.get(part.key) is not None for part in self.parts)

    def numbers(self, said: Mapping[str, Any]) -> list[Number]:
        """The numbers of a message that has all parts. True and false are 1 and 0.

        Raises:
            Unreadable: Something is no number and stands for none, or is not where it should be.
        """
        return [number for part in self.parts for number in self._part(part, said)]

    def _part(self, part: Part, said: Mapping[str, Any]) -> Iterator[Number]:
        value = said[part.key]
        if not part.fields and part.range is None and _is_plain(value):
            yield from value  # nearly every game
        elif not part.fields:
            for place, entry in enumerate(_flat(value)):
                yield _placed(self._number(entry, f"value {place} of {part.key}"), part.range)
        elif part.count is None:
            yield from self._fields(part.fields, value, part.key)
        else:
            yield from self._objects(part, part.count, said)

    def _objects(self, part: Part, count: int, said: Mapping[str, Any]) -> Iterator[Number]:
        objects = said[part.key]
        if not isinstance(objects, list):
            raise Unreadable(f"{part.key} is {shown(objects)}, expected a list of objects")
        for place in self._chosen(part, count, said):
            yield from self._fields(part.fields, objects[place], f"{part.key}[{place}]")
        yield from [part.fill] * ((count - len(objects)) * len(part.fields))

    def _chosen(self, part: Part, count: int, said: Mapping[str, Any]) -> Sequence[int]:
        """Which of the objects are read."""
        objects = said[part.key]
        places = range(len(objects))
        if len(objects) <= count or not part.nearest_to:
            return places[:count]
        x, y = self._fields(_PLACE, said.get(part.nearest_to), part.nearest_to)

        def distance(place: int) -> float:
            its_x, its_y = self._fields(_PLACE, objects[place], f"{part.key}[{place}]")
            return math.hypot(its_x - x, its_y - y)

        return sorted(sorted(places, key=distance)[:count])

    def _fields(self, fields: Sequence[Field], value: Any, path: str) -> list[Number]:
        if not isinstance(value, dict):
            raise Unreadable(f"{path} is {shown(value)}, expected an object")
        return [
            _placed(self._number(value.get(field.key), f"{path}.{field.key}"), field.range) for field in fields
        ]  # fmt: skip

    def _number(self, value: Any, path: str) -> Number:
        match value:
            case bool():
                return int(value)
            case int() | float() if is_number(value):
                return value
            case None if self.null is not None:
                return self.null
            case str() if value in self.values:
                return self.values[value]
        raise Unreadable(f"{path} is {shown(value)}, expected {self._expected()}")

    def _expected(self) -> str:
        words = [*map(repr, self.values), *(["null"] if self.null is not None else [])]
        return f"a number, {', '.join(words)}" if words else "a number"


def _is_plain(value: Any) -> bool:
    if not isinstance(value, list) or not set(map(type, value)) <= {int, float}:
        return False
    return all(map(is_number, value))


def is_number(value: Any) -> TypeGuard[Number]:
    """Whether it is a number that can be calculated with: JSON has whole numbers of any length."""
    return type(value) is float or (type(value) is int and value.bit_length() <= MAX_BITS)


def _flat(value: Any) -> Iterator[Any]:
    """What is in nested lists, in order; without recursion, as a stranger says how deep they are."""
    left = [iter([value])]
    while left:
        for entry in left[-1]:
            if isinstance(entry, list):
                left.append(iter(entry))
                break
            yield entry
        else:
            left.pop()


def _placed(number: Number, between: tuple[float, float] | None) -> Number:
    if between is None:
        return number
    low, high = between
    return 2 * (number - low) / (high - low) - 1


def _check_range(between: tuple[float, float] | None) -> None:
    if between is not None and not between[0] < between[1]:
        raise ValueError(f"a range goes from a number to a larger one, not from {between[0]:g} to {between[1]:g}")


def shown(value: Any) -> str:
    """What stands in a message, for people: as JSON has it, and not longer than a line."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return reprlib.repr(value)


_PLACE = (Field("x"), Field("y"))
