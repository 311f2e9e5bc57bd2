"""What an AI4U agent says of its sensors and actuators, as spaces; what its sensors say, as observations.

Pure. `modelmetadata` is JSON: each input has a name, a shape, a range and a kind, each output a name, a shape, ranges,
and whether it is continuous. Knows nothing of frames' other fields, of commands or of the declaration.
"""

import base64
import binascii
import io
import math
from collections.abc import Mapping
from enum import IntEnum
from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from stepwire_bridge.messages import BadMessage


class Kind(IntEnum):
    """What a sensor says. `modelmetadata` numbers the kinds unlike the types of a frame's fields."""

    FLOAT = 0
    STRING = 1
    BOOL = 2
    INT = 3
    BYTES = 4
    FLOATS = 5
    INTS = 6
    STRINGS = 7
    IMAGE = 8


MAX_TEXT = 1024
"""Characters of a string that is observed; the metadata say no length."""

MAX_STRINGS = 256
"""Strings of one sensor."""

_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_LEVELS = (0, 255)
_WHOLE = np.iinfo(np.int32)
_EXACT = 2.0**53
"""Below it a float64 holds every whole number."""

Axis = Annotated[int, msgspec.Meta(ge=0)]


class Input(msgspec.Struct, frozen=True, rename="camel"):
    """One sensor. `data_type` is what its kind stands for: pictures come as strings."""

    name: str
    shape: list[Axis]
    type: int
    range_min: float = 0.0
    range_max: float = 1.0
    data_type: int | None = None

    @property
    def is_image(self) -> bool:
        """Whether its values are compressed pictures."""
        return Kind.IMAGE in (self.type, self.data_type) or (
            self.type in (Kind.BYTES, Kind.STRINGS) and len(self.shape) > 1
        )


class Output(msgspec.Struct, frozen=True, rename="camel"):
    """One actuator."""

    name: str
    is_continuous: bool
    shape: list[Axis]
    range_min: list[float] = []
    range_max: list[float] = []


class Metadata(msgspec.Struct, frozen=True):
    """All that one agent has."""

    inputs: Annotated[list[Input], msgspec.Meta(min_length=1, max_length=256)]
    outputs: Annotated[list[Output], msgspec.Meta(min_length=1, max_length=256)]


def read_metadata(json: Any) -> Metadata:
    """The metadata in the text of a config frame.

    Raises:
        BadMessage: It is no JSON, or a field is missing or of the wrong kind, or two have one name.
    """
    try:
        metadata = msgspec.json.decode(json, type=Metadata) if isinstance(json, str) else None
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadMessage(f"modelmetadata: {error}") from error
    if metadata is None:
        raise BadMessage("modelmetadata is text")
    for what, parts in (("inputs", metadata.inputs), ("outputs", metadata.outputs)):
        names = [part.name for part in parts]
        if len(set(names)) < len(names) or not all(names):
            raise BadMessage(f"modelmetadata: {what} have names, each its own, not {names!r:.200}")
    return metadata


# ── what is observed ─────────────────────────────────────────────────────────────────────────────────────────────────


def observation_space(inputs: list[Input]) -> dict[str, Any]:
    """The space of what so many sensors say, in JSON: that of the only one, or a Dict by name.

    Raises:
        BadMessage: A sensor of which no space can be made.
    """
    if len(inputs) == 1:
        return _space(inputs[0])
    return {"type": "Dict", "spaces": {one.name: _space(one) for one in inputs}}


def observation(inputs: list[Input], fields: Mapping[str, Any]) -> Any:
    """What they say in a frame, laid out as `observation_space` has it; numbers may be held in other dtypes.

    Raises:
        BadMessage: A sensor's field is missing, or holds something else.
    """
    values = {one.name: _value(one, fields) for one in inputs}
    return values if len(inputs) > 1 else values[inputs[0].name]


def _space(one: Input) -> dict[str, Any]:
    if one.is_image:
        return _box(_image_shape(one), *_LEVELS, "uint8")
    match one.type:
        case Kind.STRING:
            return _text()
        case Kind.STRINGS:
            return {"type": "Tuple", "spaces": [_text()] * _count(one)}
        case Kind.BOOL:
            return _box(one.shape, 0, 1, "uint8")
        case Kind.BYTES:
            return _box(one.shape, *_LEVELS, "uint8")
        case Kind.INT | Kind.INTS:
            low, high = math.floor(one.range_min), math.ceil(one.range_max)
            return _box(one.shape, max(low, int(_WHOLE.min)), min(high, int(_WHOLE.max)), "int32")
        case Kind.FLOAT | Kind.FLOATS:
            return _box(one.shape, one.range_min, one.range_max, "float32")
        case _:
            raise BadMessage(f"modelmetadata: input {one.name!r:.80} is of kind {one.type}; there are 0 to {max(Kind)}")


def _box(shape: list[int], low: Any, high: Any, dtype: str) -> dict[str, Any]:
    return {"type": "Box", "shape": shape, "low": low, "high": high, "dtype": dtype}


