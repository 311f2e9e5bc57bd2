import numpy as np
import pytest
from gymnasium.spaces import Box, Dict, Graph, OneOf, Sequence, Tuple

from stepwire.codec import CodecError, decode_space, encode_space
from stepwire.v1 import space_pb2, value_pb2
from tests.client_py.codec.catalogue import HAS_SORT_KEYS, SPACES
from tests.client_py.codec.sameness import assert_same

Space = space_pb2.Space
INT64 = value_pb2.DATA_TYPE_INT64
FLOAT32 = value_pb2.DATA_TYPE_FLOAT32

every_space = pytest.mark.parametrize("space", SPACES.values(), ids=SPACES.keys())


def test_the_catalogue_is_worth_its_name():
    kinds = {part.__class__.__name__ for space in SPACES.values() for part in parts_of(space)}
    assert len(SPACES) >= 60
    assert len(kinds) == 10


@every_space
def test_a_space_comes_back_equal(space):
    assert there_and_back(space) == space


@every_space
def test_a_space_gives_the_same_samples_after_the_same_seed(space):
    copy = there_and_back(space)
    assert_same(samples(copy), samples(space))


@every_space
def test_a_space_keeps_what_equality_does_not_see(space):
    for found, expected in zip(parts_of(there_and_back(space)), parts_of(space), strict=True):
        assert_same(unseen(found), unseen(expected))


@every_space
def test_a_space_comes_back_without_shared_memory_and_unseeded(space):
    message = encode_space(space)
    first, second = decode_space(message), decode_space(message)
    first.seed(1)
    assert second._np_random is None
    for left, right in zip(parts_of(first), parts_of(second), strict=True):
        if isinstance(left, Box):
            assert not np.shares_memory(left.low, right.low)
            assert left.low.flags.writeable


def test_a_box_without_flags_takes_them_from_its_bounds():
    message = encode_space(Box(-np.inf, 1, shape=(2,)))
    message.box.ClearField("bounded_below")
    message.box.ClearField("bounded_above")
    assert not decode_space(message).bounded_below.any()
    assert decode_space(message).bounded_above.all()


def test_a_multi_discrete_without_start_begins_at_zero():
    message = encode_space(SPACES["multi discrete"])
    message.multi_discrete.ClearField("start")
    assert decode_space(message) == SPACES["multi discrete"]


def scalar(dtype, data):
    return value_pb2.Tensor(dtype=dtype, data=data)


def box(**changes):
    message = encode_space(Box(0, 1, shape=(2,)))
    for name, value in changes.items():
        message.box.ClearField(name)
        match value:
            case list():
                getattr(message.box, name).extend(value)
            case value_pb2.Tensor():
                getattr(message.box, name).CopyFrom(value)
            case _:
                setattr(message.box, name, value)
    return message


def nested(depth, wrap):
    message = Space(discrete=space_pb2.Discrete(n=2, dtype=INT64))
    for _ in range(depth):
        message = wrap(message)
    return message


def in_tuple(message):
    return Space(tuple=space_pb2.Tuple(spaces=[message]))


def in_stack(message):
    return Space(sequence=space_pb2.Sequence(feature_space=message, stack=True))


def discrete(**fields):
    return Space(discrete=space_pb2.Discrete(**fields))


