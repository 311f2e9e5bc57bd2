"""Between the messages of stepwire.v1 and the values of sessions and backends. Pure; knows no gRPC.

Reading raises `InvalidOptions` or `InvalidAction` for what makes no value. Writing raises `CodecError` for what an
environment gave and nothing can carry.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from google.protobuf.duration_pb2 import Duration
from gymnasium.vector import AutoresetMode
from numpy.typing import NDArray

from stepwire.codec import (
    CodecError,
    decode_map,
    decode_tensor,
    decode_value,
    encode_space,
    write_info,
    write_value,
)
from stepwire.v1 import env_service_pb2 as pb
from stepwire.v1 import value_pb2
from stepwire_bridge.backend import Spec
from stepwire_bridge.faults import InvalidAction, InvalidOptions, Unsupported
from stepwire_service.catalog import Offer, Order
from stepwire_service.fronts.pictures import Packed
from stepwire_service.sessions import Deadlines
from stepwire_service.settings import Settings

CONTRACT_VERSION: Final = 1

AUTORESET_MODES: Final = {
    pb.AUTORESET_MODE_UNSPECIFIED: None,
    pb.AUTORESET_MODE_NEXT_STEP: AutoresetMode.NEXT_STEP,
    pb.AUTORESET_MODE_SAME_STEP: AutoresetMode.SAME_STEP,
    pb.AUTORESET_MODE_DISABLED: AutoresetMode.DISABLED,
}
RENDER_MODES: Final = ("rgb_array", "ansi")

Read = TypeVar("Read")


# ── requests ──


def order_of(request: pb.MakeRequest) -> Order:
    """What a MakeRequest asks for."""
    batch = request.HasField("num_envs")
    if request.autoreset_mode not in AUTORESET_MODES:
        raise InvalidOptions("autoreset_mode", str(request.autoreset_mode), "one of the contract's AutoresetMode")
    if request.render_mode and request.render_mode not in RENDER_MODES:
        raise Unsupported(f"render_mode={request.render_mode!r}", f"A server offers {' and '.join(RENDER_MODES)}.")
    return Order(
        env_id=request.env_id,
        kwargs=kwargs_of(request.kwargs),
        num_envs=request.num_envs if batch else None,
        autoreset_mode=AUTORESET_MODES[request.autoreset_mode] if batch else None,
        render_mode=request.render_mode or None,
        truncate_on_game_gone=request.truncate_on_game_gone,
        batch_size=request.batch_size if request.HasField("batch_size") else None,
    )


def kwargs_of(message: value_pb2.Value.Map) -> dict[str, Any]:
    """Keyword arguments for an environment's constructor."""
    return _read("kwargs", lambda: decode_map(message))


def deadlines_of(request: pb.MakeRequest, settings: Settings) -> Deadlines:
    """The smaller of the client's and the server's, for each operation."""
    theirs = request.deadlines
    return Deadlines(
        make=_deadline(theirs, "make", settings.make_deadline),
        reset=_deadline(theirs, "reset", settings.reset_deadline),
        step=_deadline(theirs, "step", settings.step_deadline),
        render=_deadline(theirs, "render", settings.render_deadline),
    )


def seeds_of(request: pb.ResetRequest) -> list[int | None] | None:
    """One seed or None for each copy; None for no seeds at all."""
    return [seed.value if seed.HasField("value") else None for seed in request.seeds] or None


def options_of(request: pb.ResetRequest) -> dict[str, Any] | None:
    """Gymnasium's options."""
    return _read("options", lambda: decode_map(request.options)) if request.HasField("options") else None


def mask_of(request: pb.ResetRequest) -> NDArray[Any] | None:
    """Which copies to reset; its dtype and shape are the session's to check."""
    return _read("mask", lambda: decode_tensor(request.mask)) if request.HasField("mask") else None


def action_of(request: pb.StepRequest | pb.SendRequest) -> Any:
    """The action, in the types in which the client gave it."""
    try:
        return decode_value(request.action)
    except CodecError as error:
        raise InvalidAction(f"action{error.path}", error.problem, "a value of the contract") from error


def _deadline(theirs: pb.Deadlines, operation: str, ours: float) -> float:
    if not theirs.HasField(operation):
        return ours
    duration = getattr(theirs, operation)
    seconds: float = duration.seconds + duration.nanos / 1e9
    if seconds <= 0:
        raise InvalidOptions(f"deadlines.{operation}", f"{seconds:g} s", "more than 0 s")
    return min(ours, seconds)


def _read(field: str, decode: Callable[[], Read]) -> Read:
    try:
        return decode()
    except CodecError as error:
        raise InvalidOptions(f"{field}{error.path}", error.problem, "a value of the contract") from error


# ── responses ──


def write_spaces(message: pb.SpacesResponse, spec: Spec) -> None:
    """What a backend is."""
    message.observation_space.CopyFrom(encode_space(spec.observation_space))
    message.action_space.CopyFrom(encode_space(spec.action_space))
    write_info(message.metadata, spec.metadata)
    message.render_mode = spec.render_mode or ""
    if spec.num_envs is not None:
        message.num_envs = spec.num_envs
        message.autoreset_mode = _wire_mode(spec.autoreset_mode)
    if spec.batch_size is not None:
        message.batch_size = spec.batch_size


def write_packed(message: value_pb2.Value, frame: Any) -> None:
    """What `pictures.packed` has made of a frame."""
    match frame:
        case Packed():
            message.tensor.dtype = value_pb2.DATA_TYPE_UINT8
            message.tensor.shape[:] = frame.shape
            message.tensor.data = frame.file
            message.tensor.encoding = frame.encoding
        case tuple():
            message.tuple.SetInParent()
            for part in frame:
                write_packed(message.tuple.values.add(), part)
        case _:
            write_value(message, frame)


def write_limits(message: pb.Limits, settings: Settings) -> None:
    """What the server refuses to exceed."""
    for field in pb.Limits.DESCRIPTOR.fields:
        limit = getattr(settings, field.name)
        if field.message_type is None:
            setattr(message, field.name, limit)
        else:
            getattr(message, field.name).CopyFrom(duration(limit))


def list_response(offers: Iterable[Offer]) -> pb.ListEnvsResponse:
    """Everything that can be opened."""
    return pb.ListEnvsResponse(envs=map(_env_description, offers))


def _env_description(offer: Offer) -> pb.EnvDescription:
    hosts = [
        pb.HostStatus(**{field.name: getattr(host, field.name) for field in pb.HostStatus.DESCRIPTOR.fields})
        for host in offer.hosts
    ]
    return pb.EnvDescription(
        env_id=offer.env_id, description=offer.description, instances=offer.instances, free=offer.free, hosts=hosts
    )


def duration(seconds: float) -> Duration:
    """Seconds as protobuf has them; what is longer than it can say becomes its longest."""
    message = Duration()
    message.FromNanoseconds(round(min(seconds, _LONGEST) * 1e9))
    return message


_LONGEST: Final = 315_576_000_000.0  # seconds, ten thousand years: google.protobuf.Duration's own limit


def _wire_mode(mode: AutoresetMode | None) -> pb.AutoresetMode:
    return next(wire for wire, ours in AUTORESET_MODES.items() if ours is mode)
