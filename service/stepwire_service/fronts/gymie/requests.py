"""The requests of Gymie's second version: what a message asks for, and with which parameters. Pure.

Knows which parameters each method takes; what the methods do is `modern`'s.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar

import msgspec

from stepwire_bridge.reading import Restoring, opened, parsed

NO_ID: Final = msgspec.Raw(b"null")
Seed = Annotated[int, msgspec.Meta(ge=0)] | None


P = TypeVar("P", bound="Params")


class Refused(Exception):
    """What is no request, with a reason that is no fault's."""

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)


class _Envelope(msgspec.Struct):
    id: msgspec.Raw = NO_ID
    method: Any = None
    params: Any = msgspec.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """What a message asks for, before anybody has looked at its parameters.

    Attributes:
        id: The agent's own, as it was written.
        method: What is asked for; anything, until that is looked at.
        params: For it, as JSON has them.
        restoring: What restores in them what JSON cannot say; None where all is said.
    """

    id: msgspec.Raw
    method: Any
    params: Any
    restoring: Restoring | None


class Params(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """No parameters."""


class Of(Params, kw_only=True):
    """An instance."""

    instance_id: str


class Make(Params, kw_only=True):
    """Of `make`."""

    env_id: str
    seed: Seed = None
    kwargs: dict[str, Any] | None = None
    render_mode: str | None = None


class Reset(Of, kw_only=True):
    """Of `reset`."""

    seed: Seed = None
    options: dict[str, Any] | None = None


class Step(Of, kw_only=True):
    """Of `step`."""

    action: Any


class Sample(Of, kw_only=True):
    """Of `action_sample`."""

    seed: Seed = None


def read(message: str | bytes) -> Request:
    """The request in a message, as far as it is one.

    Raises:
        Refused: It is none.
    """
    try:
        text, restoring = opened(message if isinstance(message, str) else message.decode())
        envelope = parsed(text, _decode)
    except ValueError as error:  # not UTF-8, or not JSON, or no object
        raise Refused("BAD_REQUEST", str(error)) from error
    return Request(envelope.id, envelope.method, envelope.params, restoring)


def params_of(request: Request, kind: type[P]) -> P:
    """Its parameters, with what JSON cannot say put in its place.

    Raises:
        Refused: They are not those of the method.
    """
    try:
        params = request.params if request.restoring is None else request.restoring.of(request.params)
        return msgspec.convert(params, kind)
    except (ValueError, RecursionError) as error:
        raise Refused("BAD_REQUEST", f"{request.method}: {error or 'nested too deep'}") from error


_decode: Final = msgspec.json.Decoder(_Envelope).decode
