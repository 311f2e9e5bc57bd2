import gymnasium
import numpy as np
import pytest
from gymnasium.spaces import Box, Dict, Discrete, Space, Text, Tuple

from stepwire.codec import CodecError, decode_space, encode_space
from tests.client_py.codec.catalogue import HAS_DISCRETE_DTYPE


class Colours(Space):
    """A kind of its own."""


class UnitBox(Box):
    """A kind of Box."""

    def __init__(self):
        super().__init__(0, 1, shape=(2,))


def test_a_uniform_box_says_each_bound_once():
    message = encode_space(Box(0, 255, shape=(210, 160, 3), dtype=np.uint8))
    assert message.ByteSize() < 100
    assert message.box.low.shape == []
    assert message.box.low.data == b"\x00"


def test_a_box_of_bounds_that_differ_in_a_sign_only_says_them_all():
    message = encode_space(Box(np.array([-0.0, 0.0]), np.array([1.0, 1.0]), dtype=np.float64))
    assert list(message.box.low.shape) == [2]


def test_a_subclass_travels_as_the_kind_it_subclasses():
    assert decode_space(encode_space(UnitBox())) == Box(0, 1, shape=(2,))


def test_the_wrapper_of_an_environment_does_not_matter():
    with gymnasium.make("CartPole-v1") as env:
        assert decode_space(encode_space(env.observation_space)) == env.observation_space


def nested(depth):
    space = Discrete(2)
    for _ in range(depth):
        space = Tuple((space,))
    return space


REFUSED = {
    "a kind of its own": (Colours(), "Colours is none"),
    "a kind of its own inside": (Dict(a=Tuple((Discrete(2), Colours()))), r"\['a'\]\[1\].*Colours"),
    "a key that is no text": (Dict({1: Discrete(2)}), "key 1"),
    "a key that is no Unicode": (Dict({"\ud800": Discrete(2)}), "UTF-8"),
    "a charset that is no Unicode": (Text(3, charset="a\ud800"), "UTF-8"),
    "nesting beyond the limit": (nested(33), "nested deeper than 32"),
}


@pytest.mark.parametrize(("space", "complaint"), REFUSED.values(), ids=REFUSED.keys())
def test_a_space_that_cannot_be_carried_is_refused(space, complaint):
    with pytest.raises(CodecError, match=complaint):
        encode_space(space)


@pytest.mark.skipif(not HAS_DISCRETE_DTYPE, reason="this Gymnasium's Discrete is int64 only")
def test_a_discrete_beyond_int64_is_refused():
    with pytest.raises(CodecError, match="int64"):
        encode_space(Discrete(2**63 + 5, dtype=np.uint64))
