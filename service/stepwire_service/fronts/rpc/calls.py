"""What every call of the gRPC front begins and ends with: whose it is, and the status of an error."""

from collections.abc import Iterable
from typing import Any, Final, TypeVar

import grpc
from google.protobuf.message import DecodeError, Message
from google.rpc.status_pb2 import Status

from stepwire_bridge.faults import ContractMismatch, InvalidOptions
from stepwire_service.fronts.messages import CONTRACT_VERSION
from stepwire_service.fronts.status import status_of
from stepwire_service.tokens import owner_of

CONTRACT_HEADER: Final = "stepwire-contract"
DETAILS_HEADER: Final = "grpc-status-details-bin"
"""Where gRPC's richer error model has the google.rpc.Status: https://grpc.io/docs/guides/error/."""

Context = grpc.aio.ServicerContext[Any, Any]

Request = TypeVar("Request", bound=Message)

_CODES: Final = {code.value[0]: code for code in grpc.StatusCode}


class Told(Exception):
    """A failure whose status is ready, as it was kept."""

    def __init__(self, status: Status) -> None:
        self.status = status


def admit(metadata: Iterable[tuple[str, str | bytes]], tokens: tuple[str, ...]) -> str:
    """Whose call it is, read from its metadata.

    Raises:
        NotAuthenticated: A token is wanted, and there is none or a wrong one.
        ContractMismatch: The client says that it speaks another version. Saying none is fine.
    """
    said = {key: _text(value) for key, value in metadata}
    owner = owner_of(said.get("authorization"), tokens)
    contract = said.get(CONTRACT_HEADER, str(CONTRACT_VERSION))
    if contract != str(CONTRACT_VERSION):
        raise ContractMismatch(int(contract) if contract.isdecimal() and len(contract) < 10 else 0, CONTRACT_VERSION)
    return owner


def parse(kind: type[Request], data: bytes) -> Request:
    """The message of that kind in the bytes of a request.

    Raises:
        InvalidOptions: There is none.
    """
    try:
        return kind.FromString(data)
    except DecodeError as error:
        raise InvalidOptions("request", "bytes that are no message", f"a {kind.DESCRIPTOR.name}") from error


async def abort(context: Context, error: Exception) -> None:
    """End a call with the status of an error."""
    status = error.status if isinstance(error, Told) else status_of(error)
    await context.abort(_CODES[status.code], status.message, ((DETAILS_HEADER, status.SerializeToString()),))


def _text(value: str | bytes) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else value
