"""Spaces of every kind, by name, for all tests that need "any space".

    from tests.client_py.codec.catalogue import SPACES, SMALL_SPACES

What an older Gymnasium cannot build is left out there: a Discrete's dtype (1.2), a Dict's sort_keys and a Graph of any
space (1.4).
"""

import inspect
import string
from collections import OrderedDict
from typing import Any

import numpy as np
from gymnasium.spaces import (
    Box,
    Dict,
    Discrete,
    Graph,
    MultiBinary,
    MultiDiscrete,
    OneOf,
    Sequence,
    Space,
    Text,
    Tuple,
)

HAS_DISCRETE_DTYPE = "dtype" in inspect.signature(Discrete).parameters
HAS_SORT_KEYS = "sort_keys" in inspect.signature(Dict).parameters

BOXES: dict[str, Space[Any]] = {
    "box of one float32": Box(-1.0, 1.0),
    "box of no dimensions": Box(0.0, 2.5, shape=()),
    "box of no dimensions, int64": Box(-3, 3, shape=(), dtype=np.int64),
    "box of no dimensions, from arrays": Box(np.array(-1.0), np.array(np.inf), dtype=np.float64),
    "box of no elements": Box(0, 1, shape=(0,)),
    "box with an axis of no length": Box(0, 1, shape=(2, 0, 3), dtype=np.float64),
    "box float16": Box(-2, 2, shape=(3,), dtype=np.float16),
    "box float64 of own bounds": Box(np.array([-1.0, 0.0, 5.0]), np.array([1.0, 0.25, 5.0]), dtype=np.float64),
    "box float32 without bounds": Box(-np.inf, np.inf, shape=(2, 3)),
    "box float64 bounded below": Box(0, np.inf, shape=(4,), dtype=np.float64),
    "box float64 bounded above": Box(-np.inf, 0, shape=(4,), dtype=np.float64),
    "box float32 of mixed bounds": Box(
        np.array([-np.inf, -1, -np.inf, 0], np.float32), np.array([np.inf, 1, 0, np.inf], np.float32)
    ),
    "box of largest floats": Box(np.finfo(np.float32).min, np.finfo(np.float32).max, shape=(2,)),
    "box of negative zero": Box(np.array([-0.0, 0.0]), np.array([1.0, 1.0]), dtype=np.float64),
    "box bool": Box(0, 1, shape=(3,), dtype=np.bool_),
    "box bool of own bounds": Box(np.array([False, True]), np.array([True, True]), dtype=np.bool_),
    "box int8": Box(-128, 127, shape=(5,), dtype=np.int8),
    "box int16": Box(-5, 5, shape=(2, 2), dtype=np.int16),
    "box int32 without bounds": Box(-np.inf, np.inf, shape=(3,), dtype=np.int32),
    "box int64 without bounds": Box(-np.inf, np.inf, shape=(3,), dtype=np.int64),
    "box int32 bounded below": Box(0, np.inf, shape=(3,), dtype=np.int32),
    "box int16 of mixed bounds": Box(np.array([-np.inf, 0.0, -7.0]), np.array([3.0, np.inf, 7.0]), dtype=np.int16),
    "box uint8 picture": Box(0, 255, shape=(12, 16, 3), dtype=np.uint8),
    "box uint16": Box(0, 65535, shape=(2,), dtype=np.uint16),
    "box uint32": Box(1, 9, shape=(2,), dtype=np.uint32),
    "box uint64": Box(0, 2**40, shape=(2,), dtype=np.uint64),
    "box of six axes": Box(-1, 1, shape=(1, 2, 1, 2, 1, 2)),
}

NUMBERS: dict[str, Space[Any]] = {
    "discrete": Discrete(5),
    "discrete of one": Discrete(1),
    "discrete from below zero": Discrete(7, start=-3),
    "discrete beyond int32": Discrete(2**40, start=2**33),
    "multi discrete": MultiDiscrete([3, 4]),
    "multi discrete of one": MultiDiscrete([2]),
    "multi discrete from elsewhere": MultiDiscrete([3, 4, 5], start=[-1, 0, 100]),
    "multi discrete of two axes": MultiDiscrete(np.array([[2, 3], [4, 5]]), start=np.array([[0, -1], [5, 9]])),
    "multi discrete of no dimensions": MultiDiscrete(np.array(4)),
    "multi discrete int32": MultiDiscrete([5, 6], dtype=np.int32),
    "multi discrete uint8 of three axes": MultiDiscrete(np.full((2, 1, 2), 9, np.uint8), dtype=np.uint8),
    "multi binary flat": MultiBinary(8),
    "multi binary of one axis": MultiBinary([3]),
    "multi binary of two axes": MultiBinary((2, 3)),
}

TEXTS: dict[str, Space[Any]] = {
    "text": Text(6),
    "text that may be empty": Text(3, min_length=0, charset=string.digits),
    "text of one length": Text(4, min_length=4, charset=string.ascii_lowercase),
    "text of a charset in its own order": Text(5, charset="zebra9 A"),
    "text of a set": Text(5, charset=frozenset("qwerty")),
    "text beyond ASCII": Text(5, charset="é漢字🐍\n\0"),
}

