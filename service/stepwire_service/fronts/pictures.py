"""Pictures as PNG or JPEG files, for renders that are looked at rather than learned from. Pure; knows no gRPC."""

import io
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from PIL import Image

from stepwire.v1 import value_pb2
from stepwire_bridge.faults import InvalidOptions, Unsupported

FORMATS: Final = {value_pb2.ENCODING_PNG: "PNG", value_pb2.ENCODING_JPEG: "JPEG"}


def check_encoding(encoding: value_pb2.Encoding) -> None:
    """Refuse an encoding that the contract does not have."""
    if encoding != value_pb2.ENCODING_UNSPECIFIED and encoding not in FORMATS:
        raise InvalidOptions("encoding", str(encoding), "one of the contract's Encoding")


@dataclass(frozen=True, slots=True)
class Packed:
    """A picture as a file: uint8[height, width, channels] before it was packed."""

    shape: tuple[int, ...]
    file: bytes
    encoding: value_pb2.Encoding


def packed(frame: Any, encoding: value_pb2.Encoding) -> Any:
    """What a render gave, with its pictures packed. Takes milliseconds a picture: not for an event loop's thread.

    Raises:
        Unsupported: The encoding has no room for such a picture.
    """
    if isinstance(frame, tuple):
        return tuple(packed(part, encoding) for part in frame)
    if not (isinstance(frame, np.ndarray) and frame.dtype == np.uint8 and frame.ndim == 3):
        return frame
    file = io.BytesIO()
    try:
        Image.fromarray(frame).save(file, FORMATS[encoding])
    except (OSError, TypeError, ValueError, SystemError) as error:
        what = f"a {FORMATS[encoding]} of a picture of shape {list(frame.shape)}"
        raise Unsupported(what, "Ask for it without an encoding.") from error
    return Packed(frame.shape, file.getvalue(), encoding)
