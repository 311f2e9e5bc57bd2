import pytest
from google.protobuf.message import DecodeError

from stepwire.codec.errors import TooDeepError
from stepwire.codec.limits import MAX_DEPTH, check_depth
from stepwire.v1 import env_service_pb2, value_pb2


def test_the_limit_itself_is_allowed_and_one_more_is_not():
    check_depth(MAX_DEPTH)
    with pytest.raises(TooDeepError, match=f"deeper than {MAX_DEPTH}"):
        check_depth(MAX_DEPTH + 1)


def test_protobuf_reads_the_deepest_value_in_the_outermost_message():
    assert response_of_depth(MAX_DEPTH).step.observation.WhichOneof("kind") == "list"


def test_protobuf_stops_somewhere_beyond():
    with pytest.raises(DecodeError):
        response_of_depth(100)


def response_of_depth(depth):
    value = value_pb2.Value(int64_value=1)
    for _ in range(depth):
        value = value_pb2.Value(list=value_pb2.Value.Sequence(values=[value]))
    response = env_service_pb2.StepStreamResponse(step=env_service_pb2.StepResponse(observation=value))
    return env_service_pb2.StepStreamResponse.FromString(response.SerializeToString())
