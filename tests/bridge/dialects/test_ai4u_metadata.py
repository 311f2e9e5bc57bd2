"""What AI4U's agents say of themselves, as spaces and observations."""

import json
from typing import Any

import numpy as np
import pytest
from gymnasium.spaces import Box, Dict, Discrete, OneOf, Space, Text, Tuple

from stepwire_bridge import spaces
from stepwire_bridge.dialects.ai4u_metadata import action_space, observation, observation_space, read_metadata
from stepwire_bridge.membership import conform
from stepwire_bridge.messages import BadMessage
from tests.bridge.udp.ai4u_engine import METADATA, picture


def one(kind: int, shape: list[int], low: float = 0, high: float = 1, data: int | None = None) -> dict[str, Any]:
    return {"name": "eye", "shape": shape, "type": kind, "rangeMin": low, "rangeMax": high, "dataType": data}


def read(**changes: Any) -> Any:
    return read_metadata(json.dumps(METADATA | changes))


TEXT = Text(1024, min_length=0, charset="".join(map(chr, range(32, 127))))


@pytest.mark.parametrize(
    ("sensor", "space"),
    [
        (one(0, [1], -1, 1), Box(-1, 1, (1,), np.float32)),
        (one(5, [7], -1.5, 2), Box(-1.5, 2, (7,), np.float32)),
        (one(5, [2, 3]), Box(0, 1, (2, 3), np.float32)),
        (one(3, [1], -2.5, 9), Box(-3, 9, (1,), np.int32)),
        (one(6, [4], -3.4e38, 3.4e38), Box(-(2**31), 2**31 - 1, (4,), np.int32)),
        (one(2, [1], 0, 1), Box(0, 1, (1,), np.uint8)),
        (one(4, [3]), Box(0, 255, (3,), np.uint8)),
        (one(1, [1]), TEXT),
        (one(7, [2]), Tuple([TEXT, TEXT])),
        (one(7, [61, 40], data=8), Box(0, 255, (1, 61, 40), np.uint8)),
        (one(7, [3, 61, 40], data=8), Box(0, 255, (3, 61, 40), np.uint8)),
        (one(7, [2, 3, 61, 40], data=8), Box(0, 255, (6, 61, 40), np.uint8)),
        (one(4, [61, 61]), Box(0, 255, (1, 61, 61), np.uint8)),
    ],
)
def test_a_sensor_is_a_space(sensor: dict[str, Any], space: Space[Any]) -> None:
    assert spaces.read(observation_space(read(inputs=[sensor]).inputs)) == space


def test_several_sensors_are_a_dict_by_their_names() -> None:
    eye, ear = one(5, [2]), one(3, [1]) | {"name": "ear"}
    inputs = read(inputs=[eye, ear]).inputs
    space = spaces.read(observation_space(inputs))
    assert space == Dict({"eye": Box(0, 1, (2,), np.float32), "ear": Box(0, 1, (1,), np.int32)})
    value = observation(inputs, {"eye": np.array([0.5, 1.0]), "ear": 1, "done": False})
    assert conform(space, value) in space


GREY, COLOUR = np.arange(6, dtype=np.uint8).reshape(2, 3), np.arange(18, dtype=np.uint8).reshape(2, 3, 3)