MALFORMED = {
    "nothing": (Space(), "no kind"),
    "a kind inside that is not set": (in_tuple(Space()), r"\[0\].*no kind"),
    "a box without element type": (box(dtype=0), "DataType 0"),
    "a box of an unknown element type": (box(dtype=99), "DataType 99"),
    "a box of negative length": (box(shape=[-1]), "no array"),
    "a box of two negative lengths": (box(shape=[-1, -2]), "no array"),
    "a box of too many axes": (box(shape=[1] * 100), "no array"),
    "a box larger than memory": (box(shape=[2**40]), "memory"),
    "a box larger than an address": (box(shape=[2**62, 2**62]), "memory"),
    "a box with an axis of no length beside one of all": (box(shape=[0, 2**62, 2**62]), "box"),
    "a box without low": (box(low=value_pb2.Tensor()), "DataType 0"),
    "bounds of another shape": (
        box(shape=[2], low=value_pb2.Tensor(dtype=FLOAT32, shape=[3], data=bytes(12))),
        "shape",
    ),
    "bounds of another type": (box(low=scalar(INT64, bytes(8))), "bounds of int64"),
    "bounds that are no numbers": (box(low=scalar(FLOAT32, np.float32(np.nan).tobytes())), "box"),
    "low above high": (box(low=scalar(FLOAT32, np.float32(5).tobytes())), "box"),
    "flags that are no bools": (box(bounded_below=scalar(FLOAT32, bytes(4))), "bounds of float32"),
    "a discrete of nothing": (discrete(n=0, dtype=INT64), "discrete"),
    "a discrete of less": (discrete(n=-4, dtype=INT64), "discrete"),
    "a discrete without element type": (discrete(n=3), "DataType 0"),
    "a discrete of floats": (discrete(n=3, dtype=FLOAT32), "discrete"),
    "a discrete too small for its type": (discrete(n=300, dtype=value_pb2.DATA_TYPE_UINT8), "discrete"),
    "a multi discrete of another type": (
        Space(multi_discrete=space_pb2.MultiDiscrete(nvec=scalar(INT64, bytes(8)), dtype=FLOAT32)),
        "nvec is of int64",
    ),
    "a multi discrete of nothing": (
        Space(multi_discrete=space_pb2.MultiDiscrete(nvec=scalar(INT64, bytes(8)), dtype=INT64)),
        "multi_discrete",
    ),
    "a multi binary of no length": (Space(multi_binary=space_pb2.MultiBinary(shape=[0])), "multi_binary"),
    "a multi binary of negative length": (Space(multi_binary=space_pb2.MultiBinary(shape=[-1])), "no array"),
    "a flat multi binary of two axes": (Space(multi_binary=space_pb2.MultiBinary(shape=[2, 2], flat=True)), "flat"),
    "a text that is shorter than short": (Space(text=space_pb2.Text(min_length=3, max_length=2, charset="a")), "text"),
    "a charset with a letter twice": (Space(text=space_pb2.Text(max_length=2, charset="aa")), "twice"),
    "a dict of more keys than spaces": (Space(dict=space_pb2.Dict(keys=["a"])), "0 spaces"),
    "a dict of one key twice": (
        Space(dict=space_pb2.Dict(keys=["a", "a"], spaces=[discrete(n=2, dtype=INT64)] * 2)),
        "1 different keys out of 2",
    ),
    "a fault deep inside a dict": (
        Space(dict=space_pb2.Dict(keys=["a"], spaces=[in_tuple(discrete(n=0, dtype=INT64))])),
        r"\['a'\]\[0\]",
    ),
    "a sequence of nothing": (Space(sequence=space_pb2.Sequence()), "feature_space"),
    "a graph of nothing": (Space(graph=space_pb2.Graph()), "node_space"),
    "one of nothing": (Space(one_of=space_pb2.OneOf()), "one_of"),
    "nesting beyond the limit": (nested(33, in_tuple), "nested deeper than 32"),
    "stacks that copy each other": (nested(32, in_stack), "memory"),
}


@pytest.mark.parametrize(("message", "complaint"), MALFORMED.values(), ids=MALFORMED.keys())
def test_a_message_that_makes_no_space_is_refused(message, complaint):
    with pytest.raises(CodecError, match=complaint):
        decode_space(message)


def test_nesting_at_the_limit_is_read():
    space = decode_space(nested(32, in_tuple))
    assert isinstance(space, Tuple)


def there_and_back(space):
    return decode_space(Space.FromString(encode_space(space).SerializeToString()))


def samples(space):
    space.seed(20)
    return [space.sample() for _ in range(5)]


def parts_of(space):
    yield space
    match space:
        case Dict():
            inner = list(space.spaces.values())
        case Tuple() | OneOf():
            inner = list(space.spaces)
        case Sequence():
            inner = [space.feature_space]
        case Graph():
            inner = [part for part in (space.node_space, space.edge_space) if part is not None]
        case _:
            inner = []
    for part in inner:
        yield from parts_of(part)


def unseen(space):
    """Whatever a space has that `==` leaves out or takes lightly."""
    names = ["n", "start", "nvec", "low", "high", "bounded_below", "bounded_above", "min_length", "max_length"]
    names += ["character_list", "stack", *(["sort_keys"] if HAS_SORT_KEYS else [])]
    seen = {name: getattr(space, name) for name in names if hasattr(space, name)}
    seen |= {name: np.asarray(seen[name]) for name in ("bounded_below", "bounded_above") if name in seen}
    keys = list(space.spaces) if isinstance(space, Dict) else None
    return {"kind": type(space).__name__, "dtype": str(space.dtype), "shape": space.shape, "keys": keys, **seen}
