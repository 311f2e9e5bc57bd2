"""Objects, numbers and batches of one in the JSON of games that say no hello."""

import re
from typing import Any

import gymnasium as gym
import pytest

from stepwire_bridge.dialects.answers import batched, hello, json_object, number, shown, state, text
from stepwire_bridge.dialects.wescale import Declaration
from stepwire_bridge.messages import BadMessage, Reset, State, Step

BOX = gym.spaces.Box(0, 9, (2,))
RESET, STEP, INSTEAD = Reset(4, [0], [None]), Step(4, [0], [1]), Step(4, [0], [1], [0])
SAID = {"observation": [1, 2], "reward": 3, "terminated": True, "truncated": False, "info": {"a": 1}}


def test_a_declaration_stands_for_the_hello() -> None:
    said = hello(Declaration("x", {"type": "Discrete", "n": 2}, {"type": "Discrete", "n": 3}), "Me", ["ansi"])
    assert (said.name, said.client, said.instances) == ("x", "Me", 1)
    assert (said.observation_space["n"], said.action_space["n"]) == (2, 3)
    assert said.metadata == {"render_modes": ["ansi"]}


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (RESET, State(4, [0], [[1, 2]], infos=[{"a": 1}])),
        (STEP, State(4, [0], [[1, 2]], [3], [True], [False], [{"a": 1}])),
        (INSTEAD, State(4, [0], [[1, 2]], [0], [False], [False], [{"a": 1}])),
    ],
)
def test_a_state_answers_with_what_its_request_is_about(request_: Reset | Step, answer: State) -> None:
    assert state(request_, BOX, SAID) == answer


@pytest.mark.parametrize(
    ("request_", "changes", "says"),
    [
        (RESET, {"observation": ...}, "the answer to a reset has no field 'observation'"),
        (INSTEAD, {"observation": ...}, "the answer to a reset has no field 'observation'"),
        (STEP, {"reward": ...}, "the answer to a step has no field 'reward'"),
        (STEP, {"terminated": 1}, "terminated is true or false, not 1"),
        (STEP, {"info": []}, "info is an object, not []"),
    ],
)
def test_a_field_that_is_missing_or_of_the_wrong_kind_is_named(
    request_: Reset | Step, changes: dict[str, Any], says: str
) -> None:
    said = {key: value for key, value in (SAID | changes).items() if value is not ...}
    with pytest.raises(BadMessage, match=re.escape(says)):
        state(request_, BOX, said)


@pytest.mark.parametrize(
    ("value", "batch"),
    [
        ({"a": [1, 2], "b": [[3, 4], 5], "odd": 6}, {"a": [[1, 2]], "b": [[[3, 4]], [5]], "odd": [6]}),
        ({"a": [1, 2], "b": 3}, {"a": [[1, 2]], "b": [3]}),
        (7, [7]),
    ],
)
def test_a_batch_of_one_is_laid_out_as_its_space_and_what_does_not_fit_is_kept(value: Any, batch: Any) -> None:
    space = gym.spaces.Dict(a=BOX, b=gym.spaces.Tuple([BOX, gym.spaces.Discrete(9)]))
    assert batched(space, value) == batch


@pytest.mark.parametrize("value", [True, "1", None, 10**400])
def test_what_is_no_number_that_a_float_can_hold_is_named(value: Any) -> None:
    assert number(3, "score") == 3.0
    with pytest.raises(BadMessage, match="score is a number"):
        number(value, "score")


@pytest.mark.parametrize("data", ["", "[]", '{"a": ' + "[" * 5000, b"\xff"])
def test_what_is_no_json_object_is_refused(data: str | bytes) -> None:
    assert json_object(text({"a": [1]})) == {"a": [1]}
    with pytest.raises(BadMessage, match="not a JSON object"):
        json_object(data)


def test_what_is_shown_of_a_value_is_short() -> None:
    assert len(shown(["x" * 1000] * 1000)) <= 80
