"""What a declaration may say of the numbers that are picked out of a game's JSON, judged and compiled.

Pure. The forms are those of docs/declared-games.md: a path, a list of picks, or a table; for a Dict or Tuple one for
each part. Knows nothing of what a game says: `picking` picks.
"""

import math
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import msgspec
from gymnasium import spaces as gym_spaces
from gymnasium.spaces import Space

MAX_NUMBERS = 2**20
"""Of a padded list; nothing real has more."""


class Pick(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What is at a path, and the numbers that it comes to.

    Attributes:
        from_: The path: after each dot a key, or a place in a list; "" is the whole.
        fields: What is picked of the object that is there; () where it is numbers itself, however nested.
        length: How many objects, where there is a list of them; None for a single object.
        fill: What stands for each number of the objects that the list has too few.
        nearest_to: The path to an `x` and a `y` from which distances are taken, where the list has too many objects:
            the nearest are picked, in the list's order. "" picks the first.
        range: The lowest and highest number, which become -1 and 1; None leaves the numbers as they are.
    """

    from_: str = msgspec.field(name="from")
    fields: "tuple[Pick, ...]" = ()
    length: int | None = None
    fill: float = 0
    nearest_to: str = ""
    range: tuple[float, float] | None = None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The path, name by name."""
        return names(self.from_)

    @cached_property
    def entry_width(self) -> int:
        """How many numbers an object comes to, if each path leads to one."""
        return sum(field.width for field in self.fields)

    @cached_property
    def width(self) -> int:
        """How many it comes to itself."""
        return (1 if self.length is None else self.length) * self.entry_width if self.fields else 1


def compiled(form: Any, space: Space[Any], path: str) -> Any:
    """Judge a form before there is anything to pick from, and make it ready.

    Args:
        form: What a declaration says.
        space: What it is for.
        path: What it is called there.

    Returns:
        For a Dict or Tuple a dict or list of what its parts have, for a space of numbers a tuple of picks, and for
        others a path.

    Raises:
        ValueError: It is none of the forms, or its parts are not those of the space; the text says where.
    """
    match space:
        case gym_spaces.Dict():
            if isinstance(form, str):
                form = {key: _within(form, key) for key in space.spaces}
            if not isinstance(form, dict) or set(form) != set(space.spaces):
                keys = ", ".join(space.spaces)
                raise ValueError(f"{path} is a table with the keys of its space: {keys}; or a path to what has them")
            return {key: compiled(form[key], part, f"{path}.{key}") for key, part in space.spaces.items()}
        case gym_spaces.Tuple():
            if isinstance(form, str):
                form = [_within(form, str(k)) for k in range(len(space.spaces))]
            if not isinstance(form, list) or len(form) != len(space.spaces):
                raise ValueError(f"{path} is a list of {len(space.spaces)}, one for each part of its space; or a path")
            return [compiled(form[k], part, f"{path}.{k}") for k, part in enumerate(space.spaces)]
        case _ if space.shape is not None:
            return _picks(form, path)
        case _ if isinstance(form, str):
            return form
        case _:
            kind = type(space).__name__
            raise ValueError(f"{path} is a path, since the {kind} in the observation_space is not made of numbers")


def _picks(form: Any, path: str) -> tuple[Pick, ...]:
    match form:
        case str():
            return (Pick(form),)
        case list() if form:
            return tuple(pick for k, entry in enumerate(form) for pick in _picks(entry, f"{path}.{k}"))
        case dict():
            fields = {"fields": _picks(form["fields"], f"{path}.fields")} if "fields" in form else {}
            try:
                pick = msgspec.convert(form | fields, Pick)
            except msgspec.ValidationError as error:
                raise ValueError(f"{path}: {error}") from error
            _check(pick, path)
            return (pick,)
        case _:
            raise ValueError(f"{path} is a path, a list of picks, or a table with from")


def _check(pick: Pick, path: str) -> None:
    name = f"{path}, from {pick.from_}"
    if pick.fields and pick.range is not None:
        raise ValueError(f"{name}: a range is that of a field where there are fields")
    if not pick.fields and pick.length is not None:
        raise ValueError(f"{name}: a length is one of objects, whose fields are missing here")
    if pick.length is None and (pick.fill or pick.nearest_to):
        raise ValueError(f"{name}: fill and nearest_to are for a list of objects, whose length is missing here")
    if pick.length is not None and not (pick.length > 0 and pick.width <= MAX_NUMBERS):
        raise ValueError(f"{path}.length is at least 1, and at most {MAX_NUMBERS} numbers come of it")
    if pick.range is not None and not 0 < pick.range[1] - pick.range[0] < math.inf:
        low, high = pick.range
        raise ValueError(f"{path}: a range goes from a number to a larger one, not from {low:g} to {high:g}")


def roots(form: Any) -> Iterator[str]:
    """The keys of a message where the paths of a compiled form begin."""
    match form:
        case str():
            yield from names(form)[:1]
        case Pick():
            yield from form.names[:1]
        case _:
            for part in form.values() if isinstance(form, dict) else form:
                yield from roots(part)


def _within(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def names(path: str) -> tuple[str, ...]:
    """The keys and places of a path, in order."""
    return tuple(path.split(".")) if path else ()
