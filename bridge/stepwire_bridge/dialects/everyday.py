"""The state that nearly every binary frame of a game holds, read in one go: one array seen, plain numbers, flat infos.

Pure. Knows no other form than that; whoever sends another one is read by `reading`, with the same result.
"""

from typing import Any

import msgspec

from stepwire_bridge.messages import Instances, RequestId, State
from stepwire_bridge.reading import Place, placed, rounded_up

Scalar = str | int | float | bool | None


class _Placed(msgspec.Struct):
    """An array, or where it is."""

    place: Place = msgspec.field(name="$array")


class _Everyday(msgspec.Struct, forbid_unknown_fields=True, tag="state", tag_field="type"):
    """A state whose fields are what they mostly are; see `State`."""

    id: RequestId
    instances: Instances
    observations: _Placed
    rewards: list[float] | _Placed | None = None
    terminated: list[bool] | _Placed | None = None
    truncated: list[bool] | _Placed | None = None
    infos: list[dict[str, Scalar]] | None = None
    info_columns: dict[str, list[Scalar] | _Placed] | None = None


_decode = msgspec.json.Decoder(_Everyday).decode


def read_everyday(frame: bytes) -> State | None:
    """The state that a binary frame holds, with its arrays as views into the frame; None where it is not that.

    Raises:
        BadMessage: It is that, but an array reaches beyond the frame.
    """
    end = 4 + int.from_bytes(frame[:4], "little")
    try:
        said = _decode(frame[4:end])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    start = rounded_up(end)

    def read(field: Any) -> Any:
        return placed(frame, start, field.place) if type(field) is _Placed else field

    columns = said.info_columns and {key: read(column) for key, column in said.info_columns.items()}
    return State(
        id=said.id, instances=said.instances, observations=placed(frame, start, said.observations.place),
        rewards=read(said.rewards), terminated=read(said.terminated), truncated=read(said.truncated),
        infos=said.infos, info_columns=columns,
    )  # fmt: skip
