import contextlib

import numpy as np
import pytest
from google.protobuf.message import DecodeError
from google.rpc.status_pb2 import Status
from hypothesis import given, settings
from hypothesis import strategies as st

from stepwire.codec import CodecError, encode_map, encode_value, responses
from stepwire.codec.replies import Reply, read_reply, read_response, response_in
from stepwire.v1 import env_service_pb2 as pb
from tests.client_py.codec.sameness import assert_same
from tests.client_py.codec.strategies import maps, values

PICTURE = np.arange(84 * 84 * 4, dtype=np.uint32).astype(np.uint8).reshape(84, 84, 4)
STEP = pb.StepResponse(observation=encode_value(PICTURE), reward=encode_value(1.0), truncated=True)
OUTCOME = (PICTURE, 1.0, False, True, {})
RESET = pb.ResetResponse(observation=encode_value(PICTURE), info=encode_map({"a": 1}))
RENDER = pb.RenderResponse(frame=encode_value(PICTURE))
RECV = pb.RecvResponse(
    observation=encode_value(PICTURE[None]), rewards=bytes(8), terminations=b"\0", truncations=b"\1", env_ids=[3]
)
PLAIN = {"step": STEP, "reset": RESET, "render": RENDER, "recv": RECV}
OTHERS = {
    "make": pb.MakeResponse(session_id="s"),
    "attach": pb.AttachResponse(next_number=3),
    "spaces": pb.SpacesResponse(render_mode="ansi"),
    "close": pb.CloseResponse(),
    "send": pb.SendResponse(),
    "error": Status(code=3),
}
every_response = pytest.mark.parametrize(("name", "response"), [*PLAIN.items(), *OTHERS.items()])


def whole(name, response, number=1000):
    return pb.StepStreamResponse(number=number, **{name: response})


def test_every_response_of_the_contract_is_tried():
    assert PLAIN.keys() | OTHERS.keys() == {
        field.name for field in pb.StepStreamResponse.DESCRIPTOR.oneofs_by_name["response"].fields
    }


@every_response
@pytest.mark.parametrize("number", [0, 1, 127, 128, 2**32, 2**64 - 1])
def test_a_reply_knows_its_number_and_its_message(name, response, number):
    message = whole(name, response, number)
    reply = read_reply(message.SerializeToString())
    assert reply.number == number
    assert reply.message == message
    assert reply.plain == (name in PLAIN and number > 0)


@every_response
def test_a_unary_response_is_a_reply_whose_number_may_be_set(name, response):
    reply = read_response(name, response.SerializeToString())
    reply.number = 7
    assert reply.message.WhichOneof("response") == name
    assert getattr(reply.message, name) == response
    assert reply.plain == (name in PLAIN)


@every_response
def test_the_response_in_a_plain_reply_is_found(name, response):
    found = response_in(whole(name, response).SerializeToString())
    assert found == (response.SerializeToString() if name in PLAIN else None)


def test_a_plain_reply_is_read_in_values():
    assert_same(read_reply(whole("step", STEP).SerializeToString()).step(), OUTCOME)
    assert_same(read_reply(whole("reset", RESET).SerializeToString()).reset(), (PICTURE, {"a": 1}))
    assert_same(read_reply(whole("render", RENDER).SerializeToString()).frame(), PICTURE)
    outcome, copies = read_reply(whole("recv", RECV).SerializeToString()).recv()
    assert_same(outcome, (PICTURE[None], np.zeros(1), np.array([False]), np.array([True]), {}))
    assert_same(copies, np.array([3], np.int32))


@pytest.mark.parametrize("name", PLAIN)
def test_a_reply_is_read_as_what_it_is_and_nothing_else(name):
    readers = {"step": Reply.step, "reset": Reply.reset, "render": Reply.frame, "recv": Reply.recv}
    del readers[name]
    for read in readers.values():
        with pytest.raises(CodecError, match="no kind is set"):
            read(read_reply(whole(name, PLAIN[name]).SerializeToString()))


def test_what_a_server_appends_to_a_reply_is_not_lost():
    notice = pb.StepStreamResponse()
    notice.draining.FromSeconds(30)
    reply = read_reply(whole("step", STEP).SerializeToString() + notice.SerializeToString())
    assert not reply.plain
    assert reply.message.draining.seconds == 30
    assert_same(reply.step(), OUTCOME)


