"""Numbers picked out of a game's JSON and laid out as its observation space has them.

Pure. What is picked is for a declaration to say, in the forms of `picks`. Knows nothing of messages; whether the result
is in its space is for `outcome` to judge.
"""

import math
import reprlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeGuard

import numpy as np
from gymnasium.spaces import Space

from stepwire_bridge.dialects.picks import Pick, compiled, names, roots

MAX_BITS = 64
"""Of a whole number."""

Number = int | float


class Unpicked(ValueError):
    """The JSON does not hold what is to be picked; the text says what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Picker:
    """What a declaration picks for an observation; made by `picker`.

    Attributes:
        space: The observations'.
        form: Compiled: a tuple of picks for a space of numbers, a path for others, and a dict or list of these for a
            Dict or Tuple.
        roots: The keys of a message without which there is nothing to pick from.
        values: Numbers for words.
        null: A number for null; None where there may be none.
    """

    space: Space[Any]
    form: Any
    roots: frozenset[str]
    values: Mapping[str, float]
    null: float | None

    def is_in(self, said: Mapping[str, Any]) -> bool:
        """Whether a message has an observation: what is null is not there."""
        return all(said.get(root) is not None for root in self.roots)

    def pick(self, said: Any) -> Any:
        """The observation in the JSON, as JSON for a value of the space. True and false are 1 and 0.

        Raises:
            Unpicked: Something is not there, or is no number and stands for none.
        """
        return self._value(self.form, self.space, said)

    def _value(self, form: Any, space: Any, said: Any) -> Any:
        match form:
            case tuple():
                return _shaped(self._row(form, said, ""), space.shape)
            case str():
                return at(said, form)
            case dict():
                return {key: self._value(form[key], part, said) for key, part in space.spaces.items()}
            case _:
                return [self._value(entry, part, said) for entry, part in zip(form, space.spaces, strict=True)]

    def _row(self, picks: Sequence[Pick], said: Any, where: str) -> list[Number]:
        if len(picks) == 1:
            return self._numbers(picks[0], said, where)
        found: list[Number] = []
        for pick in picks:
            found += self._numbers(pick, said, where)
        return found

    def _numbers(self, pick: Pick, said: Any, where: str) -> list[Number]:
        """What a pick comes to in a part of the message, whose name and a dot are `where`."""
        name = where + pick.from_ if pick.from_ else where[:-1]
        value = _reached(said, pick.names, name)
        if not pick.fields:
            found = self._all(value, name) if type(value) is list else [self._one(value, name)]
            return found if pick.range is None else [_placed(number, *pick.range) for number in found]
        if pick.length is None:
            return self._row(pick.fields, value, f"{name}.")
        return self._objects(pick, value, name, self._chosen(pick, value, name, said, where))

    def _objects(self, pick: Pick, objects: Any, name: str, places: Sequence[int]) -> list[Number]:
        found: list[Number] = []
        for place in places:
            row = self._row(pick.fields, objects[place], f"{name}.{place}.")
            if len(row) != pick.entry_width:
                raise Unpicked(f"{name}.{place} does not have one number for each of its fields")
            found += row
        return found + [pick.fill] * (pick.width - len(found))

    def _chosen(self, pick: Pick, objects: Any, name: str, said: Any, where: str) -> Sequence[int]:
        """The places of the objects that are read."""
        if not isinstance(objects, list):
            raise Unpicked(f"{name} is {shown(objects)}, expected a list")
        places = range(len(objects))
        if not pick.nearest_to or places == places[: pick.length]:
            return places[: pick.length]
        x, y = self._point(at(said, pick.nearest_to, where), where + pick.nearest_to)

        def distance(place: int) -> float:
            its_x, its_y = self._point(objects[place], f"{name}.{place}")
            return math.hypot(its_x - x, its_y - y)

        return sorted(sorted(places, key=distance)[: pick.length])

    def _point(self, value: Any, name: str) -> list[Number]:
        row = self._row(_POINT, value, f"{name}.")
        if len(row) != len(_POINT):
            raise Unpicked(f"{name} does not have one number at x and one at y")
        return row

    # ── what a number is ─────────────────────────────────────────────────────────────────────────────────────────────

    def _all(self, value: list[Any], name: str) -> list[Number]:
        while (kinds := set(map(type, value))) == {list}:
            value = [*chain.from_iterable(value)]  # a board: as quick as a list of its numbers, nearly
        if kinds <= {int, float} and (not value or (min(value) >= -_LARGEST and max(value) <= _LARGEST)):
            return value  # nearly every game
        return [self._number(entry, place, name) for place, entry in enumerate(_flat(value))]

    def _one(self, value: Any, name: str) -> Number:
        if is_number(value):
            return value
        if value is None and self.null is None:
            raise Unpicked(f"{name!r} is null, expected {self._expected()}")
        return self._number(value, 0, name)

    def _number(self, value: Any, place: int, name: str) -> Number:
        match value:
            case bool():
                return int(value)
            case int() | float() if is_number(value):
                return value
            case None if self.null is not None:
                return self.null
            case str() if value in self.values:
                return self.values[value]
        raise Unpicked(f"value {place} of {name} is {shown(value)}, expected {self._expected()}")

    def _expected(self) -> str:
        words = [*map(repr, self.values), *(["null"] if self.null is not None else [])]
        return f"a number, {', '.join(words)}" if words else "a number"


def picker(
    form: Any, space: Space[Any], path: str, values: Mapping[str, float] | None = None, null: float | None = None
) -> Picker:
    """Judge a form before there is anything to pick from, and make it ready.

    Args:
        form: What a declaration says.
        space: The observations'.
        path: What the form is called there.
        values: Numbers for the words among those picked.
        null: A number for the nulls among them.

    Raises:
        ValueError: It is none of the forms, or its parts are not those of the space; the text says where.
    """
    judged = compiled(form, space, path)
    return Picker(space, judged, frozenset(roots(judged)), values or {}, null)


def at(said: Any, path: str, where: str = "") -> Any:
    """What is at a path such as "snake.body.0.x"; "" is the whole.

    Args:
        said: Where the path begins.
        path: After each dot a key, or a place in a list.
        where: What stands before the path where it is named.

    Raises:
        Unpicked: Nothing is.
    """
    return _reached(said, names(path), where + path)


def is_number(value: Any) -> TypeGuard[Number]:
    """Whether it is a number that can be calculated with: JSON has whole numbers of any length."""
    return type(value) is float or (type(value) is int and value.bit_length() <= MAX_BITS)


def shown(value: Any) -> str:
    """What stands in a message, for people: as JSON has it, and not longer than a line."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return reprlib.repr(value)


# ── what is there ────────────────────────────────────────────────────────────────────────────────────────────────────


def _reached(said: Any, names: Sequence[str], path: str) -> Any:
    found = said
    for name in names:
        if type(found) is dict and name in found:
            found = found[name]
        elif type(found) is list and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        else:
            raise Unpicked(f"there is no {path!r} in it")
    return found


def _flat(value: list[Any]) -> Iterator[Any]:
    """What is in nested lists, in order; without recursion, as a stranger says how deep they are."""
    left = [iter(value)]
    while left:
        for entry in left[-1]:
            if isinstance(entry, list):
                left.append(iter(entry))
                break
            yield entry
        else:
            left.pop()


def _placed(number: Number, low: float, high: float) -> float:
    return 2 * (number - low) / (high - low) - 1


def _shaped(found: list[Number], shape: tuple[int, ...]) -> Any:
    """The numbers in the shape of their space; too few or too many are left as they are."""
    if len(shape) == 1 or len(found) != math.prod(shape):
        return found
    return np.asarray(found).reshape(shape).tolist() if shape else found[0]


_POINT = (Pick("x"), Pick("y"))
_LARGEST = 2**MAX_BITS - 1
