"""Values and spaces as classic Gymie says them, always as valid JSON. Pure.

JSON has no word for numbers that are not finite, and JavaScript's `Number()` reads these as text: they are said as
"Infinity", "-Infinity" and "NaN".
"""

import base64
import json
import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from gymnasium import spaces as gym_spaces

from stepwire_bridge import spaces
from stepwire_bridge.spaces import BadSpace

README_DISCRETE: Final = "Discreate"
"""As Gymie's README spells it; its code says Discrete."""


def text(value: Any) -> str:
    """A value as JSON, written as Python's json writes it.

    Raises:
        TypeError: A value that JSON has no form for.
    """
    return json.dumps(said(value), allow_nan=False)


def said(value: Any) -> Any:
    """The value in what JSON can hold.

    Raises:
        TypeError: A value that JSON has no form for, such as a set.
    """
    match value:
        case None | bool() | str():
            return value
        case float():
            return _number(value)
        case int():
            return int(value)
        case np.ndarray():
            return _listed(value)
        case np.generic():
            return said(value.item())
        case tuple() if hasattr(value, "_asdict"):
            return said(value._asdict())
        case Mapping():
            return {str(key): said(entry) for key, entry in value.items()}
        case list() | tuple():
            return [said(entry) for entry in value]
        case bytes() | bytearray():
            return base64.b64encode(value).decode()
        case _:
            raise TypeError(f"JSON has no form for a {type(value).__name__}")


def space_form(space: gym_spaces.Space[Any], *, readme: bool = False) -> dict[str, Any]:
    """A space as Gymie's code describes it, or with the names and fields of its README.

    Kinds that Gymie only named have fields here: MultiDiscrete its `nvec`, Tuple and Dict their `spaces`, and others
    those of docs/game-protocol.md. A kind that is nobody's has its name alone.
    """
    name = type(space).__name__
    match space:
        case gym_spaces.Discrete():
            start = {"start": int(space.start)} if space.start else {}
            return {"name": README_DISCRETE if readme else "Discrete", "n": int(space.n), **start}
        case gym_spaces.Box():
            low, high = (said(bound.astype(np.float64)) for bound in (space.low, space.high))
            return {"name": "Box", "shape": list(space.shape), "low": low, "high": high}
        case gym_spaces.MultiBinary():
            n = said(space.n) if isinstance(space.n, int) else list(space.shape)
            bounds = {"low": [0], "high": [1]} if readme else {}
            return {"name": "MultiBinary", "n": n, "shape": list(space.shape), **bounds}
        case gym_spaces.MultiDiscrete():
            start = {"start": space.start.tolist()} if space.start.any() else {}
            return {"name": "MultiDiscrete", "nvec": space.nvec.tolist(), "shape": list(space.shape), **start}
        case gym_spaces.Tuple():
            return {"name": "Tuple", "spaces": [space_form(part, readme=readme) for part in space.spaces]}
        case gym_spaces.Dict():
            parts = {str(key): space_form(part, readme=readme) for key, part in space.spaces.items()}
            return {"name": "Dict", "spaces": parts}
        case _:
            return {"name": name, **_other(space)}


def _other(space: gym_spaces.Space[Any]) -> dict[str, Any]:
    try:
        form: dict[str, Any] = said(spaces.write(space))
    except BadSpace:
        return {}
    return {field: value for field, value in form.items() if field != "type"}


def _listed(array: np.ndarray[Any, Any]) -> Any:
    if array.dtype.kind in "iub" or (array.dtype.kind == "f" and np.isfinite(array).all()):
        return array.tolist()
    return said(array.tolist())


def _number(value: float) -> Any:
    if math.isfinite(value):
        return float(value)
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
