"""Packed pictures (PNG, JPEG) in Tensor messages, unpacked with Pillow where it is installed.

Pillow is no dependency of the light client, so it is imported by the first picture that needs it.
"""

import io
from typing import Any

import numpy as np

from stepwire.codec.errors import CodecError
from stepwire.codec.limits import MAX_PIXELS
from stepwire.v1 import value_pb2

_FORMATS = {value_pb2.ENCODING_PNG: "PNG", value_pb2.ENCODING_JPEG: "JPEG"}
_MODES = {1: "L", 3: "RGB", 4: "RGBA"}


def unpack_picture(message: value_pb2.Tensor) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The pixels of a packed picture: a fresh, writable uint8[height, width, channels].

    Raises:
        CodecError: when Pillow is missing, the file is broken or its size differs from the message's shape.
    """
    file_format, shape = _declared(message)
    try:
        from PIL import Image
    except ImportError as error:
        raise CodecError("packed pictures need Pillow: pip install pillow, or ask for raw ones") from error
    try:
        with Image.open(io.BytesIO(message.data), formats=[file_format]) as picture:
            _check_size(picture.size, shape)
            pixels = np.array(picture.convert(_MODES[shape[2]]))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise CodecError(f"broken {file_format} picture: {error}") from error
    return pixels.reshape(shape)


def _declared(message: value_pb2.Tensor) -> tuple[str, list[int]]:
    file_format = _FORMATS.get(message.encoding)
    if file_format is None:
        raise CodecError(f"Encoding {message.encoding} is not known")
    shape = message.shape[:4]
    if message.dtype != value_pb2.DATA_TYPE_UINT8 or len(shape) != 3 or shape[2] not in _MODES:
        raise CodecError(f"a packed picture is uint8[height, width, 1 or 3 or 4], not of shape {shape}")
    return file_format, shape


def _check_size(size: tuple[int, int], shape: list[int]) -> None:
    width, height = size
    if [height, width] != shape[:2]:
        raise ValueError(f"it is {height} high and {width} wide, its shape says {shape}")
    if height * width > MAX_PIXELS:
        raise ValueError(f"more than {MAX_PIXELS} pixels")
