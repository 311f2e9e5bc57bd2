"""Every message has one form in text and one in binary frames, and what a stranger sends is read with care."""

import json
import math
from typing import Any

import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_np

from stepwire_bridge.dialects.native import MAX_NESTING, Native
from stepwire_bridge.messages import (
    BadMessage,
    Bye,
    Close,
    Fault,
    Final,
    Frame,
    Hello,
    Limits,
    Ping,
    Pong,
    Render,
    Reset,
    State,
    Step,
    Welcome,
)  # fmt: skip
from tests.bridge.toy import hello

CASES: list[tuple[Any, dict[str, Any]]] = [
    (Ping(), {"type": "ping"}),
    (Pong(), {"type": "pong"}),
    (Bye(), {"type": "bye"}),
    (Bye("done"), {"type": "bye", "reason": "done"}),
    (Fault("SILENT", "too late"), {"type": "fault", "code": "SILENT", "message": "too late"}),
    (
        Fault("GAME_ERROR", "x", id=3, instances=[1]),
        {"type": "fault", "code": "GAME_ERROR", "message": "x", "id": 3, "instances": [1]},
    ),
    (State(1, [0], [[1.5, 2]]), {"type": "state", "id": 1, "instances": [0], "observations": [[1.5, 2]]}),
    (
        State(2, [0, 1], {"a": [1, 2]}, [0.5, 1], [False, True], [False, False], [{}, {"n": 1}], [Final(1, {"a": 3})]),
        {
            "type": "state", "id": 2, "instances": [0, 1], "observations": {"a": [1, 2]}, "rewards": [0.5, 1],
            "terminated": [False, True], "truncated": [False, False], "infos": [{}, {"n": 1}],
            "finals": [{"instance": 1, "observation": {"a": 3}}],
        },
    ),
    (
        State(3, [0, 1], [1, 2], info_columns={"n": [1, 2], "name": ["a", None]}),
        {
            "type": "state", "id": 3, "instances": [0, 1], "observations": [1, 2],
            "info_columns": {"n": [1, 2], "name": ["a", None]},
        },
    ),
    (
        Frame(4, 0, "text", "@"),
        {"type": "frame", "id": 4, "instance": 0, "encoding": "text", "data": "@"},
    ),
    (
        Frame(4, 0, "png", b"\x00\xff"),
        {"type": "frame", "id": 4, "instance": 0, "encoding": "png", "data": {"$bytes": "AP8="}},
    ),
]  # fmt: skip
"""Messages that games send, and their text: read one way and written the other."""

TO_GAMES: list[tuple[Any, dict[str, Any]]] = [
    (
        Welcome(1, Limits(10, 5, 15)),
        {
            "type": "welcome", "protocol": 1,
            "limits": {"max_message_bytes": 10, "heartbeat_seconds": 5, "silence_seconds": 15},
        },
    ),
    (
        Welcome(1, Limits(10, 5, 15), info_columns=True),
        {
            "type": "welcome", "protocol": 1, "info_columns": True,
            "limits": {"max_message_bytes": 10, "heartbeat_seconds": 5, "silence_seconds": 15},
        },
    ),
    (Reset(1, [0], [None]), {"type": "reset", "id": 1, "instances": [0], "seeds": [None]}),
    (
        Reset(1, [0], [2**53], {"v": np.float32([1, math.nan]), "n": np.int8(4), "b": b"x"}),
        {
            "type": "reset", "id": 1, "instances": [0], "seeds": [{"$number": "9007199254740992"}],
            "options": {
                "v": {"$array": {"dtype": "float32", "shape": [2], "data": [1, {"$number": "NaN"}]}},
                "n": 4, "b": {"$bytes": "eA=="},
            },
        },
    ),
    (Step(2, [0, 1], np.int64([1, 2])), {"type": "step", "id": 2, "instances": [0, 1], "actions": [1, 2]}),
    (
        Step(2, [0], {"a": np.float64([[math.inf]]), "b": ("x",)}, [0], True),
        {
            "type": "step", "id": 2, "instances": [0], "reset_instead": [0], "reset_after": True,
            "actions": {"a": [[{"$number": "Infinity"}]], "b": ["x"]},
        },
    ),
    (Render(3, [0], "ansi"), {"type": "render", "id": 3, "instances": [0], "mode": "ansi"}),
    (Close([0, 1]), {"type": "close", "instances": [0, 1]}),
]  # fmt: skip


@pytest.mark.parametrize(("message", "form"), CASES + TO_GAMES)
def test_a_message_is_written_as_its_form(message: Any, form: dict[str, Any]) -> None:
    text = Native().encode(message)
    assert isinstance(text, str)
    assert json.loads(text, parse_constant=pytest.fail) == form


@pytest.mark.parametrize(("message", "form"), CASES)
def test_the_form_is_read_as_the_message(message: Any, form: dict[str, Any]) -> None:
    assert Native().decode(json.dumps(form)) == message


def test_a_hello_is_read_with_its_defaults_and_unknown_fields_are_ignored() -> None:
    said = Native().decode(
        '{"type": "hello", "protocol": 1, "name": "x", "observation_space": 1, "action_space": 2, "mood": "good"}'
    )
    assert said == Hello(1, "x", 1, 2)


