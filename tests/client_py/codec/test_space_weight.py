import tracemalloc

import numpy as np
import pytest
from gymnasium.spaces import Box, Graph, Sequence, Tuple

from stepwire.codec import CodecError, decode_space, encode_space
from stepwire.codec.limits import MAX_SPACE_BYTES
from stepwire.codec.space_weight import weight
from tests.client_py.codec.catalogue import SPACES

BIG = Box(0, 1, shape=(1000, 1000))


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES.keys())
def test_the_spaces_of_real_environments_weigh_little(space):
    assert 0 < weight(encode_space(space)) < 64 * 1024


@pytest.mark.parametrize(
    "space",
    [BIG, Tuple((BIG, BIG)), Sequence(BIG), Sequence(BIG, stack=True), Graph(BIG, BIG)],
    ids=["box", "tuple", "sequence", "stacked sequence", "graph"],
)
def test_a_space_takes_about_as_much_memory_as_was_reckoned(space):
    message = encode_space(space)
    tracemalloc.start()
    try:
        kept = decode_space(message)
        taken = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert kept == space
    assert taken / 2 < weight(message) < taken * 2.5  # before 1.4 a Graph kept no copy of its parts


def test_the_largest_picture_of_the_default_message_size_fits():
    message = encode_space(Box(0, 255, shape=(1, 1), dtype=np.uint8))
    message.box.shape[:] = [8 * 1024, 8 * 1024 - 1]
    assert weight(message) <= MAX_SPACE_BYTES


def test_a_space_that_is_too_heavy_is_refused_before_memory_is_taken():
    message = encode_space(Box(0, 1, shape=(1, 1)))
    message.box.shape[:] = [2**16, 2**16]
    tracemalloc.start()
    try:
        with pytest.raises(CodecError, match="memory"):
            decode_space(message)
        assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    finally:
        tracemalloc.stop()
