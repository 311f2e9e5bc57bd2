"""Taking batches apart and putting them together loses nothing, for every kind of space."""

from typing import Any

import numpy as np
import pytest
from gymnasium import spaces
from gymnasium.spaces import Space
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector.utils import batch_space

from stepwire_bridge import batches
from stepwire_bridge.membership import conform
from tests.bridge.catalogue import SPACES


def batch_of(space: Space[Any], count: int, seed: int = 3) -> Any:
    batched = batch_space(space, count)
    batched.seed(seed)
    return conform(space, batched.sample(), batch=count)


@pytest.mark.parametrize("space", SPACES, ids=str)
def test_parts_taken_out_and_merged_again_are_the_batch(space: Space[Any]) -> None:
    batch = batch_of(space, 5)
    parts = [(places, batches.take(space, batch, places)) for places in ([3, 0], [1], [4, 2])]
    assert data_equivalence(batches.merge(space, parts), batch)


@pytest.mark.parametrize("space", SPACES, ids=str)
def test_a_batch_of_one_holds_its_value(space: Space[Any]) -> None:
    space.seed(3)
    value = space.sample()
    batch = batches.of_one(space, value)
    assert data_equivalence(conform(space, batch, batch=1), batch)
    assert data_equivalence(conform(space, batches.single(space, batch, 0)), conform(space, value))


@pytest.mark.parametrize("space", SPACES, ids=str)
def test_a_single_value_is_in_the_space(space: Space[Any]) -> None:
    batch = batch_of(space, 3)
    assert all(space.contains(batches.single(space, batch, i)) for i in range(3))


def test_put_replaces_just_those_copies() -> None:
    space = spaces.Dict(a=spaces.Discrete(9), b=spaces.Text(1))
    batch = {"a": np.array([0, 1, 2]), "b": ("x", "y", "z")}
    result = batches.put(space, batch, [2, 0], {"a": np.array([7, 8]), "b": ("p", "q")}, 3)
    assert data_equivalence(result, {"a": np.array([8, 1, 7]), "b": ("q", "y", "p")})
    assert batch["a"].tolist() == [0, 1, 2]


def test_copies_are_taken_out_of_a_list_as_well() -> None:
    assert batches.take(spaces.Discrete(3), [0, 1, 2], [2, 0]).tolist() == [2, 0]
    assert batches.take(spaces.Box(0, 1, (1,)), [[0.0], [0.5]], [1]).tolist() == [[0.5]]