def _count(one: Input) -> int:
    if (count := math.prod(one.shape)) > MAX_STRINGS:
        raise BadMessage(f"modelmetadata: input {one.name!r:.80} has {count} strings; the limit is {MAX_STRINGS}")
    return count


def _text() -> dict[str, Any]:
    return {"type": "Text", "min_length": 0, "max_length": MAX_TEXT, "charset": _PRINTABLE}


def _image_shape(one: Input) -> list[int]:
    """Channels, then the two sides in the order of the metadata; stacked pictures are so many more channels."""
    match one.shape:
        case [first, second]:
            return [1, first, second]
        case [*leading, first, second] if leading:
            return [math.prod(leading), first, second]
        case _:
            raise BadMessage(f"modelmetadata: input {one.name!r:.80} is a picture of shape {one.shape}")


def _value(one: Input, fields: Mapping[str, Any]) -> Any:
    if one.name not in fields:
        raise BadMessage(f"the frame has no field {one.name!r:.80}, which is an input of the metadata")
    value = fields[one.name]
    if one.is_image:
        return _pictures(one, [value] if isinstance(value, str) else value)
    match one.type:
        case Kind.BYTES:
            return _shaped(np.frombuffer(_decoded(one, value), np.uint8), one.shape)
        case Kind.STRING:
            return value
        case Kind.STRINGS:
            return tuple(value) if isinstance(value, list) else value
        case Kind.INT | Kind.INTS:
            return _shaped(_whole(value), one.shape)
        case _:
            return _shaped(value, one.shape)


def _whole(value: Any) -> Any:
    """Whole numbers where they are: engines write arrays of them as arrays of floats."""
    if isinstance(value, (str, list)):
        return value
    array = np.asarray(value)
    if array.dtype.kind != "f" or not (np.abs(array) < _EXACT).all() or not (np.trunc(array) == array).all():
        return array
    return array.astype(np.int64)


def _shaped(value: Any, shape: list[int]) -> Any:
    """The numbers in that shape; what has other numbers is left for whoever judges observations."""
    if isinstance(value, (str, list)):
        return value
    array = np.asarray(value)
    array = array.astype(np.uint8) if array.dtype == np.bool_ else array
    return array.reshape(shape) if array.size == math.prod(shape) else array


def _decoded(one: Input, value: Any) -> bytes:
    try:
        return base64.b64decode(value if isinstance(value, str) else "", validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadMessage(f"input {one.name!r:.80} is not base64: {error}") from error


# ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _pictures(one: Input, values: Any) -> NDArray[np.uint8]:
    """uint8[channels, side, side] of pictures one after the other, each PNG or JPEG in base64."""
    channels, *sides = _image_shape(one)
    if not isinstance(values, list) or not values or channels not in (len(values), 3 * len(values)):
        count = len(values) if isinstance(values, list) else 0
        raise BadMessage(f"input {one.name!r:.80} has {count} pictures for {channels} channels")
    mode = "L" if channels == len(values) else "RGB"
    pixels = np.concatenate([_picture(one, _decoded(one, value), mode, sides) for value in values])
    upright = list(pixels.shape[1:]) == sides
    return pixels if upright else pixels.transpose(0, 2, 1)


def _picture(one: Input, data: bytes, mode: str, sides: list[int]) -> NDArray[np.uint8]:
    """uint8[channels, height, width]; unpacked only once its size is known to be right."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if sorted(image.size) != sorted(sides):
                raise BadMessage(f"input {one.name!r:.80} is a picture of {image.size}, not of {tuple(sides)}")
            pixels = np.array(image.convert(mode), np.uint8)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, BadMessage):
            raise
        raise BadMessage(f"input {one.name!r:.80} is a picture that cannot be read: {error}") from error
    return pixels[np.newaxis] if pixels.ndim == 2 else np.moveaxis(pixels, -1, 0)


# ── what is done ─────────────────────────────────────────────────────────────────────────────────────────────────────


def action_space(outputs: list[Output]) -> dict[str, Any]:
    """The space of actions, in JSON: that of the only actuator, or one of several.

    An engine runs the one actuator that a command names, so that with several an action is for one of them.

    Raises:
        BadMessage: An actuator whose ranges do not fit it.
    """
    if len(outputs) == 1:
        return _action(outputs[0])
    return {"type": "OneOf", "spaces": [_action(one) for one in outputs]}


def _action(one: Output) -> dict[str, Any]:
    if not one.is_continuous:
        if not one.shape or one.shape[-1] < 1:
            raise BadMessage(f"modelmetadata: output {one.name!r:.80} offers no action")
        return {"type": "Discrete", "n": one.shape[-1]}
    if len(one.range_min) != len(one.range_max):
        raise BadMessage(f"modelmetadata: the ranges of output {one.name!r:.80} are of different lengths")
    if one.range_min:
        return _box([len(one.range_min)], one.range_min, one.range_max, "float32")
    return _box([math.prod(one.shape)], None, None, "float32")
