"""What answers come to, in the order of the request."""

import re
from typing import Any

import numpy as np
import pytest

from stepwire_bridge import outcome
from stepwire_bridge.faults import GameFailed, GameNonsense
from stepwire_bridge.greeting import GameSpec
from stepwire_bridge.messages import Fault, Final, Reset, State, Step
from tests.bridge.toy import Toy

SPEC = GameSpec("toy", Toy.observation_space, Toy.action_space, {})
STEP = Step(1, [4, 5, 6], None)


def state(instances: list[int], **changes: Any) -> State:
    """Every instance says its own number."""
    count = len(instances)
    fields: dict[str, Any] = {
        "observations": [[i, i] for i in instances],
        "rewards": [float(i) for i in instances],
        "terminated": [i == 5 for i in instances],
        "truncated": [False] * count,
        "infos": [{"i": i} for i in instances],
    }
    return State(1, instances, **(fields | changes))


@pytest.mark.parametrize(
    "answers",
    [
        [state([4, 5, 6])],
        [state([6, 4, 5])],
        [state([5]), state([6, 4])],
        [state([6]), state([5]), state([4])],
    ],
    ids=["as asked", "in another order", "in two", "one by one"],
)
def test_answers_are_put_in_the_order_of_the_request(answers: list[State]) -> None:
    result = outcome.read(SPEC, STEP, answers)
    assert result.observations.tolist() == [[4, 4], [5, 5], [6, 6]]
    assert result.observations.dtype == np.float32
    assert result.rewards.tolist() == [4, 5, 6]
    assert result.rewards.dtype == np.float64
    assert result.terminated.tolist() == [False, True, False]
    assert result.truncated.tolist() == [False] * 3
    assert list(result.infos) == [{"i": 4}, {"i": 5}, {"i": 6}]


@pytest.mark.parametrize(
    "changes",
    [
        {}, {"rewards": np.float64([5])}, {"terminated": np.bool_([False])}, {"infos": None},
        {"infos": None, "info_columns": {"i": [5]}}, {"observations": np.float32([[5, 5]])}, {"rewards": [True]},
        {"observations": np.float32([[5, 5]]), "rewards": [-(2**63)]},
        {"observations": np.float32([[5, 5]]), "rewards": [2**64 - 1]},
        {"observations": np.float32([[5, 5]]), "rewards": [2**64]},
        {"rewards": []}, {"rewards": [1, 2]}, {"terminated": [0]}, {"infos": [{}, {}]}, {"observations": [[5, -5]]},
    ],
    ids=str,
)  # fmt: skip
def test_a_single_step_is_the_step_of_a_batch_of_one(changes: dict[str, Any]) -> None:
    step, answers = Step(1, [5], None), [state([5], **changes)]
    try:
        whole = outcome.read(SPEC, step, answers)
    except GameNonsense as nonsense:
        with pytest.raises(GameNonsense, match=re.escape(str(nonsense))):
            outcome.read_single(SPEC, step, answers)
        return
    single = outcome.read_single(SPEC, step, answers)
    assert np.array_equal(single.observations, whole.observations)
    assert single[1:] == (whole.rewards[0], whole.terminated[0], whole.truncated[0], whole.infos[0])
    assert [type(value) for value in single[1:4]] == [float, bool, bool]


def test_a_single_step_that_failed_is_the_fault_that_it_is() -> None:
    with pytest.raises(GameFailed, match="it broke"):
        outcome.read_single(SPEC, Step(1, [5], None), [Fault("GAME_ERROR", "it broke", 1, [5])])


@pytest.mark.parametrize("reward", [10**400, -(10**400)])
def test_a_reward_that_no_float_can_hold_is_nonsense(reward: int) -> None:
    answer = state([5], rewards=[reward], observations=np.float32([[5, 5]]))
    with pytest.raises(GameNonsense, match="rewards is"):
        outcome.read_single(SPEC, Step(1, [5], None), [answer])
    with pytest.raises(GameNonsense, match="rewards is"):
        outcome.read(SPEC, STEP, [answer, state([4, 6])])


