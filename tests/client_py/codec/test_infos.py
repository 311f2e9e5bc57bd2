import logging
import warnings

import numpy as np
import pytest
from hypothesis import given

from stepwire.codec import decode_map, encode_info, infos, write_info
from stepwire.codec.infos import write_info_field
from stepwire.codec.wire import tag_of
from stepwire.v1 import value_pb2
from stepwire.v1.env_service_pb2 import ResetResponse
from tests.client_py.codec.sameness import assert_same
from tests.client_py.codec.strategies import maps


@pytest.fixture(autouse=True)
def nothing_told(monkeypatch):
    monkeypatch.setattr(infos, "_told", set())


def kept(info):
    return decode_map(encode_info(info))


@given(maps)
def test_an_info_that_can_be_carried_comes_back_whole(info):
    assert_same(kept(info), info)


def test_writing_replaces_whatever_the_message_held():
    message = encode_info({"a": 1})
    write_info(message, {"b": 2, "renderer": print})
    assert decode_map(message) == {"b": 2}


def test_a_field_holds_what_a_message_would():
    for info in ({}, {"a": 1, "pictures": np.zeros((64, 64))}, {"b": {"f": print, "c": 2}}):
        parts: list = [b"before"]
        size = write_info_field(parts, tag_of(ResetResponse, "info"), info)
        data = b"".join(parts)[6:]
        assert len(data) == size
        assert data == ResetResponse(info=encode_info(info)).SerializeToString()


def objects(*items):
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


LEFT_OUT = {
    "a function": ({"a": 1, "f": print, "b": 2}, {"a": 1, "b": 2}, ["info.f"]),
    "an object": ({"o": object()}, {}, ["info.o"]),
    "a key that is no text": ({1: 2, "a": 3}, {"a": 3}, ["info.<int>"]),
    "a key that is no Unicode": ({"\ud800": 2, "a": 3}, {"a": 3}, ["info.\\ud800"]),
    "an array of text": ({"names": np.array(["a"]), "n": 1}, {"n": 1}, ["info.names"]),
    "something in a dict": ({"d": {"f": print, "a": {"g": print, "b": 1}}}, {"d": {"a": {"b": 1}}}, ["f", "g"]),
    "something in a dict in a list": ({"l": [{"f": print, "a": 1}, 2]}, {"l": [{"a": 1}, 2]}, ["info.l[].f"]),
    "something in a list": ({"l": [1, print], "a": 1}, {"a": 1}, ["info.l"]),
    "something in a tuple in a dict": ({"d": {"t": (1, print), "a": 1}}, {"d": {"a": 1}}, ["info.d.t"]),
}


@pytest.mark.parametrize(("info", "expected", "told"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_cannot_be_carried_is_left_out_and_named(info, expected, told, caplog):
    assert_same(kept(info), expected)
    assert len(caplog.records) == len(told)
    for record, place in zip(caplog.records, told, strict=True):
        assert record.levelno == logging.WARNING
        assert f"{place} is left out" in record.getMessage()


def test_something_in_an_object_array_leaves_the_rest_of_it():
    info = {"final_info": objects({"a": 1, "f": print}, None)}
    assert_same(kept(info), {"final_info": objects({"a": 1}, None)})


def test_a_key_is_told_about_once(caplog):
    for _ in range(3):
        kept({"f": print, "nested": {"f": print}})
    assert [record.args[0] for record in caplog.records] == ["info.f", "info.nested.f"]


def test_keys_without_end_do_not_fill_the_log_or_memory(caplog):
    kept({f"step {number}": print for number in range(1500)})
    assert len(caplog.records) == 1000
    assert len(infos._told) == 1000


def test_python_warnings_that_are_errors_do_not_stop_a_step():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert kept({"f": print}) == {}


def test_an_info_that_contains_itself_loses_that_part_at_once():
    loop: dict = {}
    loop["left"], loop["right"], loop["list"] = loop, loop, [loop]
    assert kept({"a": 1, "loop": loop}) == {"a": 1}


def test_the_environment_keeps_its_info():
    info = {"f": print, "d": {"g": print}, "o": objects({"h": print})}
    encode_info(info)
    assert info["f"] is print
    assert info["d"] == {"g": print}
    assert info["o"][0] == {"h": print}


def test_an_info_message_is_a_map():
    assert isinstance(encode_info({}), value_pb2.Value.Map)
