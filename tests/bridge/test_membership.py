"""What is in a space is told from what is not, and the reason names leaf, value and expectation."""

from typing import Any

import numpy as np
import pytest
from gymnasium import spaces
from gymnasium.spaces import GraphInstance, Space
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector.utils import batch_space, iterate

from stepwire_bridge.membership import Misfit, conform, why_outside
from tests.bridge.catalogue import SPACES


def samples(space: Space[Any], count: int = 5) -> list[Any]:
    space.seed(7)
    return [space.sample() for _ in range(count)]


@pytest.mark.parametrize("space", SPACES, ids=str)
def test_a_sample_is_inside_and_comes_back_as_it_was(space: Space[Any]) -> None:
    for sample in samples(space):
        assert why_outside(space, sample) is None
        assert data_equivalence(conform(space, sample), sample)


@pytest.mark.parametrize("space", SPACES, ids=str)
def test_a_batch_is_inside_both_the_batched_space_and_the_space_with_a_count(space: Space[Any]) -> None:
    batched = batch_space(space, 3)
    for sample in samples(batched):
        assert why_outside(batched, sample) is None
        assert data_equivalence(conform(space, sample, batch=3), sample)


@pytest.mark.parametrize("space", SPACES, ids=str)
def test_a_value_in_the_types_of_json_becomes_what_gymnasium_gives(space: Space[Any]) -> None:
    for sample in samples(space):
        conformed = conform(space, as_json(sample))
        assert space.contains(conformed)
        if not isinstance(space, spaces.Graph):  # JSON does not tell the dtype of edge_links
            assert data_equivalence(conformed, sample)


@pytest.mark.parametrize("space", [spaces.Box(0, 1, (3,)), spaces.Dict(a=spaces.Discrete(3), b=spaces.MultiBinary(2))])
def test_a_batch_taken_apart_holds_single_values(space: Space[Any]) -> None:
    batch = conform(space, as_json(batch_space(space, 4).sample()), batch=4)
    assert all(space.contains(single) for single in iterate(batch_space(space, 4), batch))


BOX = spaces.Box(-1, 1, (2,))
NESTED = spaces.Dict({"steer": BOX, "gear": spaces.Discrete(3), "pair": spaces.Tuple([BOX, spaces.Text(3)])})
GRAPH = spaces.Graph(spaces.Box(0, 1, (1,)), spaces.Discrete(2))
GOOD: dict[str, Any] = {"steer": [0, 1], "gear": 1, "pair": [[0, 0], "abc"]}


@pytest.mark.parametrize(
    ("space", "value", "path", "expected"),
    [
        (BOX, [0, 2], "action[1]", "between -1.0 and 1.0"),
        (BOX, [0, float("nan")], "action[1]", "between -1.0 and 1.0"),
        (BOX, [0, float("inf")], "action[1]", "between -1.0 and 1.0"),
        (BOX, [0, 0, 0], "action", "shape [2]"),
        (BOX, 0.5, "action", "shape [2]"),
        (BOX, [[0], [0, 1]], "action", "numbers of shape [2]"),
        (BOX, ["0", "1"], "action", "numbers"),
        (BOX, [None, 1], "action", "numbers"),
        (BOX, None, "action", "numbers"),
        (BOX, {"a": 1}, "action", "numbers"),
        (spaces.Box(0, 255, (1,), np.uint8), [256], "action[0]", "between 0 and 255"),
        (spaces.Box(0, 255, (1,), np.uint8), [-1], "action[0]", "between 0 and 255"),
        (spaces.Box(0, 255, (1,), np.uint8), [0.5], "action[0]", "whole"),
        (spaces.Box(0, 255, (1,), np.uint8), np.zeros(1), "action", "whole"),
        (spaces.Box(0, 5, (1,), np.int64), [10**30], "action", "numbers"),
        (spaces.Discrete(3), 3, "action", "between 0 and 2"),
        (spaces.Discrete(3, start=-1), 2, "action", "between -1 and 1"),
        (spaces.Discrete(3), 1.5, "action", "whole"),
        (spaces.Discrete(3), np.float32(1), "action", "whole"),
        (spaces.Discrete(3), 1.0, "action", "an integer"),
        (spaces.MultiDiscrete([3, 2]), [1.0, 0.0], "action", "integers"),
        (NESTED, GOOD | {"gear": 1.0}, "action.gear", "an integer"),
        (spaces.Tuple([BOX, spaces.Discrete(3)]), [[0, 0], 2.0], "action[1]", "an integer"),
        (spaces.Discrete(3), "up", "action", "number"),
        (spaces.Discrete(3), [1], "action", "number"),
        (spaces.MultiDiscrete([3, 2]), [0, 2], "action[1]", "between 0 and 1"),
        (spaces.MultiBinary([2, 2]), [[0, 1], [2, 0]], "action[1, 0]", "between 0 and 1"),
        (spaces.Text(3), "abcd", "action", "1 to 3 characters"),
        (spaces.Text(3, charset="ab"), "abc", "action", "'c'"),
        (spaces.Text(3), 5, "action", "string"),
        (NESTED, GOOD | {"steer": [0, 5]}, "action.steer[1]", "between -1.0 and 1.0"),
        (NESTED, GOOD | {"pair": [[0, 0], "?"]}, "action.pair[1]", "'?'"),
        (NESTED, GOOD | {"pair": [[0, 0]]}, "action.pair", "list of 2"),
        (NESTED, GOOD | {"extra": 1}, "action", "keys ['gear', 'pair', 'steer']"),
        (NESTED, {"steer": [0, 0]}, "action", "keys ['gear', 'pair', 'steer']"),
        (NESTED, [1], "action", "object"),
        (spaces.Sequence(spaces.Discrete(2)), [0, 1, 2], "action[2]", "between 0 and 1"),
        (spaces.Sequence(spaces.Discrete(2)), 1, "action", "list"),
        (spaces.Sequence(BOX, stack=True), [[0, 0], [0, 9]], "action[1, 1]", "between"),
        (spaces.Sequence(BOX, stack=True), 3, "action", "batch"),
        (GRAPH, {"nodes": [[0], [2]]}, "action.nodes[1, 0]", "between"),
        (GRAPH, {"nodes": [[0]], "edges": [0], "edge_links": [[0, 1]]}, "action.edge_links[0, 1]", "between 0 and 0"),
        (GRAPH, {"nodes": [[0]], "edges": [0]}, "action", "both"),
        (GRAPH, [1], "action", "graph"),
        (spaces.OneOf([spaces.Discrete(2)]), [1, 0], "action[0]", "between 0 and 0"),
        (spaces.OneOf([spaces.Discrete(2)]), [0, 2], "action[1]", "between 0 and 1"),
        (spaces.OneOf([spaces.Discrete(2)]), 3, "action", "list of 2"),
    ],
)
def test_the_reason_names_the_leaf_and_what_was_expected(
    space: Space[Any], value: Any, path: str, expected: str
) -> None:
    problem = why_outside(space, value, "action")
    assert problem is not None
    assert problem.path == path
    assert expected in problem.expected
    assert problem.given


