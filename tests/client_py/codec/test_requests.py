import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stepwire.codec import CodecError, encode_value
from stepwire.codec.requests import numbered, send_request, step_request
from stepwire.v1 import env_service_pb2 as pb
from tests.client_py.codec.strategies import values

numbers = st.integers(1, 2**64 - 1)


@given(values, numbers, numbers)
def test_a_step_is_written_as_protobuf_writes_it(action, number, acked):
    message = pb.StepStreamRequest(number=number, acked=acked, step=pb.StepRequest(action=encode_value(action)))
    assert numbered(step_request(action), number, acked) == message.SerializeToString()


@given(values, st.lists(st.integers(-(2**31), 2**31 - 1), max_size=5))
def test_a_send_is_written_as_protobuf_writes_it(actions, env_ids):
    message = pb.StepStreamRequest(send=pb.SendRequest(action=encode_value(actions), env_ids=env_ids))
    assert send_request(actions, env_ids) == message.SerializeToString()


def test_nothing_acknowledged_is_acked_0():
    message = pb.StepStreamRequest.FromString(numbered(step_request(1), 1, 0))
    assert (message.number, message.acked, message.step.action.int64_value) == (1, 0, 1)


@pytest.mark.parametrize("action", [print, {"a": [print]}, np.array(["left"])])
def test_an_action_that_cannot_be_carried_is_refused(action):
    for write in (step_request, lambda action: send_request(action, [0])):
        with pytest.raises(CodecError, match="cannot carry"):
            write(action)


def test_a_copy_beyond_all_numbers_is_refused():
    with pytest.raises(ValueError, match="range"):
        send_request(1, [2**31])
