import pickle

import pytest

from stepwire.codec import CodecError
from stepwire.codec.errors import at


def fail():
    raise CodecError("cannot carry it", "[2]")


def test_an_error_tells_the_whole_way_to_its_place():
    with pytest.raises(CodecError) as caught:
        at(".spaces", at, "['a']", fail)
    assert caught.value.path == ".spaces['a'][2]"
    assert caught.value.problem == "cannot carry it"
    assert str(caught.value) == "value.spaces['a'][2]: cannot carry it"


def test_an_error_at_the_root_tells_the_problem_alone():
    assert str(CodecError("no kind is set")) == "no kind is set"


def test_an_error_is_a_value_error_that_pickles():
    error = pickle.loads(pickle.dumps(CodecError("cannot carry it", "[2]")))
    assert isinstance(error, ValueError)
    assert str(error) == "value[2]: cannot carry it"


def test_other_errors_pass_unchanged():
    with pytest.raises(ZeroDivisionError):
        at("[0]", divmod, 1, 0)
