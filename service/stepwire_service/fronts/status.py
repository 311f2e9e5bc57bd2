"""Fault → google.rpc.Status: the code, a sentence, and the details that clients branch on.

Knows protobuf, but no gRPC: the same status travels inside a stream's reply and at the end of a call.
"""

import logging
from typing import Final

from google.protobuf.duration_pb2 import Duration
from google.rpc import code_pb2, error_details_pb2
from google.rpc.status_pb2 import Status

from stepwire_bridge import faults
from stepwire_bridge.faults import Fault

logger = logging.getLogger(__name__)

DOMAIN: Final = "stepwire"

# A status may travel in HTTP/2 trailers, and gRPC refuses more than 8 KiB of those: these limits keep the worst case
# (nothing but multi-byte characters, percent-encoded in the message and base64 in the details) below that.
MAX_MESSAGE_BYTES: Final = 800
MAX_DETAIL_BYTES: Final = 300

CODES: Final[dict[type[Fault], code_pb2.Code]] = {
    faults.UnknownEnv: code_pb2.NOT_FOUND,
    faults.UnknownSession: code_pb2.NOT_FOUND,
    faults.NotReset: code_pb2.FAILED_PRECONDITION,
    faults.EpisodeOver: code_pb2.FAILED_PRECONDITION,
    faults.OutOfOrder: code_pb2.FAILED_PRECONDITION,
    faults.Unsupported: code_pb2.UNIMPLEMENTED,
    faults.ContractMismatch: code_pb2.FAILED_PRECONDITION,
    faults.TooLarge: code_pb2.RESOURCE_EXHAUSTED,
    faults.SessionTaken: code_pb2.ABORTED,
    faults.InvalidAction: code_pb2.INVALID_ARGUMENT,
    faults.InvalidOptions: code_pb2.INVALID_ARGUMENT,
    faults.NotAuthenticated: code_pb2.UNAUTHENTICATED,
    faults.NotAllowed: code_pb2.PERMISSION_DENIED,
    faults.GameGone: code_pb2.ABORTED,
    faults.GameSilent: code_pb2.DEADLINE_EXCEEDED,
    faults.GameNonsense: code_pb2.DATA_LOSS,
    faults.GameFailed: code_pb2.ABORTED,
    faults.NoGameWaiting: code_pb2.RESOURCE_EXHAUSTED,
    faults.AtCapacity: code_pb2.RESOURCE_EXHAUSTED,
    faults.Draining: code_pb2.UNAVAILABLE,
    faults.SessionLost: code_pb2.NOT_FOUND,
}


def status_of(error: Exception, about: object = "a call") -> Status:
    """What to tell a client.

    An exception that is no fault is a bug of ours: the client learns that much, and the log has the traceback.

    Args:
        error: What was raised.
        about: Whose call it was, for the log.
    """
    if not isinstance(error, Fault):
        logger.error("%s met a bug of the server's", about, exc_info=error)
        return Status(code=code_pb2.INTERNAL, message="the server has a bug; its log says more. Tell its operator.")
    status = Status(code=CODES[type(error)], message=_clip(str(error), MAX_MESSAGE_BYTES))
    status.details.add().Pack(_info(error))
    if isinstance(error, faults.InvalidAction | faults.InvalidOptions):
        status.details.add().Pack(_bad_request(error))
    if error.retry_after is not None:
        status.details.add().Pack(_retry(error.retry_after))
    return status


def _info(fault: Fault) -> error_details_pb2.ErrorInfo:
    metadata = {name: _clip(text, MAX_DETAIL_BYTES) for name, text in fault.data.items()}
    return error_details_pb2.ErrorInfo(reason=fault.reason, domain=DOMAIN, metadata=metadata)


def _bad_request(fault: faults.InvalidAction | faults.InvalidOptions) -> error_details_pb2.BadRequest:
    request = error_details_pb2.BadRequest()
    description = _clip(f"expected {fault.expected}, given {fault.given}", MAX_DETAIL_BYTES)
    request.field_violations.add(field=_clip(fault.field, MAX_DETAIL_BYTES), description=description)
    return request


def _retry(seconds: float) -> error_details_pb2.RetryInfo:
    delay = Duration()
    delay.FromMilliseconds(round(seconds * 1000))
    return error_details_pb2.RetryInfo(retry_delay=delay)


def _clip(text: str, limit: int) -> str:
    text = text.translate(_CONTROLS)
    data = text.encode(errors="replace")  # a game may have said half a surrogate pair
    return data.decode() if len(data) <= limit else data[: limit - 3].decode(errors="ignore") + "…"


_CONTROLS: Final = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}
"""A game's words end up on somebody's terminal, which they must not command."""
