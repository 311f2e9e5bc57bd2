import numpy as np
import pytest

from stepwire.codec import CodecError, encode_map, encode_value, responses
from stepwire.codec.plain_reading import NOT_PLAIN
from stepwire.codec.wire import tag_of
from stepwire.v1.env_service_pb2 import RecvResponse, RenderResponse, ResetResponse, StepResponse, StepStreamResponse
from tests.client_py.codec.sameness import assert_same

PICTURES = np.arange(2 * 84 * 84 * 4, dtype=np.uint32).astype(np.uint8).reshape(2, 84, 84, 4)
FINAL = np.empty(2, object)
FINAL[1] = PICTURES[0]
OBSERVATIONS = {
    "four numbers": np.arange(4, dtype=np.float32),
    "pictures": PICTURES,
    "pictures beside numbers": {"left": PICTURES, "inner": (PICTURES[:, ::2], np.float64(1)), "state": np.ones(2)},
    "a number": 3,
    "text": "abc",
}
every_observation = pytest.mark.parametrize("observation", OBSERVATIONS.values(), ids=OBSERVATIONS.keys())
BATCH = {
    "rewards": np.array([0.5, -1.0]).tobytes(),
    "terminations": b"\1\0",
    "truncations": b"\0\2",  # any byte is a bool on the wire
    "info": encode_map({"final_obs": FINAL, "_final_obs": np.array([False, True]), "n": np.arange(2)}),
}


def whole(**response):
    return StepStreamResponse(number=1, **response)


def fields(name, message):
    readers = responses.READERS[tag_of(StepStreamResponse, name)[0]]
    return responses.read_fields(message.SerializeToString(), 0, readers)


@every_observation
@pytest.mark.parametrize(
    "ends", [{}, {"terminated": True}, {"truncated": True}, {"terminated": True, "truncated": True}]
)
def test_a_step_is_the_same_from_bytes_and_from_its_message(observation, ends):
    message = StepResponse(observation=encode_value(observation), reward=encode_value(1.5), **ends)
    expected = (observation, 1.5, ends.get("terminated", False), ends.get("truncated", False), {})
    assert_same(responses.plain_step(fields("step", message)), expected)
    assert_same(responses.step(whole(step=message)), expected)


@every_observation
def test_a_batchs_step_is_the_same_from_bytes_and_from_its_message(observation):
    message = StepResponse(observation=encode_value(observation), **BATCH)
    flags = np.array([True, False]), np.array([False, True])
    info = {"final_obs": FINAL, "_final_obs": np.array([False, True]), "n": np.arange(2)}
    expected = (observation, np.array([0.5, -1.0]), *flags, info)
    assert_same(responses.plain_batch_step(fields("step", message)), expected)
    assert_same(responses.batch_step(whole(step=message)), expected)


def test_the_numbers_of_a_batch_are_fresh_and_writable():
    message = StepResponse(observation=encode_value(1), **BATCH)
    for found in (responses.plain_batch_step(fields("step", message)), responses.batch_step(whole(step=message))):
        assert all(array.flags.writeable for array in found[1:4])


@pytest.mark.parametrize("copies", [[0, 1], [300, 2]])
def test_a_recv_names_its_copies(copies):
    message = RecvResponse(observation=encode_value(np.arange(2)), env_ids=copies, **BATCH)
    for found in (responses.plain_recv(fields("recv", message)), responses.recv(whole(recv=message))):
        assert_same(found[1], np.array(copies, np.int32))
        assert_same(found[0][:2], (np.arange(2), np.array([0.5, -1.0])))


@every_observation
def test_a_reset_is_the_same_from_bytes_and_from_its_message(observation):
    for info in ({}, {"a": 1}):
        message = ResetResponse(observation=encode_value(observation), info=encode_map(info))
        assert_same(responses.plain_reset(fields("reset", message)), (observation, info))
        assert_same(responses.reset(whole(reset=message)), (observation, info))


@pytest.mark.parametrize("frame", [PICTURES[0], None, "drawn", (PICTURES[0], PICTURES[1])])
def test_a_frame_is_the_same_from_bytes_and_from_its_message(frame):
    message = RenderResponse(frame=encode_value(frame))
    assert_same(responses.plain_frame(fields("render", message)), frame)
    assert_same(responses.frame(whole(render=message)), frame)


NOT_WHOLE = {
    "a step without observation": (responses.plain_step, "step", StepResponse(reward=encode_value(1))),
    "a step without reward": (responses.plain_step, "step", StepResponse(observation=encode_value(1))),
    "a batch without rewards": (responses.plain_batch_step, "step", StepResponse(observation=encode_value(1))),
    "half a reward": (responses.plain_batch_step, "step", StepResponse(observation=encode_value(1), rewards=b"1234")),
    "a reset of nothing": (responses.plain_reset, "reset", ResetResponse()),
    "a frame of nothing": (responses.plain_frame, "render", RenderResponse()),
}


@pytest.mark.parametrize(("read", "name", "message"), NOT_WHOLE.values(), ids=NOT_WHOLE.keys())
def test_a_response_that_lacks_something_is_not_plain(read, name, message):
    with pytest.raises(NOT_PLAIN):
        read(fields(name, message))


def test_a_message_that_makes_no_outcome_is_refused():
    with pytest.raises(CodecError, match="no kind is set"):
        responses.step(whole(step=StepResponse(reward=encode_value(1))))
    with pytest.raises(CodecError, match="4 bytes are no rewards"):
        responses.batch_step(whole(step=StepResponse(observation=encode_value(1), rewards=b"1234")))


ODD = {
    "a field twice": StepResponse(reward=encode_value(1)).SerializeToString() * 2,
    "an unknown field": b"\x78\1",
    "a flag of 2": b"\x18\2",
    "a flag without its value": b"\x18",
    "a field that ends early": b"\x12\5\x10",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_odd_fields_are_not_plain(odd):
    with pytest.raises(NOT_PLAIN):
        responses.read_fields(odd, 0, responses.READERS[tag_of(StepStreamResponse, "step")[0]])
