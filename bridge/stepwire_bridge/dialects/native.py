"""The native dialect: messages as JSON text, or as binary frames with their arrays behind a JSON header.

Pure: no socket, no clock. Knows the two kinds of frames; how values are written and read is that of `writing` and
`reading`. Knows nothing of what a message means or when it may come. docs/game-protocol.md is the page.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from stepwire_bridge.dialects.everyday import read_everyday
from stepwire_bridge.messages import BadMessage, Final, Frame, FromBridge, FromGame, Hello, Message, Reset, State, Step
from stepwire_bridge.reading import SCALARS, Restoring, opened, parsed, rounded_up
from stepwire_bridge.writing import SAFE_INTEGER, Place, dtype_name, listed, plain, tagged

BINARY_FROM = 64
"""A message whose arrays hold so many fractions goes as a binary frame; a smaller one as text, for people to read."""

WHOLE_AS_FRACTIONS = 1 / 8
"""What a whole number counts there: it is short as text, and read as quickly as the bytes of an int64 are unpacked."""

MAX_NESTING = 32
"""Levels of an info. Nothing real is deeper, and what stands above would have to recurse."""


class Native:
    """The dialect of one connection. It learns from the game's hello whether the game reads binary frames."""

    greeting: Hello | None = None
    """The hello said in the game's place: none, a native game says its own."""

    heartbeats = True
    """Whether the game answers a ping."""

    resets_after = True
    """Whether the game knows `reset_after`."""

    def __init__(self) -> None:
        self.binary = False
        self._is_everyday = True
        """Whether to try the short way first: until the first state that is too odd for it."""

    def encode(self, message: FromBridge | FromGame) -> str | bytes:
        """The message as one WebSocket message: text, or bytes for a binary frame.

        Raises:
            TypeError: A value that the dialect has no form for, such as a set.
        """
        if type(message) is Step and (actions := _few_whole(message.actions)) is not None:
            return msgspec.json.encode(msgspec.structs.replace(message, actions=actions)).decode()
        fields = {field: getattr(message, field) for field in _FREE.get(type(message), ())}
        if self.binary and sum(map(_weight, fields.values())) >= BINARY_FROM:
            return _frame(message, fields)
        return _text(message, fields)

    def take_back(self) -> None:
        """Nothing: answers say what they answer, so no request is remembered."""

    def decode(self, data: str | bytes) -> FromGame:
        """The message that a game sent.

        Raises:
            BadMessage: It is not JSON, no such type, a field is missing or of the wrong kind, or an array cannot be.
        """
        if self._is_everyday and type(data) is bytes and (state := read_everyday(data)) is not None:
            return state
        header, restoring = opened(data)
        message = parsed(header, _decode)
        if restoring is not None:
            _restore(message, restoring)
        if isinstance(message, State):
            self._is_everyday = self._is_everyday and isinstance(data, str)
            _check_infos(message)
        elif isinstance(message, Hello):
            self.binary = message.binary
        return message


_FREE: dict[type[Message], tuple[str, ...]] = {
    Hello: ("observation_space", "action_space", "metadata"),
    Reset: ("seeds", "options"),
    Step: ("actions",),
    State: ("observations", "rewards", "terminated", "truncated", "infos", "finals", "info_columns"),
    Frame: ("data",),
}
"""The fields of each message that hold values of any kind, and so need a form; the others are plain already."""

_TAGGED = {"options", "infos", "info_columns"}
"""Where no space tells an array's dtype, so that text has to."""


# ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _few_whole(actions: Any) -> list[int] | None:
    """A short batch of Discrete actions as JSON has it: most steps are that, and it is a short way."""
    if type(actions) is np.ndarray and actions.ndim == 1 and actions.dtype.kind in "iu":
        actions = actions.tolist() if actions.size * WHOLE_AS_FRACTIONS <= BINARY_FROM else None
    if type(actions) is not list or not actions or not _INTEGERS.issuperset(map(type, actions)):
        return None
    return actions if min(actions) >= -SAFE_INTEGER and max(actions) <= SAFE_INTEGER else None


def _text(message: Message, fields: dict[str, Any]) -> str:
    plain = {name: _plain(name, value, tagged if name in _TAGGED else listed) for name, value in fields.items()}
    return msgspec.json.encode(msgspec.structs.replace(message, **plain)).decode()


def _frame(message: Message, fields: dict[str, Any]) -> bytes:
    arrays: list[NDArray[Any]] = []
    offset = 0

    def lifted(array: NDArray[Any]) -> dict[str, Any]:
        nonlocal offset
        place = {"dtype": dtype_name(array), "shape": list(array.shape), "offset": offset}
        arrays.append(array)
        offset += rounded_up(array.nbytes)
        return {"$array": place}

    plain = {name: _plain(name, value, lifted) for name, value in fields.items()}
    header = msgspec.json.encode(msgspec.structs.replace(message, **plain))
    parts = [_padded(len(header).to_bytes(4, "little") + header)]
    parts += [_padded(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()) for array in arrays]
    return b"".join(parts)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 8)


def _weight(value: Any) -> float:
    """How many elements the arrays in a value hold, all together, in fractions."""
    match value:
        case np.ndarray():
            return value.size * (1 if value.dtype.kind == "f" else WHOLE_AS_FRACTIONS)
        case dict():
            return sum(map(_weight, value.values()))
        case list() | tuple():
            return sum(map(_weight, value)) if value and not isinstance(value[0], (int, float, str)) else 0
        case _:
            return 0


def _plain(field: str, value: Any, place: Place) -> Any:
    """The field of a message as JSON can hold it; `place` says what stands for an array."""
    if field != "finals":
        return plain(value, place)
    by_dtype = tagged if place is listed else place
    return [Final(final.instance, plain(final.observation, place), plain(final.info, by_dtype)) for final in value]


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


_decode: Callable[[str | bytes], FromGame] = msgspec.json.Decoder(FromGame).decode


def _restore(message: FromGame, restoring: Restoring) -> None:
    """Put the values that JSON cannot say into a message that nobody else has seen yet."""
    for field in _FREE.get(type(message), ()):
        if restoring.left <= 0:
            return
        value = getattr(message, field)
        if field == "finals":
            for final in value:
                _put(final, "observation", restoring.of(final.observation))
                _put(final, "info", restoring.of(final.info))
        elif value is not None:
            _put(message, field, restoring.of(value))


def _check_infos(state: State) -> None:
    """What was restored may be no object any more, and what was not restored may be nested without end."""
    for info in state.infos or ():
        _check_info(info)
    for final in state.finals:
        _check_info(final.info)
    for column in (state.info_columns or {}).values():
        if isinstance(column, list):
            _check_nesting(column, MAX_NESTING - 1)


def _check_info(info: Any) -> None:
    if type(info) is not dict:
        raise BadMessage(f"an info is an object, not {str(info)[:60]}")
    if not SCALARS.issuperset(map(type, info.values())):
        _check_nesting(info, MAX_NESTING - 1)


def _check_nesting(value: Any, levels: int) -> None:
    entries = value.values() if isinstance(value, dict) else value
    if SCALARS.issuperset(map(type, entries)):
        return
    if levels == 0:
        raise BadMessage(f"an info is nested more than {MAX_NESTING} levels deep")
    for entry in entries:
        if isinstance(entry, (dict, list)):
            _check_nesting(entry, levels - 1)


_INTEGERS = frozenset((int,))
_put = msgspec.structs.force_setattr
