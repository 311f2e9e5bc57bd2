"""Pictures come out as Gymnasium's render gives them, and whatever is no picture is refused."""

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from stepwire_bridge.frames import BadFrame, picture
from stepwire_bridge.messages import Frame

PIXELS = np.random.default_rng(1).integers(0, 256, (4, 6, 3)).astype(np.uint8)


def packed(pixels: Any, kind: str, **options: Any) -> bytes:
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, kind, **options)
    return data.getvalue()


def frame(encoding: str, data: Any) -> Frame:
    return Frame(1, 0, encoding, data)


@pytest.mark.parametrize(
    "sent",
    [
        frame("rgb", PIXELS),
        frame("rgb", PIXELS.tolist()),
        frame("rgb", PIXELS.astype(np.int64)),
        frame("png", packed(PIXELS, "PNG")),
        frame("png", np.frombuffer(packed(PIXELS, "PNG"), np.uint8)),
        frame("png", packed(np.dstack([PIXELS, np.full((4, 6), 255, np.uint8)]), "PNG")),
    ],
    ids=["rgb", "rgb in lists", "rgb as int64", "png", "png as an array", "png with alpha"],
)
def test_a_picture_is_uint8_rgb(sent: Frame) -> None:
    drawn = picture(sent, "rgb_array")
    assert drawn.dtype == np.uint8
    assert np.array_equal(drawn, PIXELS)


def test_a_jpeg_is_nearly_what_it_was() -> None:
    grey = np.full((8, 8, 3), 100, np.uint8)
    assert np.abs(picture(frame("jpeg", packed(grey, "JPEG")), "rgb_array").astype(int) - 100).max() <= 2


def test_text_is_text() -> None:
    assert picture(frame("text", "@.."), "ansi") == "@.."


@pytest.mark.parametrize(
    ("sent", "mode", "says"),
    [
        (frame("text", "@"), "rgb_array", "no picture for mode 'rgb_array'"),
        (frame("rgb", PIXELS), "ansi", "no picture for mode 'ansi'"),
        (frame("text", 5), "ansi", "int"),
        (frame("gif", b"GIF89a"), "rgb_array", "gif"),
        (frame("rgb", PIXELS[0]), "rgb_array", "height, width, 3"),
        (frame("rgb", PIXELS.astype(np.float32)), "rgb_array", "float32"),
        (frame("rgb", [[[0, 0, 256]]]), "rgb_array", "0 to 255"),
        (frame("rgb", [[[0], [1, 2]]]), "rgb_array", "height, width, 3"),
        (frame("png", b"nothing"), "rgb_array", "read"),
        (frame("png", packed(PIXELS, "PNG")[:40]), "rgb_array", "read"),
        (frame("png", packed(PIXELS, "GIF")), "rgb_array", "read"),
        (frame("png", packed(np.zeros((5000, 5000), np.uint8), "PNG")), "rgb_array", "5000 x 5000; the limit"),
    ],
)
def test_what_is_no_picture_is_refused(sent: Frame, mode: str, says: str) -> None:
    with pytest.raises(BadFrame, match=says):
        picture(sent, mode)