DICTS: dict[str, Space[Any]] = {
    "dict": Dict({"position": Box(-1, 1, shape=(2,)), "lives": Discrete(3)}),
    "dict in its own order": Dict([("z", Discrete(2)), ("a", Discrete(3)), ("m", MultiBinary(2))]),
    "dict ordered": Dict(OrderedDict([("b", Box(0, 1)), ("a", Box(0, 2))])),
    "dict of nothing": Dict({}),
    "dict of odd names": Dict({"": Discrete(2), "a.b": Discrete(2), "ключ": Discrete(2), "with space": Discrete(2)}),
    "dict of dicts": Dict({"outer": Dict({"inner": Dict({"leaf": Box(0, 1, (2,)), "n": Discrete(4)})})}),
    "dict of every leaf": Dict(
        box=Box(0, 1, (2, 2)), discrete=Discrete(3), many=MultiDiscrete([2, 3]), bits=MultiBinary(3), text=Text(4)
    ),
}

TUPLES: dict[str, Space[Any]] = {
    "tuple": Tuple((Discrete(4), Box(-1, 1, shape=(3,)))),
    "tuple of one": Tuple([Box(0, 255, (2, 2), np.uint8)]),
    "tuple of nothing": Tuple([]),
    "tuple of tuples": Tuple((Tuple((Discrete(2), Discrete(3))), Tuple((MultiBinary(2), Tuple((Box(0, 1),)))))),
    "tuple of dicts": Tuple((Dict(a=Discrete(2)), Dict(b=Box(0, 1, (2,)), c=Text(3)))),
}

ONE_OFS: dict[str, Space[Any]] = {
    "one of": OneOf([Discrete(3), Box(0, 1, shape=(2,))]),
    "one of one": OneOf([Discrete(3)]),
    "one of many": OneOf([Text(3), MultiBinary(2), Tuple((Discrete(2), Discrete(2))), Dict(a=Box(0, 1))]),
    "one of one ofs": OneOf([OneOf([Discrete(2), Discrete(3)]), Discrete(4)]),
}

SEQUENCES: dict[str, Space[Any]] = {
    "sequence": Sequence(Box(-1, 1, shape=(2,))),
    "sequence of numbers": Sequence(Discrete(5, start=1)),
    "sequence of texts": Sequence(Text(3)),
    "sequence of dicts": Sequence(Dict(a=Discrete(3), b=Box(0, 1, (2,)))),
    "sequence of sequences": Sequence(Sequence(Discrete(4))),
    "sequence stacked": Sequence(Box(-1, 1, shape=(2,)), stack=True),
    "sequence of numbers, stacked": Sequence(Discrete(5), stack=True),
    "sequence of dicts, stacked": Sequence(Dict(a=Discrete(3), b=Box(0, 1, (2,))), stack=True),
    "sequence of tuples, stacked": Sequence(Tuple((Discrete(3), MultiBinary(2))), stack=True),
}

GRAPHS: dict[str, Space[Any]] = {
    "graph": Graph(Box(-1, 1, shape=(3,)), Discrete(4)),
    "graph without edge space": Graph(Discrete(6), None),
    "graph of pictures": Graph(Box(0, 255, (2, 2, 3), np.uint8), Box(-np.inf, np.inf, (1,))),
    "dict of graphs": Dict(left=Graph(Discrete(3), Discrete(2)), right=Graph(Box(0, 1, (2,)), None)),
}

NEWER: dict[str, Space[Any]] = {}
if HAS_DISCRETE_DTYPE:
    NEWER |= {
        f"discrete {name}": Discrete(5, start=2, dtype=getattr(np, name))
        for name in ("int8", "int16", "int32", "uint8", "uint16", "uint32", "uint64")
    }
if HAS_SORT_KEYS:
    NEWER |= {
        "dict that sorts nothing": Dict({"z": Discrete(2), "a": Discrete(3)}, sort_keys=False),
        "dict of graphs of anything": Dict(
            {
                "dicts": Graph(Dict(a=Discrete(3), b=Box(0, 1, (2,))), Tuple((Discrete(2), MultiBinary(2)))),
                "bits": Graph(MultiBinary(3), MultiDiscrete([2, 2])),
            }
        ),
    }

NESTED: dict[str, Space[Any]] = {
    "everything": Dict(
        {
            "board": Box(0, 8, (4, 4), np.uint8),
            "hands": Tuple((Sequence(Discrete(52)), Sequence(Discrete(52), stack=True))),
            "move": OneOf([Discrete(4), Dict(spell=Text(8), power=Box(0, np.inf, (), np.float64))]),
            "map": Graph(Box(-1, 1, (2,)), Discrete(3)),
            "flags": MultiBinary([2, 2]),
            "counts": MultiDiscrete([[3, 4], [5, 6]], start=[[1, 1], [-1, -1]]),
        }
    ),
}

SPACES: dict[str, Space[Any]] = BOXES | NUMBERS | TEXTS | DICTS | TUPLES | ONE_OFS | SEQUENCES | GRAPHS | NEWER | NESTED

SMALL_SPACES: dict[str, Space[Any]] = {
    name: SPACES[name]
    for name in (
        "box float32 of mixed bounds",
        "box uint8 picture",
        "discrete from below zero",
        "multi discrete from elsewhere",
        "multi binary of two axes",
        "text",
        "dict of every leaf",
        "tuple of tuples",
        "one of",
        "sequence",
        "graph",
    )
}
"""One or two of each kind, for tests that take long with each space."""
