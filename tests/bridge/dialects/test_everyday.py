"""The short way reads what the long way reads, and leaves to it whatever is not quite everyday."""

import json
from typing import Any

import msgspec
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence

from stepwire_bridge.dialects.everyday import read_everyday
from stepwire_bridge.dialects.native import Native
from stepwire_bridge.messages import BadMessage, State

SEEN = np.arange(12, dtype=np.float32).reshape(2, 6)


def place(dtype: str, shape: list[int], offset: int) -> dict[str, Any]:
    return {"$array": {"dtype": dtype, "shape": shape, "offset": offset}}


EVERYDAY: dict[str, Any] = {
    "type": "state", "id": 3, "instances": [0, 1], "observations": place("float32", [2, 6], 0),
    "rewards": [1.5, 0.5], "terminated": [False, True], "truncated": [False, False],
}  # fmt: skip

SECTION = SEEN.tobytes() + np.float64([2, 3]).tobytes() + b"\x00\x01" + bytes(6) + b"\x02\x00" + bytes(6)


def frame(header: dict[str, Any], section: bytes = SECTION) -> bytes:
    text = json.dumps(header).encode()
    data = len(text).to_bytes(4, "little") + text
    return data + bytes(-len(data) % 8) + section


def long_way(data: bytes) -> Any:
    native = Native()
    native.decode(frame(EVERYDAY | {"odd": {"$number": "NaN"}, "finals": []}))  # from now on it tries no short way
    return native.decode(data)


WITHOUT = {key: value for key, value in EVERYDAY.items() if key not in ("rewards", "terminated", "truncated")}


@pytest.mark.parametrize(
    "header",
    [
        EVERYDAY,
        WITHOUT,
        dict(reversed(EVERYDAY.items())),
        EVERYDAY | {"infos": [{"score": 1, "name": "x"}, {}]},
        EVERYDAY | {"info_columns": {"score": [1, 2.5], "none": [None, True]}},
        EVERYDAY | {"info_columns": {"score": place("float64", [2], 48), "name": ["a", "b"]}},
        EVERYDAY
        | {
            "rewards": place("float64", [2], 48),
            "terminated": place("bool", [2], 64),
            "truncated": place("bool", [2], 72),
        },
    ],
    ids=["plain", "after a reset", "in another order", "infos", "columns", "columns in arrays", "arrays"],
)
def test_the_everyday_is_read_as_on_the_long_way(header: dict[str, Any]) -> None:
    short, long = read_everyday(frame(header)), long_way(frame(header))
    assert isinstance(short, State)
    assert data_equivalence(msgspec.structs.asdict(short), msgspec.structs.asdict(long))
    assert not short.observations.flags.writeable


@pytest.mark.parametrize(
    "change",
    [
        {"observations": [[1], [2]]},
        {"observations": {"a": place("float32", [2, 6], 0)}},
        {"rewards": [{"$number": "NaN"}, 1]},
        {"rewards": ["x", 1]},
        {"rewards": [True, 1]},
        {"terminated": [0, 1]},
        {"infos": [{"more": [1]}, {}]},
        {"infos": [{"$number": "1"}, {}], "finals": []},
        {"info_columns": {"more": [[1], 2]}},
        {"finals": [{"instance": 1, "observation": place("float32", [6], 0)}]},
        {"mood": "good"},
        {"id": -1},
        {"type": "frame"},
    ],
    ids=str,
)
def test_whatever_is_odd_is_left_to_the_long_way(change: dict[str, Any]) -> None:
    assert read_everyday(frame(EVERYDAY | change)) is None


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"\xff\xff\xff\xff{}", frame(EVERYDAY)[:60], b"\x02\x00\x00\x00\xff\xff"]
)
def test_what_is_no_frame_is_left_to_the_long_way(data: bytes) -> None:
    assert read_everyday(data) is None


@pytest.mark.parametrize(
    "place",
    [place("float32", [2, 600], 0), place("object", [2], 0), place("uint8", [1], 4), place("uint8", [1], -8)],
    ids=str,
)
def test_an_array_that_cannot_be_is_a_bad_message(place: Any) -> None:
    for field in ("observations", "rewards"):
        with pytest.raises(BadMessage):
            read_everyday(frame(EVERYDAY | {field: place}))


def test_after_the_first_odd_state_a_dialect_takes_the_long_way_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = list[bytes]()

    def trying(data: bytes) -> State | None:
        tried.append(data)
        return read_everyday(data)

    monkeypatch.setattr("stepwire_bridge.dialects.native.read_everyday", trying)
    native = Native()
    for header in (EVERYDAY, EVERYDAY | {"mood": "good"}, EVERYDAY, EVERYDAY):
        assert isinstance(native.decode(frame(header)), State)
    assert len(tried) == 2