def test_a_reset_has_no_rewards_or_ends() -> None:
    result = outcome.read(SPEC, Reset(1, [0, 1], [None] * 2), [State(1, [0, 1], [[1, 1], [2, 2]])])
    assert result.rewards.tolist() == [0, 0]
    assert not (result.terminated | result.truncated).any()
    assert list(result.infos) == [{}, {}]


def test_infos_in_columns_are_those_of_the_instances() -> None:
    said = state([6, 4, 5], infos=None, info_columns={"i": [6, 4, 5], "name": ["c", "a", "b"]})
    result = outcome.read(SPEC, STEP, [said])
    assert list(result.infos) == [{"i": 4, "name": "a"}, {"i": 5, "name": "b"}, {"i": 6, "name": "c"}]


@pytest.mark.parametrize("column", [[4, 5], np.zeros(4), np.zeros((3, 1)), 5, {"a": 1}, "abc"], ids=str)
def test_what_is_no_column_of_the_instances_is_nonsense(column: Any) -> None:
    with pytest.raises(GameNonsense, match=r"info_columns\.i is"):
        outcome.read(SPEC, STEP, [state([4, 5, 6], info_columns={"i": column})])


def test_arrays_of_a_binary_frame_are_taken_as_they_are() -> None:
    observations = np.zeros((3, 2), np.float32)
    said = state([4, 5, 6], observations=observations, rewards=np.float64([1, 2, 3]), terminated=np.bool_([0, 0, 1]))
    result = outcome.read(SPEC, STEP, [said])
    assert result.observations is observations
    assert result.terminated.tolist() == [False, False, True]


def test_the_last_observations_belong_to_their_copies() -> None:
    step = Step(1, [4, 5, 6], None, reset_after=True)
    answers = [state([6, 5], finals=[Final(5, [9, 9], {"n": 1})]), state([4])]
    ((place, (observation, info)),) = outcome.read(SPEC, step, answers).finals.items()
    assert (place, observation.tolist(), info) == (1, [9, 9], {"n": 1})


@pytest.mark.parametrize(
    "finals", [[], [Final(4, [9, 9])], [Final(5, [9, 9])] * 2, [Final(5, [9, -9])], [Final(5, "x")]]
)
def test_finals_that_do_not_fit_the_ends_are_nonsense(finals: list[Final]) -> None:
    with pytest.raises(GameNonsense, match="finals"):
        outcome.read(SPEC, Step(1, [4, 5, 6], None, reset_after=True), [state([4, 5, 6], finals=finals)])


def test_a_fault_for_one_instance_is_the_outcome_of_all() -> None:
    with pytest.raises(GameFailed, match="it broke"):
        outcome.read(SPEC, STEP, [state([4, 6]), Fault("GAME_ERROR", "it broke", 1, [5])])


def test_nonsense_carries_an_abridged_message() -> None:
    with pytest.raises(GameNonsense) as raised:
        outcome.read(SPEC, STEP, [state([4, 5, 6], observations=["x" * 100_000] * 3)])
    assert raised.value.message is not None
    assert len(raised.value.message) <= 300
    assert len(str(raised.value)) < 1000


def test_restarted_episodes_have_a_first_observation_and_keep_the_last() -> None:
    ended = outcome.read(SPEC, STEP, [state([4, 5, 6])])
    fresh = outcome.read(SPEC, Reset(2, [5], [None]), [State(2, [5], [[0, 0]], infos=[{"new": 1}])])
    result = outcome.restarted(SPEC, ended, [1], fresh)
    assert result.observations.tolist() == [[4, 4], [0, 0], [6, 6]]
    assert list(result.infos) == [{"i": 4}, {"new": 1}, {"i": 6}]
    assert result.terminated.tolist() == [False, True, False]
    ((place, (observation, info)),) = result.finals.items()
    assert (place, observation.tolist(), info) == (1, [5, 5], {"i": 5})
