"""A glance never takes what the careful look would refuse or change, and takes what comes in everyday frames."""

from typing import Any

import numpy as np
import pytest
from gymnasium import spaces
from gymnasium.spaces import Space
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector.utils import batch_space
from numpy.typing import NDArray

from stepwire_bridge.glance import glance
from stepwire_bridge.membership import Misfit, conform
from tests.bridge.catalogue import LEAVES, SPACES

EDGES: list[Any] = [-(2**63), -(2**60) - 1, -129, -1, 0, 0.5, 1, 4, 5, 6, 255, 2**60 + 1, 2**63 - 1, np.inf, np.nan]
ARRAYS = [space for space in LEAVES if not isinstance(space, spaces.Text) and 0 not in (space.shape or ())]


def batch_of(space: Space[Any], count: int = 3) -> Any:
    batched = batch_space(space, count)
    batched.seed(1)
    return batched.sample()


@pytest.mark.parametrize("space", ARRAYS, ids=str)
def test_arrays_of_the_spaces_own_dtype_are_taken_as_they_are(space: Space[Any]) -> None:
    batch = batch_of(space)
    assert glance(space)(batch, 3)
    assert data_equivalence(conform(space, batch, batch=3), batch)


@pytest.mark.parametrize("space", SPACES, ids=str)
def test_what_is_taken_is_in_the_space_and_comes_back_as_it_is(space: Space[Any]) -> None:
    batch = batch_of(space)
    if glance(space)(batch, 3):
        assert batch_space(space, 3).contains(batch)


def _holds(dtype: np.dtype[Any], edge: Any) -> bool:
    """Whether there is such a number in that dtype."""
    match dtype.kind:
        case "f":
            return True
        case "b":
            return edge in (0, 1)
        case _:
            limits = np.iinfo(dtype)
            return bool(limits.min <= edge <= limits.max) and edge == int(edge)


AT_THE_EDGE = [(space, edge) for space in ARRAYS for edge in EDGES if _holds(batch_of(space).dtype, edge)]


@pytest.mark.parametrize("count", [1, 3, 1100], ids=["one", "few", "many"])
@pytest.mark.parametrize(("space", "edge"), AT_THE_EDGE, ids=str)
def test_an_element_at_an_edge_is_judged_as_by_the_careful_look(space: Space[Any], edge: Any, count: int) -> None:
    batch = batch_of(space, count).copy()
    with np.errstate(over="ignore"):
        batch.flat[batch.size // 2] = np.array(edge).astype(batch.dtype)
    assert glance(space)(batch, count) == _conforms(space, batch)


def _conforms(space: Space[Any], batch: NDArray[Any]) -> bool:
    try:
        conform(space, batch, batch=len(batch))
    except Misfit:
        return False
    return True


BOX = spaces.Box(0, 1, (2,))
DICT = spaces.Dict({"a": BOX, "b": spaces.Discrete(3)})
GOOD = {"a": np.zeros((3, 2), np.float32), "b": np.zeros(3, np.int64)}


@pytest.mark.parametrize(
    ("space", "batch"),
    [
        (BOX, np.zeros((3, 2))),
        (BOX, np.zeros((2, 2), np.float32)),
        (BOX, np.zeros((3, 2, 1), np.float32)),
        (BOX, [[0, 0]] * 3),
        (DICT, GOOD | {"c": 1}),
        (DICT, {"a": GOOD["a"]}),
        (DICT, dict(reversed(GOOD.items()))),
        (DICT, GOOD | {"b": np.full(3, 3)}),
        (DICT, 5),
        (spaces.Tuple([BOX]), (GOOD["a"],)),
    ],
)
def test_whatever_else_is_left_to_the_careful_look(space: Space[Any], batch: Any) -> None:
    assert not glance(space)(batch, 3)


def test_a_dict_of_good_arrays_is_taken() -> None:
    assert glance(DICT)(GOOD, 3)


def test_a_subclass_is_not_judged_since_it_may_mean_something_else() -> None:
    class Odd(spaces.Box):
        def contains(self, x: Any) -> bool:
            return False

    assert not glance(Odd(0, 1, (2,)))(np.zeros((3, 2), np.float32), 3)
