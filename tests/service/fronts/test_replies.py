from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from stepwire.codec import CodecError, decode_map, decode_value
from stepwire.codec.wire import Parts
from stepwire.v1 import env_service_pb2 as pb
from stepwire.v1 import value_pb2
from stepwire_bridge.backend import Observed, Received, Transition
from stepwire_service.fronts import replies
from stepwire_service.fronts.pictures import packed

PICTURES = np.arange(3 * 84 * 84 * 4, dtype=np.uint32).astype(np.uint8).reshape(3, 84, 84, 4)
FLAGS = np.array([True, False, True])


def written(write: Callable[..., int], *arguments: Any, number: int = 1000, **named: Any) -> pb.StepStreamResponse:
    """What any client reads, which must be what protobuf itself would have written."""
    parts: Parts = replies.begun(number)
    before = len(parts[0])
    size = write(parts, *arguments, **named)
    data = replies.joined(parts)
    assert len(data) == before + size
    response = pb.StepStreamResponse.FromString(data)
    assert response.SerializeToString() == data
    assert response.number == number
    return response


def step(transition: Transition, *, batch: bool) -> pb.StepResponse:
    return written(replies.write_transition, transition, batch=batch).step


@pytest.mark.parametrize("number", [1, 127, 128, 16384, 2**40])
def test_the_requests_number_comes_first(number: int) -> None:
    written(replies.write_observed, Observed(1, {}), number=number)


@pytest.mark.parametrize("reward", [1, 1.5, True, np.float64(2), np.int32(3)])
@pytest.mark.parametrize("terminated", [np.True_, False])
@pytest.mark.parametrize("truncated", [True, np.False_])
def test_a_step_travels_in_the_types_of_the_environment(reward: Any, terminated: Any, truncated: Any) -> None:
    message = step(Transition(np.int64(5), reward, terminated, truncated, {"a": 1}), batch=False)
    carried = decode_value(message.reward)
    assert (type(carried), carried) == (type(reward), reward)
    assert (message.terminated, message.truncated) == (terminated, truncated)
    assert type(decode_value(message.observation)) is np.int64
    assert decode_map(message.info) == {"a": 1}


@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_a_narrow_reward_becomes_a_python_float(kind: Any) -> None:
    message = step(Transition(0, kind(0.5), False, False, {}), batch=False)
    assert type(decode_value(message.reward)) is float


def test_an_empty_info_takes_no_room_in_a_step() -> None:
    assert not step(Transition(0, 1.0, False, False, {}), batch=False).HasField("info")


LAYOUTS = {
    "as they lie": PICTURES,
    "every other row, mirrored": PICTURES[:, ::2, ::-1],
    "columns first": np.asfortranarray(PICTURES),
    "big-endian": PICTURES.astype(">u2"),
}


@pytest.mark.parametrize("pictures", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_batchs_step_travels_whole(pictures: Any) -> None:
    final = np.empty(3, object)
    final[1] = PICTURES[1]
    info = {"final_obs": final, "_final_obs": FLAGS}
    observation = {"a": pictures, "b": (FLAGS,)}
    message = step(Transition(observation, np.arange(6.0)[::2], FLAGS, ~FLAGS, info), batch=True)
    assert np.array_equal(decode_value(message.observation)["a"], pictures)
    assert np.array_equal(decode_value(message.observation)["b"][0], FLAGS)
    assert np.frombuffer(message.rewards, "<f8").tolist() == [0, 2, 4]
    assert (message.terminations, message.truncations) == (b"\1\0\1", b"\0\1\0")
    assert np.array_equal(decode_map(message.info)["final_obs"][1], PICTURES[1])
    assert decode_map(message.info)["_final_obs"].tolist() == FLAGS.tolist()


def test_a_batchs_numbers_travel_as_float64_and_bool() -> None:
    message = step(Transition(0, [1, 2], [0, 1], np.array([1.0, 0.0]), {}), batch=True)
    assert np.frombuffer(message.rewards, "<f8").tolist() == [1.0, 2.0]
    assert (message.terminations, message.truncations) == (b"\0\1", b"\1\0")


def test_a_reset_travels_whole() -> None:
    message = written(replies.write_observed, Observed(PICTURES, {"a": PICTURES[0]})).reset
    assert np.array_equal(decode_value(message.observation), PICTURES)
    assert np.array_equal(decode_map(message.info)["a"], PICTURES[0])


def test_what_was_received_names_its_copies_in_their_order() -> None:
    flags = np.array([True, False])
    transition = Transition(np.array([5, 6]), np.array([1, 2]), flags, ~flags, {"a": np.array([7, 8])})
    message = written(replies.write_received, Received(np.array([300, 1], np.int32), transition)).recv
    assert list(message.env_ids) == [300, 1]
    assert decode_value(message.observation).tolist() == [5, 6]
    assert np.frombuffer(message.rewards, "<f8").tolist() == [1.0, 2.0]
    assert (message.terminations, message.truncations) == (b"\1\0", b"\0\1")
    assert decode_map(message.info)["a"].tolist() == [7, 8]


@pytest.mark.parametrize("frame", [PICTURES[0], "a drawing", None, (PICTURES[0], PICTURES[1])])
def test_a_frame_travels_as_it_is(frame: Any) -> None:
    message = written(replies.write_frame, frame).render
    assert np.array_equal(decode_value(message.frame), frame)


def test_a_batch_of_frames_is_a_tuple_of_packed_pictures() -> None:
    frame = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    message = written(replies.write_frame, packed((frame, frame), value_pb2.ENCODING_PNG)).render
    tensors = [value.tensor for value in message.frame.tuple.values]
    assert [tensor.encoding for tensor in tensors] == [value_pb2.ENCODING_PNG] * 2
    assert all(np.array_equal(part, frame) for part in decode_value(message.frame))


@pytest.mark.parametrize("frame", ["a drawing", None])
def test_what_is_no_picture_is_not_packed(frame: Any) -> None:
    message = written(replies.write_frame, packed(frame, value_pb2.ENCODING_PNG)).render
    assert decode_value(message.frame) == frame


def test_what_cannot_be_carried_is_refused_in_an_observation_and_left_out_of_an_info() -> None:
    with pytest.raises(CodecError, match="cannot carry"):
        step(Transition(print, 1.0, False, False, {}), batch=False)
    assert decode_map(step(Transition(1, 1.0, False, False, {"a": 1, "f": print}), batch=False).info) == {"a": 1}
