"""The infos of a batch are those of Gymnasium's vector environments, key by key."""

from typing import Any

import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence
from gymnasium.vector import VectorEnv

from stepwire_bridge import infos


class Rule(VectorEnv[Any, Any, Any]):
    """Gymnasium's own."""

    def __init__(self, num_envs: int) -> None:
        self.num_envs = num_envs

    def of(self, said: list[dict[str, Any]]) -> dict[str, Any]:
        gathered: dict[str, Any] = {}
        for i, info in enumerate(said):
            gathered = self._add_info(gathered, info, i)
        return gathered


@pytest.mark.parametrize(
    "said",
    [
        [{}, {}],
        [{"score": 1}, {"score": 2}],
        [{"speed": 1.5}, {"speed": 2.5}],
        [{"alive": True}, {"alive": False}],
        [{"score": 1, "speed": 0.5}, {"speed": 0.25, "score": 3}],
        [{}, {"score": 2}],
        [{"score": 1}, {"speed": 2.5}],
        [{"name": "a"}, {"name": "b"}],
        [{"list": [1, 2]}, {"list": [3]}],
        [{"none": None}, {"none": None}],
        [{"more": {"deep": 1, "name": "x"}}, {"more": {"deep": 2}}],
        [{"array": np.float32([1, 2])}, {"array": np.float32([3, 4])}],
        [{"flag": True}, {"flag": 2}],
        [{"final_obs": 3}, {"final_obs": 4}],
        [{"_score": 1}, {"_score": 2}],
    ],
)
def test_infos_are_gathered_by_gymnasiums_rule(said: list[dict[str, Any]]) -> None:
    assert data_equivalence(infos.gathered(said, range(len(said)), len(said)), Rule(len(said)).of(said))


def test_a_fraction_in_one_copy_makes_all_of_them_fractions() -> None:
    for said in ([{"x": 1}, {"x": 0.5}], [{"x": 1, "y": "a"}, {"x": 0.5}]):
        assert infos.gathered(said, range(2), 2)["x"].tolist() == [1, 0.5]


def test_the_infos_of_some_copies_leave_the_others_masked_out() -> None:
    gathered = infos.gathered([{"score": 5}], [2], 3)
    assert gathered["score"].tolist() == [0, 0, 5]
    assert gathered["_score"].tolist() == [False, False, True]


def test_more_can_be_added() -> None:
    gathered = infos.gathered([{"score": 1}, {"score": 2}], range(2), 2)
    gathered = infos.add(gathered, [{"final_obs": "last", "final_info": {"score": 9}}], [1], 2)
    assert gathered["final_obs"].tolist() == [None, "last"]
    assert gathered["final_info"]["score"].tolist() == [0, 9]
    assert gathered["_final_info"].tolist() == [False, True]


def test_each_key_has_a_mask_of_its_own() -> None:
    gathered = infos.gathered([{"a": 1, "b": 2}], [0], 1)
    assert gathered["_a"] is not gathered["_b"]


COLUMNS = infos.Columns({"score": [1, 2], "name": ["a", "b"]}, 2)


def test_columns_are_the_infos_of_their_copies() -> None:
    assert list(COLUMNS) == [{"score": 1, "name": "a"}, {"score": 2, "name": "b"}]
    assert (len(COLUMNS), COLUMNS[-1], COLUMNS[:1]) == (2, {"score": 2, "name": "b"}, [{"score": 1, "name": "a"}])
    assert list(infos.Columns({}, 3)) == [{}, {}, {}]


@pytest.mark.parametrize(
    "columns", [{}, {"score": [1, 2], "speed": [0.5, 1], "alive": [True, False]}, COLUMNS.columns, {"more": [{}, {}]}]
)
def test_columns_are_gathered_as_the_same_infos_in_rows(columns: dict[str, list[Any]]) -> None:
    held = infos.Columns(columns, 2)
    assert data_equivalence(infos.gathered(held, range(2), 2), infos.gathered(list(held), range(2), 2))


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint32", "int64", "float16", "float64"])
def test_a_column_may_be_an_array_and_is_gathered_as_a_list_would_be(dtype: str) -> None:
    array = np.array([0, 1], dtype)
    held, listed = infos.Columns({"n": array}, 2), infos.Columns({"n": array.tolist()}, 2)
    assert data_equivalence(infos.gathered(held, range(2), 2), infos.gathered(listed, range(2), 2))
    assert [type(info["n"]) for info in held] == [type(info["n"]) for info in listed]


def test_large_whole_numbers_of_an_array_stay_what_they_are() -> None:
    array = np.array([2**64 - 1, 0], np.uint64)
    assert infos.gathered(infos.Columns({"n": array}, 2), range(2), 2)["n"].tolist() == [2**64 - 1, 0]


def test_columns_of_some_copies_leave_the_others_masked_out() -> None:
    gathered = infos.gathered(infos.Columns({"score": [5]}, 1), [2], 3)
    assert gathered["_score"].tolist() == [False, False, True]


ROWS = [{"score": 3, "alive": True}]
PARTS: list[list[Any]] = [
    [ROWS, [{"score": 4, "alive": False}]],
    [infos.Columns({"score": np.int32([1, 2]), "alive": [True, False]}, 2), ROWS],
    [ROWS, infos.Columns({"alive": np.array([True]), "score": [0]}, 1), ROWS],
    [ROWS, [{}]],
    [infos.Columns({}, 2), infos.Columns({}, 1)],
    [infos.Columns({"score": [1]}, 1), infos.Columns({"speed": [2]}, 1)],
]


@pytest.mark.parametrize("parts", PARTS, ids=range(len(PARTS)))
def test_parts_are_put_together_as_their_infos_one_by_one(parts: list[Any]) -> None:
    whole = [info for part in parts for info in part]
    together, turned = infos.merged(parts, None), infos.merged(parts, np.arange(len(whole))[::-1])
    assert list(together) == whole
    assert list(turned) == whole[::-1]
    apart = infos.gathered(whole, range(len(whole)), len(whole))
    assert data_equivalence(infos.gathered(together, range(len(whole)), len(whole)), apart)