def nested(number, content):
    """A field with a length that protobuf writes in two bytes or more."""
    length = len(content)
    sizes = [length & 127 | 128, length >> 7 & 127 | 128, length >> 14 & 127 | 128, length >> 21]
    return bytes([number << 3 | 2, *sizes]) + content


OTHER_FORMS = {
    "the number behind": lambda: whole("step", STEP).SerializeToString()[3:] + b"\x08\xe8\x07",
    "in two pieces, which merge": lambda: (
        whole("step", pb.StepResponse(observation=STEP.observation)).SerializeToString()
        + pb.StepStreamResponse(step=pb.StepResponse(reward=STEP.reward, truncated=True)).SerializeToString()
    ),
    "the elements appended along a chain of messages": lambda: (
        whole("step", without_elements(STEP)).SerializeToString()
        + nested(3, nested(1, nested(1, nested(3, PICTURE.tobytes()))))
    ),
    "fields of a later version": lambda: pb.StepStreamResponse.FromString(
        whole("step", STEP).SerializeToString() + b"\xfa\x7d\x01x" + nested(3, b"\xfa\x7d\x01x")
    ).SerializeToString(),
}


def without_elements(step):
    bare = pb.StepResponse.FromString(step.SerializeToString())
    bare.observation.tensor.data = b""
    return bare


@pytest.mark.parametrize("form", OTHER_FORMS.values(), ids=OTHER_FORMS.keys())
def test_a_reply_that_another_server_has_put_together_otherwise_is_read_alike(form):
    reply = read_reply(form())
    assert reply.number == 1000
    assert_same(reply.step(), OUTCOME)


BROKEN = {
    "no observation": (pb.StepResponse(reward=encode_value(1)), "no kind is set"),
    "too few elements": (without_elements(STEP), "0 bytes are no uint8 array"),
}


@pytest.mark.parametrize(("step", "complaint"), BROKEN.values(), ids=BROKEN.keys())
def test_a_reply_that_makes_no_outcome_is_refused_with_its_reason(step, complaint):
    with pytest.raises(CodecError, match=complaint):
        read_reply(whole("step", step).SerializeToString()).step()


def test_bytes_that_are_no_message_are_refused():
    for read in (read_reply, lambda data: read_response("make", data)):
        with pytest.raises(CodecError, match="no message"):
            read(b"junk")
    with pytest.raises(CodecError, match="no message"):
        read_reply(b"\x08\x01\x1a\x04junk").step()


@given(values, values, maps)
def test_anything_that_an_environment_may_give_comes_back(observation, reward, info):
    step = pb.StepResponse(
        observation=encode_value(observation), reward=encode_value(reward), info=encode_map(info), terminated=True
    )
    assert_same(read_reply(whole("step", step).SerializeToString()).step(), (observation, reward, True, False, info))


@settings(max_examples=1000)
@given(
    st.sampled_from([*PLAIN]),
    st.lists(st.tuples(st.integers(0, 60) | st.integers(0, 30_000), st.integers(0, 255)), max_size=4),
    st.none() | st.integers(0, 60) | st.integers(0, 30_000),
)
def test_a_damaged_reply_is_refused_or_read_as_protobuf_reads_it(name, damages, length):
    data = bytearray(whole(name, PLAIN[name]).SerializeToString())
    for place, byte in damages:
        data[place % len(data)] = byte
    outcomes = [outcome(read, name, bytes(data[:length])) for read in (read_reply, by_protobuf)]
    assert_same(*outcomes)


def by_protobuf(data):
    return Reply.of(pb.StepStreamResponse.FromString(data))


def outcome(read, name, data):
    """What a client would make of a reply; None for what it refuses."""
    with contextlib.suppress(DecodeError, CodecError):
        reply = read(data)
        found = {"step": reply.step, "reset": reply.reset, "render": reply.frame, "recv": reply.recv}[name]()
        return reply.number, found
    return None


def test_what_is_read_from_bytes_does_not_come_from_the_message(monkeypatch):
    def unread(message):
        raise AssertionError("protobuf was asked")

    for name in ("step", "batch_step", "reset", "recv", "frame"):
        monkeypatch.setattr(responses, name, unread)
    read_reply(whole("step", STEP).SerializeToString()).step()
    read_reply(whole("reset", RESET).SerializeToString()).reset()
    read_reply(whole("render", RENDER).SerializeToString()).frame()
    read_reply(whole("recv", RECV).SerializeToString()).recv()
