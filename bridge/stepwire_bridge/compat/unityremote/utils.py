"""The old `unityremote.utils`: what an environment is told, and images that come as text.

Knows no sockets. Images that are text have rows of numbers, `v,v;v,v`; others are PNG or JPEG in base64.
"""

import base64
import io
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray
from PIL import Image

MAX_PIXELS = 2**24
"""Of an image that is unpacked: a few bytes can say they are a huge one."""

environment_definitions: dict[str, Any] = {
    "host": "127.0.0.1",
    "input_port": 8080,
    "output_port": 7070,
    "n_envs": 1,
    "action_shape": (1,),
    "state_shape": (1,),
    "min_value": -100.0,
    "max_value": 100.0,
    "state_type": np.float32,
    "actions": [],
    "action_meaning": [],
    "make_inference_network": None,
}
"""What `configure` takes, with the old defaults; programs change it in place. Keys that are not known are let be."""


def image_from_str(imgstr: str, w: int, h: int, dtype: DTypeLike = np.uint8) -> NDArray[Any]:
    """An image of rows `v,v;v,v` as an array of shape (w, h): w rows, as it always was. What is not said is 0.

    Raises:
        ValueError: More rows or values than that, or what is no number of the dtype.
    """
    image = np.zeros((w, h), dtype)
    rows = [[value for value in row.split(",") if value.strip()] for row in imgstr.split(";") if row.strip()]
    if len(rows) > w or any(len(row) > h for row in rows):
        raise ValueError(f"an image of {len(rows)} rows, up to {max(map(len, rows))} wide, is no {w} by {h}")
    for i, row in enumerate(rows):
        image[i, : len(row)] = _numbers(row, image.dtype)
    return image


def image_decode(frame: str | bytes, w: int, h: int, dtype: DTypeLike = np.uint8) -> NDArray[Any]:
    """The same of text in base64; see `image_from_str`.

    Raises:
        ValueError: It is not base64 of such text.
    """
    return image_from_str(base64.b64decode(frame, validate=True).decode(), w, h, dtype)


def get_image(frame: str | bytes, width: int = 84, height: int = 84, dtype: DTypeLike = np.uint8) -> NDArray[Any]:
    """The grey values of a PNG or JPEG in base64, in the given size: dtype[height, width], 0 to 255.

    Raises:
        ValueError: It is not base64, no image, or one of too many pixels.
    """
    data = io.BytesIO(base64.b64decode(frame, validate=True))
    try:
        with Image.open(data, formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValueError(f"an image of {image.width} by {image.height} pixels; the limit is {MAX_PIXELS}")
            return np.asarray(image.convert("L").resize((width, height), Image.Resampling.BOX), dtype)
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(f"no PNG or JPEG that can be read: {error}") from error


def _numbers(row: list[str], dtype: np.dtype[Any]) -> NDArray[Any]:
    numbers = np.array([float(value) for value in row])
    if dtype.kind in "iu":
        low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
        if not ((numbers == np.trunc(numbers)) & (numbers >= low) & (numbers <= high)).all():
            raise ValueError(f"{','.join(row)!r:.80} has a value that is no {dtype}")
    return numbers.astype(dtype)