# ── binary frames ────────────────────────────────────────────────────────────────────────────────────────────────────


def reading() -> Native:
    """The dialect of a game that reads binary frames."""
    native = Native()
    native.decode(Native().encode(hello(binary=True)))
    return native


def test_only_a_game_that_said_so_gets_binary_frames() -> None:
    step = Step(1, [0], np.zeros((1, 100), np.float32))
    assert isinstance(Native().encode(step), str)
    assert isinstance(reading().encode(step), bytes)


@pytest.mark.parametrize("actions", [np.zeros((1, 10), np.float32), np.zeros(256, np.int64)], ids=["few", "whole"])
def test_few_fractions_and_some_whole_numbers_stay_text(actions: Any) -> None:
    assert isinstance(reading().encode(Step(1, [0], actions)), str)


def test_the_arrays_of_a_frame_lie_aligned_behind_the_header() -> None:
    odd, even = np.arange(77, dtype=np.uint8), np.arange(60, dtype=np.float64)
    data = reading().encode(Step(1, [0], {"odd": odd, "even": even}))
    assert isinstance(data, bytes)
    length = int.from_bytes(data[:4], "little")
    header, start = json.loads(data[4 : 4 + length]), (4 + length + 7) // 8 * 8
    assert header["actions"] == {
        "odd": {"$array": {"dtype": "uint8", "shape": [77], "offset": 0}},
        "even": {"$array": {"dtype": "float64", "shape": [60], "offset": 80}},
    }
    assert data[start : start + 77] == odd.tobytes()
    assert data[start + 80 : start + 560] == even.tobytes()


DTYPES = [np.bool_, *(np.dtype(f"{kind}{size}") for kind in "iu" for size in (1, 2, 4, 8)), "f2", "f4", "f8"]


@example(np.array([1, 2**64 - 1], np.uint64), False)  # numpy reads these two in a list as floats
@given(
    st.sampled_from(DTYPES).flatmap(lambda dtype: st_np.arrays(dtype, st_np.array_shapes(min_dims=0, min_side=0))),
    st.booleans(),
)
def test_any_array_comes_through_a_frame_and_through_tagged_text(array: Any, binary: bool) -> None:
    native = Native()
    native.binary = binary
    padding = np.zeros(64, np.uint8)  # makes the message large enough for a frame
    sent = State(1, [0], None, infos=[{"value": array, "padding": padding}])
    (info,) = Native().decode(native.encode(sent)).infos  # type: ignore[union-attr]
    assert data_equivalence(info["value"], array) or np.array_equal(
        info["value"], array, equal_nan=array.dtype.kind == "f"
    )
    assert info["value"].dtype == array.dtype


KEYS = st.text().filter(lambda key: not key.startswith("$"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=10,
)


@given(JSON)
def test_any_info_comes_through(value: Any) -> None:
    sent = State(1, [0], None, infos=[{"value": value}])
    assert Native().decode(Native().encode(sent)) == sent


@given(st.binary() | st.text())
def test_garbage_is_a_bad_message_and_nothing_else(data: str | bytes) -> None:
    with pytest.raises(BadMessage):
        Native().decode(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("[1]", "object"),
        ('{"type": "state"}', "id"),
        ('{"type": "dance"}', "dance"),
        ('{"no": "type"}', "type"),
        ('{"type": "state", "id": "1", "instances": [0], "observations": 1}', "int"),
        ('{"type": "state", "id": -1, "instances": [0], "observations": 1}', ">= 0"),
        ('{"type": "state", "id": 1, "instances": [-1], "observations": 1}', ">= 0"),
        ('{"type": "state", "id": 1, "instances": [0], "observations": 1, "infos": [1]}', "object"),
        ('{"type": "state", "id": 1, "instances": [0], "observations": 1, "infos": [{"$number": "1"}]}', "object"),
        ('{"type": "state", "id": 1, "instances": [0], "observations": 1, "info_columns": [1]}', "object"),
        (
            '{"type": "state", "id": 1, "instances": [0], "observations": 1, "info_columns": {"$x": [1]}}',
            "no such value",
        ),
        ('{"type": "hello", "protocol": 1, "name": "", "observation_space": 1, "action_space": 1}', "length"),
    ],
)
def test_what_is_no_message_is_refused_with_the_field(data: str, says: str) -> None:
    with pytest.raises(BadMessage, match=says):
        Native().decode(data)


def test_an_info_nested_deeper_than_anything_real_is_refused() -> None:
    deep: Any = 1
    for _ in range(MAX_NESTING + 1):
        deep = {"x": deep}
    for said in (State(1, [0], 1, infos=[deep]), State(1, [0], 1, info_columns={"x": [deep["x"]]})):
        with pytest.raises(BadMessage, match="nested"):
            Native().decode(Native().encode(said))


def test_a_value_without_a_form_is_our_own_mistake() -> None:
    with pytest.raises(TypeError, match="set"):
        Native().encode(Reset(1, [0], [None], {"x": {1}}))
    with pytest.raises(TypeError, match="key"):
        Native().encode(Reset(1, [0], [None], {1: 2}))  # type: ignore[dict-item]
