from typing import Any

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2

from stepwire import errors
from stepwire.connection.statuses import Broken, exception_of, failure, has_reason, status_of


class _Ended(grpc.RpcError):
    """The end of a call, as gRPC raises it."""

    def __init__(self, code: grpc.StatusCode, sent: tuple[tuple[str, bytes], ...] = ()) -> None:
        self._code = code
        self._sent = sent

    def code(self) -> grpc.StatusCode:
        return self._code

    def details(self) -> str:
        return "what gRPC says"

    def trailing_metadata(self) -> Any:
        return self._sent


def _status(reason: str, code: int = 9, **data: str) -> status_pb2.Status:
    status = status_pb2.Status(code=code, message="what the server says")
    status.details.add().Pack(error_details_pb2.ErrorInfo(reason=reason, domain="stepwire", metadata=data))
    return status


def test_a_reason_gives_its_class_with_message_and_data() -> None:
    error = exception_of(_status("EPISODE_OVER", copies="[1]"))

    assert type(error) is errors.EpisodeOver
    assert (str(error), error.data, error.retry_after) == ("what the server says", {"copies": "[1]"}, None)


def test_the_time_to_wait_is_kept() -> None:
    status = _status("AT_CAPACITY")
    status.details.add().Pack(error_details_pb2.RetryInfo(retry_delay=Duration(seconds=1, nanos=500_000_000)))

    assert exception_of(status).retry_after == 1.5


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (3, errors.CallerError),
        (5, errors.CallerError),
        (9, errors.CallerError),
        (10, errors.GameError),
        (12, errors.Unsupported),
        (13, errors.ServerBug),
        (14, errors.ConnectionFailed),
        (2, errors.ServerError),
        (999, errors.ServerError),
    ],
)
def test_an_unknown_reason_falls_back_to_the_code(code: int, kind: type[errors.StepwireError]) -> None:
    error = exception_of(_status("SOMETHING_NEW", code))

    assert type(error) is kind
    assert error.reason == "SOMETHING_NEW"


def test_a_status_in_the_trailing_metadata_is_found() -> None:
    sent = _status("NOT_AUTHENTICATED")
    ended = _Ended(grpc.StatusCode.UNAUTHENTICATED, (("grpc-status-details-bin", sent.SerializeToString()),))

    assert status_of(ended) == sent
    assert type(failure(ended)) is errors.NotAuthenticated


@pytest.mark.parametrize("sent", [(), (("grpc-status-details-bin", b"\xff\xff"),), (("other", b"x"),)])
def test_without_details_the_code_and_text_are_the_status(sent: Any) -> None:
    status = status_of(_Ended(grpc.StatusCode.INTERNAL, sent))

    assert (status.code, status.message) == (13, "what gRPC says")
    assert not has_reason(status)


@pytest.mark.parametrize("code", ["UNAVAILABLE", "CANCELLED", "UNKNOWN", "DEADLINE_EXCEEDED"])
def test_a_call_that_ends_without_reason_is_a_broken_connection(code: str) -> None:
    assert isinstance(failure(_Ended(grpc.StatusCode[code])), Broken)


def test_a_call_that_we_ended_for_its_deadline_is_late() -> None:
    broken = failure(_Ended(grpc.StatusCode.CANCELLED), late=True)

    assert isinstance(broken, Broken)
    assert broken.late


def test_unavailable_with_a_reason_is_the_servers_word() -> None:
    sent = (("grpc-status-details-bin", _status("DRAINING", 14).SerializeToString()),)

    assert type(failure(_Ended(grpc.StatusCode.UNAVAILABLE, sent))) is errors.Draining
