import enum
import types
from collections import OrderedDict, defaultdict, namedtuple
from contextlib import closing

import gymnasium
import numpy as np
import pytest
from gymnasium.spaces import GraphInstance
from hypothesis import given

from stepwire.codec import (
    CodecError,
    decode_map,
    decode_value,
    encode_map,
    encode_value,
    write_map,
    write_value,
)
from stepwire.codec.value_writing import check_value, write_value_field
from stepwire.codec.wire import tag_of
from stepwire.v1 import value_pb2
from tests.client_py.codec.sameness import assert_same
from tests.client_py.codec.strategies import maps, values

Value = value_pb2.Value


class Level(enum.IntEnum):
    """A number with a name."""

    HARD = 3


class Colour(enum.StrEnum):
    """A text with a name."""

    RED = "red"


Point = namedtuple("Point", "x y")

KINDS = {
    "tensor": np.zeros(2),
    "int64_value": 3,
    "double_value": 3.0,
    "bool_value": True,
    "numpy_scalar": np.int64(3),
    "string_value": "3",
    "map": {"a": 3},
    "tuple": (3,),
    "list": [3],
    "bytes_value": b"3",
    "null_value": None,
    "object_array": np.array([None, 3]),
    "graph": GraphInstance(np.zeros((1, 2)), None, None),
    "big_int": 2**63,
}


def test_every_kind_of_the_contract_has_a_value():
    assert KINDS.keys() == {field.name for field in Value.DESCRIPTOR.oneofs_by_name["kind"].fields}


@pytest.mark.parametrize(("kind", "value"), KINDS.items(), ids=KINDS.keys())
def test_each_type_travels_as_its_own_kind(kind, value):
    assert encode_value(value).WhichOneof("kind") == kind


EMPTY = [[], (), {}, "", b"", 0, 0.0, False, None, np.zeros((0,)), np.empty((0,), object), np.array(0, np.uint8)]


@pytest.mark.parametrize("value", EMPTY, ids=repr)
def test_an_empty_value_keeps_its_kind(value):
    message = Value.FromString(encode_value(value).SerializeToString())
    assert message.WhichOneof("kind") == encode_value(value).WhichOneof("kind") is not None
    assert_same(decode_value(message), value)


@given(values, values)
def test_writing_replaces_whatever_the_message_held(before, after):
    message = encode_value(before)
    write_value(message, after)
    assert message == encode_value(after) or message.SerializeToString() == encode_value(after).SerializeToString()


@given(maps, maps)
def test_writing_a_map_replaces_whatever_the_message_held(before, after):
    message = encode_map(before)
    write_map(message, after)
    assert_same(decode_map(message), after)


@given(values)
def test_a_value_is_written_as_protobuf_writes_its_message(value):
    parts: list = []
    size = write_value_field(parts, tag_of(Value.Sequence, "values"), value)
    data = b"".join(parts)
    assert len(data) == size
    assert Value.Sequence.FromString(data).SerializeToString() == data


SUBCLASSES = {
    "a named number": (Level.HARD, 3),
    "a named text": (Colour.RED, "red"),
    "an ordered dict": (OrderedDict([("b", 1), ("a", 2)]), {"b": 1, "a": 2}),
    "a dict with defaults": (defaultdict(list, a=[1]), {"a": [1]}),
    "a read-only dict": (types.MappingProxyType({"a": 1}), {"a": 1}),
    "a named tuple": (Point(1, 2), (1, 2)),
    "numpy's text": (np.str_("a"), "a"),
    "numpy's bytes": (np.bytes_(b"a"), b"a"),
    "numpy's other 64 bits": (np.longlong(5), np.int64(5)),
    "numpy's other unsigned 64 bits": (np.ulonglong(5), np.uint64(5)),
    "a matrix of records": (np.array([1.5, 2.5]).view(np.recarray), np.array([1.5, 2.5])),
}


@pytest.mark.parametrize(("value", "expected"), SUBCLASSES.values(), ids=SUBCLASSES.keys())
def test_a_subclass_travels_as_what_it_subclasses(value, expected):
    assert_same(decode_value(encode_value(value)), expected)


def test_a_graph_of_composite_nodes_travels_whole():
    nodes = {"a": np.arange(3), "b": np.zeros((3, 2), np.float32)}
    graph = GraphInstance(nodes, (np.ones(2),), np.array([[0, 1], [1, 2]], np.int32))
    assert_same(decode_value(encode_value(graph)), graph)


LOOP: list[object] = []
LOOP.append(LOOP)

REFUSED = {
    "a function": (print, "cannot carry a builtins.builtin_function_or_method"),
    "an object": (object(), "cannot carry a builtins.object"),
    "a type": (int, "builtins.type"),
    "a set": ({1}, "builtins.set"),
    "a range": (range(3), "builtins.range"),
    "a complex number": (1j, "builtins.complex"),
    "a bytearray": (bytearray(b"a"), "builtins.bytearray"),
    "numpy's long double": (np.longdouble(1), "longdouble|float128"),
    "numpy's complex number": (np.complex64(1), "complex64"),
    "numpy's time": (np.datetime64("2020-01-01"), "datetime64"),
    "an array of text": (np.array(["a"]), "elements of type <U1"),
    "an array of records with objects": (np.array([(1, None)], "i4,O"), "elements of type"),
    "text that is no Unicode": ("\ud800", "UTF-8"),
    "a key that is no Unicode": ({"\ud800": 1}, "UTF-8"),
    "a key that is a number": ({"a": {1: 2}}, r"value\['a'\]\[1\]: cannot carry a key that is a int"),
    "a number without end": (10**5000, "more than 4300 digits"),
    "a list that contains itself": (LOOP, "nested deeper than 32"),
    "something inside a dict": ({"a": {"b": print}}, r"value\['a'\]\['b'\]: cannot"),
    "something inside a list": ({"a": [1, (2, print)]}, r"value\['a'\]\[1\]\[1\]: cannot"),
    "something inside an object array": (np.array([None, print]), r"value\[1\]: cannot"),
    "something inside a graph's nodes": (GraphInstance([print], None, None), r"value\.nodes\[0\]"),
    "something inside a graph's edges": (GraphInstance([], [print], None), r"value\.edges\[0\]"),
    "links that are no numbers": (GraphInstance([], [], np.array(["a"])), r"value\.edge_links"),
}


@pytest.mark.parametrize(("value", "complaint"), REFUSED.values(), ids=REFUSED.keys())
def test_a_value_that_cannot_be_carried_is_refused_with_its_place(value, complaint):
    with pytest.raises(CodecError, match=complaint):
        encode_value(value)
    with pytest.raises(CodecError, match=complaint):
        check_value(value)


def test_options_leave_nothing_out():
    with pytest.raises(CodecError, match=r"\['callback'\]"):
        encode_map({"level": 3, "callback": print})


def test_an_info_of_a_vector_environment_travels_whole():
    same_step = {"autoreset_mode": gymnasium.vector.AutoresetMode.SAME_STEP}
    with closing(gymnasium.make_vec("CartPole-v1", 3, vectorization_mode="sync", vector_kwargs=same_step)) as envs:
        envs.reset(seed=1)
        info: dict = {}
        while "final_obs" not in info:
            info = envs.step(np.array([0, 1, 0]))[4]
    assert {"final_obs", "_final_obs", "final_info", "_final_info"} <= info.keys()
    assert_same(decode_map(encode_map(info)), info)
