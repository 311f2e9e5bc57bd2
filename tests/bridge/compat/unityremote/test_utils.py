"""What environments are told, and images that come as text."""

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from stepwire_bridge.compat.unityremote import utils
from stepwire_bridge.compat.unityremote.utils import get_image, image_decode, image_from_str


def test_the_definitions_are_those_of_old() -> None:
    definitions = utils.environment_definitions
    assert (definitions["host"], definitions["input_port"], definitions["output_port"]) == ("127.0.0.1", 8080, 7070)
    assert (definitions["action_shape"], definitions["state_shape"], definitions["n_envs"]) == ((1,), (1,), 1)
    assert (definitions["min_value"], definitions["max_value"], definitions["state_type"]) == (-100, 100, np.float32)


@pytest.mark.parametrize(
    ("text", "w", "h", "dtype", "image"),
    [
        ("0,1;2,3", 2, 2, np.uint8, [[0, 1], [2, 3]]),
        ("0,1,2;3,4,5;", 2, 3, np.uint8, [[0, 1, 2], [3, 4, 5]]),
        ("7", 2, 2, np.int32, [[7, 0], [0, 0]]),
        (" 0.5 , 1.5 ", 1, 2, np.float32, [[0.5, 1.5]]),
        ("", 1, 2, np.uint8, [[0, 0]]),
    ],
)
def test_rows_of_numbers_are_an_image(text: str, w: int, h: int, dtype: Any, image: Any) -> None:
    read = image_from_str(text, w, h, dtype)
    assert (read.tolist(), read.dtype) == (image, np.dtype(dtype))
    assert image_decode(base64.b64encode(text.encode()), w, h, dtype).tolist() == image


@pytest.mark.parametrize("text", ["0,1,2", "0;1;2", "a", "256", "-1", "0.5", "nan", "1e400"])
def test_what_is_no_image_of_that_size_and_kind_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"image of|could not convert|no uint8"):
        image_from_str(text, 2, 2)


def packed(size: tuple[int, int], kind: str = "PNG") -> str:
    data = io.BytesIO()
    Image.new("RGB", size, (255, 255, 255)).save(data, kind)
    return base64.b64encode(data.getvalue()).decode()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_grey_and_of_the_size_that_is_asked_for(kind: str) -> None:
    grey = get_image(packed((8, 4), kind), 84, 60)
    assert (grey.shape, grey.dtype, grey.min()) == ((60, 84), np.uint8, 255)
    assert get_image(packed((8, 4)), dtype=np.float32).dtype == np.float32


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(ValueError, match="5000 by 5000 pixels; the limit is"):
        get_image(packed((5000, 5000)))


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="base64"):
        get_image("%%%")
    with pytest.raises(ValueError, match="no PNG or JPEG"):
        get_image(base64.b64encode(b"hello"))
