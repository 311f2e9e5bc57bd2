"""What UnityRemote games are told, message by message, and what their states come to."""

from typing import Any

import numpy as np
import pytest
from gymnasium.spaces import Box, Discrete
from hypothesis import given
from hypothesis import strategies as st

from stepwire_bridge import spaces
from stepwire_bridge.dialects.declared import declarations
from stepwire_bridge.dialects.fields import write_fields
from stepwire_bridge.dialects.unityremote import UnityRemote
from stepwire_bridge.faults import InvalidAction, TooLarge
from stepwire_bridge.messages import BadMessage, Fault, FromBridge, Reset, State, Step
from tests.bridge.dialects.every_message import all_but

CUBE = """
[cube]
dialect = "unityremote"
actions = [["fx", 0.1], ["NOOP", -1], ["jump"]]
seed = "seed"
"""

ARM = """
[arm]
dialect = "unityremote"
action_space = {type = "Box", shape = [2], low = -1, high = 1}
observation = ["angle", "v"]
state_shape = [3]
"""


def dialect(toml: str) -> UnityRemote:
    (declaration,) = declarations(toml).values()
    made = declaration.new_dialect()
    assert isinstance(made, UnityRemote)
    return made


def reset(seed: int | None = None) -> Reset:
    return Reset(id=1, instances=[0], seeds=[seed])


def step(action: Any, **more: Any) -> Step:
    return Step(id=2, instances=[0], actions=action, **more)


def test_the_declaration_stands_for_a_hello() -> None:
    hello = dialect(CUBE).greeting
    assert (hello.name, hello.instances) == ("cube", 1)
    assert spaces.read(hello.action_space) == Discrete(3)
    assert spaces.read(hello.observation_space) == Box(-100, 100, (1,))


@pytest.mark.parametrize(
    ("message", "sent"),
    [
        (reset(), b"restart;0;"),
        (reset(0), b"seed;1;0;\0restart;0;"),
        (step([0]), b"fx;1;0.1;"),
        (step(np.array([1])), b"NOOP;1;-1;"),
        (step([2]), b"jump;0;"),
        (step([2], reset_instead=[0]), b"restart;0;"),
        *((message, None) for message in all_but(Reset, Step)),
    ],
)
def test_a_game_is_told_in_its_own_words(message: FromBridge, sent: bytes | None) -> None:
    assert dialect(CUBE).encode(message) == sent


def test_a_game_that_knows_no_seeds_is_told_none() -> None:
    assert dialect(ARM).encode(reset(3)) == b"restart;0;"


def test_numbers_go_as_one_argument() -> None:
    assert dialect(ARM).encode(step(np.array([[0.1, -1]], np.float32))) == b"act;1;0.1 -1.0;"


@pytest.mark.parametrize(
    ("space", "action", "sent"),
    [
        ('{type = "Discrete", n = 3, start = 5}', [6], b"act;1;6;"),
        ('{type = "MultiDiscrete", nvec = [2, 3]}', np.array([[1, 2]]), b"act;1;1 2;"),
        ('{type = "MultiBinary", n = 2}', np.array([[1, 0]], np.int8), b"act;1;1 0;"),
    ],
)
def test_other_spaces_go_as_numbers_too(space: str, action: Any, sent: bytes) -> None:
    assert dialect(f'[x]\ndialect = "unityremote"\naction_space = {space}').encode(step(action)) == sent


def test_an_action_that_is_not_finite_is_refused() -> None:
    with pytest.raises(InvalidAction, match="finite numbers"):
        dialect(ARM).encode(step(np.array([[np.inf, 0]], np.float32)))


def test_a_command_over_the_games_buffer_is_refused_by_the_buffers_name() -> None:
    small = dialect(ARM + "buffer_size = 12")
    with pytest.raises(TooLarge, match=r"command to game 'arm' is 14, the limit is 12.*buffer_size"):
        small.encode(step(np.array([[0.5, 0.5]], np.float32)))


def said(toml: str, request: Reset | Step, **fields: Any) -> Any:
    made = dialect(toml)
    made.encode(request)
    return made.decode(write_fields(fields))


def test_a_state_answers_a_reset() -> None:
    state = said(CUBE, reset(), state=1.5, lifes=3)
    assert isinstance(state, State)
    assert (state.id, state.instances, state.observations.tolist()) == (1, [0], [[1.5]])
    assert state.infos == [{"lifes": 3}]


def test_a_state_answers_a_step_and_what_else_it_says_is_its_info() -> None:
    state = said(CUBE, step([0]), state=1.5, reward=-1.0, done=True, lifes=3, name="cube")
    assert (state.id, state.rewards, state.terminated, state.truncated) == (2, [-1.0], [True], [False])
    assert state.infos == [{"lifes": 3, "name": "cube"}]


def test_a_step_that_resets_instead_has_no_reward_and_no_end() -> None:
    state = said(CUBE, step([0], reset_instead=[0]), state=0.0, reward=9.0, done=True)
    assert (state.rewards, state.terminated) == ([0.0], [False])


def test_an_observation_may_be_several_fields() -> None:
    state = said(ARM, reset(), angle=0.5, v=np.array([1.0, 2.0]))
    assert state.observations.tolist() == [[0.5, 1, 2]]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"state": 1.0}, "the field 'done' is missing, and no done_default says what that means; it said 'state'"),
        ({"done": False}, "the field 'state' is missing; it said 'done'"),
        ({}, "it said no fields"),
        ({"state": "1", "done": False}, "the field 'state' is text, not numbers"),
        ({"state": 1.0, "done": "no"}, "the field 'done' is a bool, not 'no'"),
        ({"state": 1.0, "done": False, "reward": "much"}, "the field 'reward' is a number, not 'much'"),
    ],
)
def test_a_state_that_misses_something_says_what(fields: dict[str, Any], problem: str) -> None:
    fault = said(CUBE, step([0]), **fields)
    assert isinstance(fault, Fault)
    assert fault.id == 2
    assert problem in fault.message


def test_a_done_that_is_not_said_may_be_declared() -> None:
    assert said(CUBE + "done_default = true", step([0]), state=1.0).terminated == [True]


def test_what_is_not_made_of_fields_is_a_bad_message() -> None:
    made = dialect(CUBE)
    made.encode(reset())
    for data in (b"hello", "hello", b"\xff" * 40):
        with pytest.raises(BadMessage):
            made.decode(data)


def test_a_state_before_any_request_answers_nothing() -> None:
    made, refusal = dialect(CUBE), Fault(code="UNEXPECTED", message="a state that nobody asked for")
    assert made.decode(b"   0") == refusal
    made.encode(step([0]))
    made.take_back()
    assert made.decode(b"   0") == refusal


VALUES = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(st.sampled_from("0123456789,;. =")),
    st.lists(st.floats(), max_size=4).map(np.array),
    st.lists(st.sampled_from(["a", "b"]), min_size=1, max_size=3),
)
IMAGES = ("image = true", "image = true\nimage_base64 = true", 'observation = ["state", "x"]\nstate_shape = [2]')


@pytest.mark.parametrize("reading", ["", *IMAGES])
@given(fields=st.dictionaries(st.sampled_from(["state", "done", "reward", "x"]), VALUES))
def test_any_fields_come_to_a_state_or_a_fault_that_answers_the_request(reading: str, fields: dict[str, Any]) -> None:
    answer = said(CUBE + reading, step([0]), **fields)
    assert isinstance(answer, (State, Fault))
    assert answer.id == 2