@pytest.mark.parametrize(
    ("space", "value", "path"),
    [
        (BOX, [[0, 0], [0, 7]], "observation[1, 1]"),
        (NESTED, {"steer": [[0, 0]] * 2, "gear": [0, 9], "pair": [[[0, 0]] * 2, ["a", "b"]]}, "observation.gear[1]"),
        (NESTED, {"steer": [[0, 0]] * 2, "gear": [0, 1], "pair": [[[0, 0]] * 2, ["a", 3]]}, "observation.pair[1][1]"),
        (spaces.Text(3), ["a"], "observation"),
        (spaces.Discrete(3), [1.0, 0.0], "observation"),
    ],
)
def test_in_a_batch_the_first_index_is_the_copy(space: Space[Any], value: Any, path: str) -> None:
    problem = why_outside(space, value, "observation", batch=2)
    assert problem is not None
    assert problem.path == path


def test_a_game_may_write_a_whole_number_as_a_float() -> None:
    conformed = conform(spaces.Discrete(3), 2.0)
    assert (conformed, conformed.dtype) == (2, np.int64)


@pytest.mark.parametrize(
    ("space", "value"),
    [
        (BOX, np.zeros(2, np.float64)),
        (BOX, np.zeros(2, np.int64)),
        (BOX, (0, 1)),
        (spaces.Discrete(3), np.uint8(2)),
        (spaces.MultiBinary(2), [True, False]),
        (GRAPH, GraphInstance(np.zeros((2, 1), np.float32), None, None)),
    ],
)
def test_numbers_may_be_held_in_other_ways(space: Space[Any], value: Any) -> None:
    assert why_outside(space, value) is None
    assert space.contains(conform(space, value))


def test_an_array_that_fits_is_not_copied() -> None:
    value = np.zeros(2, np.float32)
    assert conform(BOX, value) is value


def test_nesting_without_end_is_outside_and_can_be_told() -> None:
    deep: Any = 0
    for _ in range(900):
        deep = [deep]
    problem = why_outside(BOX, deep)
    assert problem is not None
    assert len(str(problem)) < 500


def test_a_space_of_an_unknown_kind_is_asked_itself() -> None:
    class Even(spaces.Space[int]):
        def contains(self, x: Any) -> bool:
            return bool(x % 2 == 0)

    assert why_outside(Even(), 4) is None
    with pytest.raises(Misfit):
        conform(Even(), 3)
    assert conform(Even(), [2, 4], batch=2) == (2, 4)


def as_json(value: Any) -> Any:
    """The value as a game's JSON would hold it."""
    match value:
        case np.ndarray() | np.generic():
            return value.tolist()
        case GraphInstance():
            return {key: as_json(part) for key, part in value._asdict().items()}
        case dict():
            return {key: as_json(part) for key, part in value.items()}
        case tuple() | list():
            return [as_json(part) for part in value]
        case _:
            return value
