"""Pictures that games send, as Gymnasium's render gives them. Pure."""

import io
from typing import Any

import numpy as np
from PIL import Image, UnidentifiedImageError

from stepwire_bridge.messages import Frame

MAX_PIXELS = 2**24
"""A compressed picture may claim any size; this much (4096 x 4096) is unpacked and no more."""


class BadFrame(ValueError):
    """A frame that is no picture of the kind that was asked for."""


def picture(frame: Frame, mode: str) -> Any:
    """uint8[height, width, 3] for mode "rgb_array", a string for "ansi".

    Raises:
        BadFrame: The frame holds something else, cannot be read, or is too large.
    """
    match mode, frame.encoding, frame.data:
        case "ansi", "text", str(text):
            return text
        case "rgb_array", "rgb", np.ndarray() | list():
            return _rgb(frame.data)
        case "rgb_array", "png" | "jpeg", bytes(data):
            return _unpacked(data)
        case "rgb_array", "png" | "jpeg", np.ndarray(dtype=np.dtypes.UInt8DType()) as data:
            return _unpacked(data.tobytes())
        case _:
            kind = type(frame.data).__name__
            raise BadFrame(
                f"a frame of encoding {frame.encoding[:40]!r} holding {kind} is no picture for mode {mode!r}"
            )


def _rgb(data: Any) -> Any:
    try:
        pixels = np.asarray(data)
    except ValueError as error:
        raise BadFrame(f"rgb is uint8[height, width, 3]: {error}") from error
    if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.dtype.kind not in "iu":
        raise BadFrame(f"rgb is uint8[height, width, 3], not {pixels.dtype}{list(pixels.shape)}")
    if pixels.size and not (pixels.min() >= 0 and pixels.max() <= 255):
        raise BadFrame("rgb has numbers from 0 to 255")
    return pixels.astype(np.uint8, copy=False)


def _unpacked(data: bytes) -> Any:
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise BadFrame(f"a picture of {image.width} x {image.height}; the limit is {MAX_PIXELS} pixels")
            return np.array(image.convert("RGB"))
    except UnidentifiedImageError as error:
        raise BadFrame("a picture that cannot be read: it is neither PNG nor JPEG") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadFrame(f"a picture that cannot be read: {error}") from error
