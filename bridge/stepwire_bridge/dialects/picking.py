"""Numbers picked out of a game's JSON and laid out as its observation space has them.

Pure. Knows the forms that a declaration may say; for a space of arrays a pick is one of

    "snake.score"                                     what is there: after each dot a key, or a place in a list
    ["snake.size", "snake.score"]                     the numbers of several picks, one after the other
    {from = "food", fields = ["x", "y"], length = 9}  the fields of each entry of a list: of nine, with zeros where
                                                      there are fewer, and of the first nine where there are more

and for a Dict or Tuple a table or list of picks, one for each part. Knows nothing of messages; whether the result is in
its space is for `outcome` to judge.
"""

from typing import Any

import numpy as np
from gymnasium import spaces as gym_spaces
from gymnasium.spaces import Space

KEYS = {"from", "fields", "length"}

MAX_NUMBERS = 2**20
"""Of a padded list; nothing real has more."""

Number = int | float


class Unpicked(ValueError):
    """The JSON does not hold what is to be picked; the text says what is missing, and where."""


def check(form: Any, space: Space[Any], path: str) -> None:
    """Judge a form before there is anything to pick from.

    Args:
        form: What a declaration says.
        space: What it is for.
        path: What it is called there.

    Raises:
        ValueError: It is none of the forms, or its parts are not those of the space.
    """
    match space:
        case gym_spaces.Dict():
            if not isinstance(form, dict) or set(form) != set(space.spaces):
                raise ValueError(f"{path} is a table with the keys of its space: {', '.join(space.spaces)}")
            for key, part in space.spaces.items():
                check(form[key], part, f"{path}.{key}")
        case gym_spaces.Tuple():
            if not isinstance(form, list) or len(form) != len(space.spaces):
                raise ValueError(f"{path} is a list of {len(space.spaces)}, one for each part of its space")
            for k, part in enumerate(space.spaces):
                check(form[k], part, f"{path}.{k}")
        case _:
            _check_pick(form, path)


def pick(form: Any, said: Any, space: Space[Any]) -> Any:
    """What the form picks out of the JSON, as JSON for a value of the space.

    Raises:
        Unpicked: Something is not there, or is no number.
    """
    match space:
        case gym_spaces.Dict():
            return {key: pick(form[key], said, part) for key, part in space.spaces.items()}
        case gym_spaces.Tuple():
            return [pick(entry, said, part) for entry, part in zip(form, space.spaces, strict=True)]
        case gym_spaces.Box() | gym_spaces.MultiBinary() | gym_spaces.MultiDiscrete():
            found = numbers(form, said)
            return np.asarray(found).reshape(space.shape).tolist() if len(found) == np.prod(space.shape) else found
        case gym_spaces.Discrete():
            found = numbers(form, said)
            return found[0] if len(found) == 1 else found
        case _:
            return at(said, form) if isinstance(form, str) else numbers(form, said)


def at(said: Any, path: str) -> Any:
    """What is at a path such as "snake.body.0.x"; "" is the whole.

    Raises:
        Unpicked: Nothing is.
    """
    found = said
    for name in path.split(".") if path else ():
        match found:
            case dict() if name in found:
                found = found[name]
            case list() if name.isdecimal() and int(name) < len(found):
                found = found[int(name)]
            case _:
                raise Unpicked(f"there is no {path!r} in it")
    return found


def numbers(form: Any, said: Any) -> list[Number]:
    """The numbers that a form other than one of a Dict or Tuple picks, in one row; true and false are 1 and 0.

    Raises:
        Unpicked: Something is not there, or is no number.
    """
    match form:
        case str():
            return _row(at(said, form), form)
        case list():
            return [number for entry in form for number in numbers(entry, said)]
        case _:
            return _padded(form["from"], form["fields"], form["length"], said)


def _padded(path: str, fields: list[Any], length: int, said: Any) -> list[Number]:
    entries, width = at(said, path), _width(fields)
    if not isinstance(entries, list):
        raise Unpicked(f"{path!r} is no list")
    rows = [numbers(fields, entry) for entry in entries[:length]]
    if any(len(row) != width for row in rows):
        raise Unpicked(f"an entry of {path!r} does not have one number for each of its fields")
    return [number for row in rows for number in row] + [0] * (width * (length - len(rows)))


def _row(value: Any, path: str) -> list[Number]:
    if isinstance(value, list):
        return [number for entry in value for number in _row(entry, path)]
    if isinstance(value, (int, float)):  # a bool as well
        return [+value]
    raise Unpicked(f"{path!r} holds {type(value).__name__}, not a number")


def _width(form: Any) -> int:
    match form:
        case str():
            return 1
        case list():
            return sum(map(_width, form))
        case _:
            return int(form["length"]) * _width(form["fields"])


def _check_pick(form: Any, path: str) -> None:
    match form:
        case str():
            return
        case list() if form:
            for k, entry in enumerate(form):
                _check_pick(entry, f"{path}.{k}")
        case {"from": str(), "fields": list(fields), "length": int(length)} if set(form) == KEYS:
            _check_pick(fields, f"{path}.fields")
            if not 0 < length * _width(fields) <= MAX_NUMBERS:
                raise ValueError(f"{path}.length is at least 1, and at most {MAX_NUMBERS} numbers come of it")
        case _:
            raise ValueError(f"{path} is a path, a list of picks, or a table of from, fields and length")
