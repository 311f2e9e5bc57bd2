"""Turns what gRPC and the contract say about a failure into the client's exceptions.

It knows `google.rpc.Status` with its details, and gRPC's codes for servers that send no details. It opens nothing.
"""

from collections.abc import Iterable
from typing import Any, cast

import grpc
from google.protobuf.message import DecodeError
from google.rpc import error_details_pb2, status_pb2

from stepwire import errors

_DETAILS_KEY = "grpc-status-details-bin"

_BROKEN = {
    grpc.StatusCode.OK,  # a stream that ends while an answer is due
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.CANCELLED,
    grpc.StatusCode.UNKNOWN,
    grpc.StatusCode.DEADLINE_EXCEEDED,
}
"""Codes that, without a reason, speak of the connection and not of the session."""
_KINDS: dict[grpc.StatusCode, type[errors.StepwireError]] = {
    grpc.StatusCode.INVALID_ARGUMENT: errors.CallerError,
    grpc.StatusCode.NOT_FOUND: errors.CallerError,
    grpc.StatusCode.FAILED_PRECONDITION: errors.CallerError,
    grpc.StatusCode.UNIMPLEMENTED: errors.Unsupported,
    grpc.StatusCode.UNAUTHENTICATED: errors.NotAuthenticated,
    grpc.StatusCode.PERMISSION_DENIED: errors.NotAllowed,
    grpc.StatusCode.RESOURCE_EXHAUSTED: errors.TooLarge,  # gRPC's own limit speaks without a reason
    grpc.StatusCode.ABORTED: errors.GameError,
    grpc.StatusCode.DATA_LOSS: errors.GameError,
    grpc.StatusCode.DEADLINE_EXCEEDED: errors.DeadlineExceeded,
    grpc.StatusCode.UNAVAILABLE: errors.ConnectionFailed,
    grpc.StatusCode.INTERNAL: errors.ServerBug,
}
_BY_CODE = {code.value[0]: kind for code, kind in _KINDS.items()}


class Broken(Exception):
    """The connection broke, or no answer came in time. Does not leave this package.

    Attributes:
        late: Whether the server was there but its answer was not.
    """

    def __init__(self, why: str, *, late: bool = False) -> None:
        super().__init__(why)
        self.late = late


def failure(error: grpc.RpcError, *, late: bool = False) -> errors.StepwireError | Broken:
    """What the end of a call means: `Broken` where another try may help, else the server's reason.

    Args:
        error: What gRPC raised.
        late: Whether we ended the call because its deadline had passed.
    """
    status = status_of(error)
    if not has_reason(status) and (late or error.code() in _BROKEN):
        return Broken("no answer in time" if late else status.message or str(error.code()), late=late)
    return exception_of(status)


def exception_of(status: status_pb2.Status) -> errors.StepwireError:
    """The exception that a status means: by its reason, else by its code.

    Args:
        status: As it comes inside a reply, or with the end of a call. Unknown details are passed over.
    """
    reason, data = _error_info(status)
    cls = errors.BY_REASON.get(reason or "", _BY_CODE.get(status.code, errors.ServerError))
    return cls(status.message, reason=reason, data=data, retry_after=_retry_after(status))


def status_of(error: grpc.RpcError) -> status_pb2.Status:
    """The status a call ended with, details included where the server sent them."""
    code, message = error.code(), error.details() or ""
    sent = next((value for key, value in _metadata(error) if key == _DETAILS_KEY), None)
    return _parsed(sent) or status_pb2.Status(code=code.value[0], message=message)


def has_reason(status: status_pb2.Status) -> bool:
    """Whether a stepwire server wrote this status, and not gRPC or something in between."""
    return _error_info(status)[0] is not None


def _metadata(error: grpc.RpcError) -> Iterable[tuple[str, Any]]:
    return cast(Iterable[tuple[str, Any]], error.trailing_metadata() or ())


def _parsed(sent: Any) -> status_pb2.Status | None:
    try:
        return status_pb2.Status.FromString(sent) if sent else None
    except DecodeError:
        return None


def _error_info(status: status_pb2.Status) -> tuple[str | None, dict[str, str]]:
    info = error_details_pb2.ErrorInfo()
    if not _unpack(status, info):
        return None, {}
    return info.reason, dict(info.metadata)


def _retry_after(status: status_pb2.Status) -> float | None:
    info = error_details_pb2.RetryInfo()
    if not _unpack(status, info):
        return None
    return float(info.retry_delay.ToTimedelta().total_seconds())


def _unpack(status: status_pb2.Status, into: error_details_pb2.ErrorInfo | error_details_pb2.RetryInfo) -> bool:
    return any(detail.Unpack(into) for detail in status.details)
