import io
import sys

import numpy as np
import pytest
from PIL import Image

from stepwire.codec import CodecError, decode_tensor
from stepwire.codec.limits import MAX_PIXELS
from stepwire.v1 import value_pb2

PNG, JPEG = value_pb2.ENCODING_PNG, value_pb2.ENCODING_JPEG
COLOURS = {1: "L", 3: "RGB", 4: "RGBA"}


def pixels(channels):
    rows = np.arange(5 * 7 * channels, dtype=np.uint8) * 2
    return rows.reshape(5, 7, channels)


def packed(array, file_format="PNG"):
    file = io.BytesIO()
    Image.fromarray(array.squeeze(2) if array.shape[2] == 1 else array).save(file, file_format, quality=95)
    return file.getvalue()


def tensor(data, shape, encoding=PNG, dtype=value_pb2.DATA_TYPE_UINT8):
    return value_pb2.Tensor(dtype=dtype, shape=shape, data=data, encoding=encoding)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_a_png_comes_back_pixel_for_pixel(channels):
    array = pixels(channels)
    found = decode_tensor(tensor(packed(array), array.shape))
    assert found.dtype == np.uint8
    assert found.flags.writeable
    assert np.array_equal(found, array)


@pytest.mark.parametrize("channels", [1, 3])
def test_a_jpeg_comes_back_nearly(channels):
    array = np.full((16, 24, channels), 77, np.uint8)
    found = decode_tensor(tensor(packed(array, "JPEG"), array.shape, JPEG))
    assert found.shape == array.shape
    assert np.abs(found.astype(int) - 77).max() <= 2


def test_a_grey_file_for_a_coloured_shape_is_coloured():
    grey = pixels(1)
    assert np.array_equal(decode_tensor(tensor(packed(grey), (5, 7, 3))), np.repeat(grey, 3, axis=2))


def huge_png(side):
    data = bytearray(packed(pixels(3)))
    data[16:24] = side.to_bytes(4, "big") * 2
    import zlib

    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


SIDE = int(MAX_PIXELS**0.5) + 1
FINE = packed(pixels(3))

MALFORMED = {
    "no file": (tensor(b"", (5, 7, 3)), "broken PNG"),
    "no picture": (tensor(b"hello", (5, 7, 3)), "broken PNG"),
    "half a picture": (tensor(FINE[: len(FINE) // 2], (5, 7, 3)), "broken PNG"),
    "another format than it says": (tensor(FINE, (5, 7, 3), JPEG), "broken JPEG"),
    "another height": (tensor(FINE, (6, 7, 3)), "5 high and 7 wide"),
    "another width": (tensor(FINE, (5, 8, 3)), "5 high and 7 wide"),
    "two axes": (tensor(FINE, (5, 7)), r"uint8\[height, width"),
    "four axes": (tensor(FINE, (5, 7, 3, 1)), r"uint8\[height, width"),
    "two channels": (tensor(FINE, (5, 7, 2)), r"uint8\[height, width"),
    "negative height": (tensor(FINE, (-5, 7, 3)), "high"),
    "floats": (tensor(FINE, (5, 7, 3), dtype=value_pb2.DATA_TYPE_FLOAT32), r"uint8\[height, width"),
    "more pixels than memory should take": (tensor(huge_png(SIDE), (SIDE, SIDE, 3)), "more than 67108864 pixels"),
    "far more pixels": (tensor(huge_png(60000), (60000, 60000, 3)), "broken PNG"),
}


@pytest.mark.parametrize(("message", "complaint"), MALFORMED.values(), ids=MALFORMED.keys())
def test_a_message_that_makes_no_picture_is_refused(message, complaint):
    with pytest.raises(CodecError, match=complaint):
        decode_tensor(message)


def test_without_pillow_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(CodecError, match="pip install pillow"):
        decode_tensor(tensor(FINE, (5, 7, 3)))