@pytest.mark.parametrize(
    ("sensor", "said", "observed"),
    [
        (one(0, [1]), 0.5, np.float32([0.5])),
        (one(5, [3], -1, 1), np.array([0.25, -1.0, 1.0]), np.float32([0.25, -1, 1])),
        (one(5, [3, 1], -1, 1), np.array([0.25, -1.0, 1.0]), np.float32([[0.25], [-1], [1]])),
        (one(3, [1], -9, 9), -7, np.int32([-7])),
        (one(6, [2], -9, 9), np.array([-7, 8]), np.int32([-7, 8])),
        (one(6, [2], -9, 9), np.array([-7.0, 8.0]), np.int32([-7, 8])),
        (one(2, [1]), True, np.uint8([1])),
        (one(4, [3]), "AAH/", np.uint8([0, 1, 255])),
        (one(1, [1]), "over there", "over there"),
        (one(7, [2]), ["a", "b"], ("a", "b")),
        (one(7, [2, 3], data=8), [picture(3, 2)], GREY[None]),
        (one(7, [3, 2], data=8), [picture(3, 2)], GREY.T[None]),
        (one(7, [2, 2, 3], data=8), [picture(3, 2)] * 2, np.stack([GREY, GREY])),
        (one(7, [3, 2, 3], data=8), [picture(3, 2, "RGB")], np.moveaxis(COLOUR, -1, 0)),
        (one(7, [2, 3, 2, 3], data=8), [picture(3, 2, "RGB")] * 2, np.concatenate([np.moveaxis(COLOUR, -1, 0)] * 2)),
        (one(4, [2, 3]), picture(3, 2), GREY[None]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_a_sensor_says_is_exactly_in_its_space(sensor: dict[str, Any], said: Any, observed: Any) -> None:
    inputs = read(inputs=[sensor]).inputs
    space = spaces.read(observation_space(inputs))
    value = conform(space, observation(inputs, {"eye": said}))
    assert value in space
    assert np.array_equal(value, observed)


@pytest.mark.parametrize(
    ("sensor", "fields", "problem"),
    [
        (one(5, [2]), {}, "no field 'eye'"),
        (one(4, [2]), {"eye": "no base64!"}, "not base64"),
        (one(4, [2]), {"eye": 3}, "has|not base64|no field"),
        (one(7, [2, 3], data=8), {"eye": [picture(4, 2)]}, r"picture of \(4, 2\)"),
        (one(7, [2, 3], data=8), {"eye": [picture(3, 2)] * 2}, "2 pictures for 1 channels"),
        (one(7, [2, 3], data=8), {"eye": []}, "0 pictures"),
        (one(7, [2, 3], data=8), {"eye": 4.0}, "0 pictures"),
        (one(7, [2, 3], data=8), {"eye": ["AAAA"]}, "cannot be read"),
        (one(7, [2, 3], data=8), {"eye": [picture(3, 2)[:60]]}, "base64|cannot be read"),
    ],
)
def test_what_a_sensor_cannot_mean_is_refused(sensor: dict[str, Any], fields: dict[str, Any], problem: str) -> None:
    if fields.get("eye") == 3:
        assert observation(read(inputs=[sensor]).inputs, fields).shape == (0,)  # outside the space, whoever judges it
        return
    with pytest.raises(BadMessage, match=problem):
        observation(read(inputs=[sensor]).inputs, fields)


def act(continuous: bool, shape: list[int], low: list[float] | None = None, high: list[float] | None = None) -> Any:
    return {"name": "move", "isContinuous": continuous, "shape": shape, "rangeMin": low or [], "rangeMax": high or []}


@pytest.mark.parametrize(
    ("outputs", "space"),
    [
        ([act(False, [5], [0] * 5, [0] * 5)], Discrete(5)),
        ([act(False, [1, 5])], Discrete(5)),
        ([act(True, [2], [0, -1], [1, 1])], Box(np.float32([0, -1]), np.float32([1, 1]))),
        ([act(True, [2])], Box(-np.inf, np.inf, (2,))),
        ([act(False, [5]), act(True, [1], [0], [1]) | {"name": "jump"}], OneOf([Discrete(5), Box(0, 1, (1,))])),
    ],
)
def test_an_actuator_is_a_space_and_several_are_one_of_theirs(outputs: list[Any], space: Space[Any]) -> None:
    assert spaces.read(action_space(read(outputs=outputs).outputs)) == space


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"inputs": []}, "inputs"),
        ({"outputs": []}, "outputs"),
        ({"inputs": [one(5, [2]), one(5, [2])]}, "each its own"),
        ({"inputs": [one(5, [2]) | {"name": ""}]}, "each its own"),
        ({"inputs": [one(5, [-2])]}, ">= 0"),
        ({"inputs": [one(9, [2])]}, "kind 9"),
        ({"inputs": [one(8, [2])]}, "picture of shape"),
        ({"inputs": [one(7, [2**40])]}, "strings; the limit"),
        ({"inputs": [{"name": "eye"}]}, "missing"),
        ({"outputs": [act(False, [])]}, "no action"),
        ({"outputs": [act(False, [0])]}, "no action"),
        ({"outputs": [act(True, [2], [0], [1, 1])]}, "different lengths"),
    ],
    ids=str,
)
def test_metadata_that_come_to_nothing_are_refused(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadMessage, match=problem):
        metadata = read(**changes)
        observation_space(metadata.inputs)
        action_space(metadata.outputs)


@pytest.mark.parametrize("text", [None, 3, "", "{", "[]", "null", '{"inputs": 1}', "[" * 10_000])
def test_what_is_no_metadata_is_refused(text: Any) -> None:
    with pytest.raises(BadMessage, match="modelmetadata"):
        read_metadata(text)
