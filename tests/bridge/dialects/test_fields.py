"""Fields of fixed width and commands of semicolons, byte by byte as engines write and read them."""

import contextlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire_bridge.dialects.fields import argument, command, numbers, read_fields, write_fields
from stepwire_bridge.messages import BadMessage

FROM_UNITY = (
    b"   6   4done2       10   6reward0       4-1.5   5lifes1       13"
    b"   5state3       70,1;2,3   5frame4       4YWJj   1v5       71 2.5 3"
)
"""One field of each of the types that UnityRemote has."""


def fields(*written: tuple[str, int, str]) -> bytes:
    parts = [f"{len(name.encode()):4}{name}{kind}{len(value.encode()):8}{value}" for name, kind, value in written]
    return f"{len(written):4}{''.join(parts)}".encode()


def test_every_type_of_the_old_wire_is_read() -> None:
    read = read_fields(FROM_UNITY)
    array = read.pop("v")
    assert read == {"done": False, "reward": -1.5, "lifes": 3, "state": "0,1;2,3", "frame": "YWJj"}
    assert array.dtype == np.float64
    assert array.tolist() == [1.0, 2.5, 3.0]


def test_what_is_written_is_what_the_engine_writes() -> None:
    said = {"done": False, "reward": -1.5, "lifes": 3, "state": "0,1;2,3", "frame": b"abc", "v": np.array([1, 2.5, 3])}
    assert write_fields(said) == FROM_UNITY.replace(b"71 2.5 3", b"111.0 2.5 3.0").replace(
        b"v5       111", b"v5      111"
    )


def test_arrays_of_ints_and_strings_are_read() -> None:
    read = read_fields(fields(("i", 6, "1 -2 3"), ("s", 7, "left right")))
    assert read["i"].dtype == np.int64
    assert read["i"].tolist() == [1, -2, 3]
    assert read["s"] == ["left", "right"]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (0, "0,5", 0.5),
        (0, " 1e-3 ", 0.001),
        (0, "-Infinity", -np.inf),
        (1, "-7", -7),
        (2, "1", True),
        (3, "ação", "ação"),
        (3, "", ""),
        (3, " padded ", "padded"),
        (4, "not base64!", "not base64!"),
        (5, "", []),
        (5, "1,5  2,5 ", [1.5, 2.5]),
        (6, "", []),
        (7, "", []),
    ],
)
def test_a_value_is_read(kind: int, text: str, value: Any) -> None:
    read = read_fields(fields(("f", kind, text)))["f"]
    assert (read.tolist() if isinstance(read, np.ndarray) else read) == value


def test_a_message_of_no_fields_is_one() -> None:
    assert read_fields(b"   0") == {}


def test_what_follows_the_last_field_is_not_read() -> None:
    assert read_fields(fields(("a", 1, "1")) + b"\0\0\0") == {"a": 1}


def test_of_two_fields_of_one_name_the_later_counts() -> None:
    assert read_fields(fields(("a", 1, "1"), ("a", 1, "2"))) == {"a": 2}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "ends within the number of fields"),
        (b"hello, world", "the number of fields is not a number"),
        (b"9999", "ends within a name's size"),
        (b"  -1", "not a number"),
        (b"   1  -4done2       10", "a name's size is not a number"),
        (b"   1   4done2      -10", "the size of 'done' is not a number"),
        (b"   1   4done2999999990", "ends within 'done'"),
        (b"   1   4done2       ", "ends within the size of 'done'"),
        (b"   1   4do", "ends within a name"),
        (fields(("f", 8, "1")), "type 8; there are 0 to 7"),
        (b"   1   1fx       11", "the type of 'f' is not a number"),
        (fields(("f", 0, "1,000.5")), "'f' of type 0 cannot be read: '1,000.5'"),
        (fields(("f", 0, "")), "cannot be read"),
        (fields(("f", 0, "1_0")), "cannot be read"),
        (fields(("f", 1, "1.5")), "cannot be read"),
        (fields(("f", 1, "9" * 19)), "cannot be read"),
        (fields(("f", 1, "9" * 9000)), "cannot be read"),
        (fields(("f", 1, "٣")), "cannot be read"),
        (fields(("f", 2, "2")), "cannot be read"),
        (fields(("f", 5, "1 x")), "cannot be read"),
        (fields(("f", 6, "1 2.5")), "cannot be read"),
        (b"   1   1f3       2\xff\xfe", "'f' is not UTF-8"),
        (b"   1   1\xff3       0", "a name is not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_a_bad_message(data: bytes, problem: str) -> None:
    with pytest.raises(BadMessage, match=problem):
        read_fields(data)


def read_or_refused(data: bytes) -> None:
    with contextlib.suppress(BadMessage):
        assert isinstance(read_fields(data), dict)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_or_refused(data)


@given(st.data())
def test_a_message_with_any_change_is_read_or_refused(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(FROM_UNITY)))
    change = data.draw(st.binary(max_size=12))
    read_or_refused(FROM_UNITY[:at] + change + FROM_UNITY[at + data.draw(st.integers(0, 12)) :])


VALUES = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(st.characters(codec="utf-8")).map(str.strip),
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=20).map(str.strip), VALUES, max_size=8))
def test_what_is_written_is_read_as_it_was(said: dict[str, Any]) -> None:
    assert read_fields(write_fields(said)) == said


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"x" * 10_000: 1}, "more than 4 digits"),
        ({str(i): 1 for i in range(10_000)}, "more than 4 digits"),
        ({"x": None}, "no type for a NoneType"),
        ({"x": np.array([1j])}, "no type for an array"),
    ],
)
def test_what_has_no_form_is_not_written(said: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        write_fields(said)


@pytest.mark.parametrize(
    ("name", "arguments", "written"),
    [
        ("restart", [], b"restart;0;"),
        ("fx", [0.1], b"fx;1;0.1;"),
        ("NOOP", [-1], b"NOOP;1;-1;"),
        ("act", [numbers(np.array([1, 2.5]))], b"act;1;1.0 2.5;"),
        ("act", [numbers([1.0, 2.5])], b"act;1;1.0 2.5;"),
        ("act", [numbers(np.array([0.1, 1e-7], np.float32))], b"act;1;0.1 1e-07;"),
        ("act", [numbers([True, False])], b"act;1;1 0;"),
        ("go", [np.int64(3), np.float32(0.5), True, "left", np.array(2)], b"go;5;3;0.5;True;left;2;"),
        ("diga", ["não"], "diga;1;não;".encode()),
    ],
)
def test_a_command_is_what_the_engine_reads(name: str, arguments: list[Any], written: bytes) -> None:
    assert command(name, arguments) == written


@pytest.mark.parametrize(
    ("name", "arguments", "problem"),
    [
        ("say", ["a;b"], "'a;b' holds ';', which ends an argument and cannot be escaped"),
        ("a;b", [], "cannot be escaped"),
        ("say", ["a\0b"], "cannot be escaped"),
        ("say", [[1, 2]], "text or a number, not a list"),
        ("say", [None], "text or a number, not a NoneType"),
        ("say", ["\ud800"], "cannot be written as UTF-8"),
    ],
)
def test_what_the_engine_would_misread_is_not_written(name: str, arguments: list[Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        command(name, arguments)


def test_other_separators_can_be_refused_as_well() -> None:
    with pytest.raises(ValueError, match="holds '@'"):
        argument("a@b", ";@")


@pytest.mark.parametrize("values", [["a"], [np.inf], [float("nan")], [1j]])
def test_what_is_no_finite_number_is_not_written(values: Any) -> None:
    with pytest.raises(ValueError, match="finite numbers are wanted"):
        numbers(values)
