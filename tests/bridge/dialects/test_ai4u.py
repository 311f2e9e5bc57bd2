"""AI4U's dialect, message by message."""

import json
from typing import Any

import numpy as np
import pytest

from stepwire_bridge.dialects.ai4u import Ai4u
from stepwire_bridge.dialects.ai4u_declared import Declaration
from stepwire_bridge.dialects.fields import write_fields
from stepwire_bridge.faults import TooLarge
from stepwire_bridge.messages import BadMessage, Close, Fault, FromBridge, Hello, Limits, Reset, State, Step, Welcome
from tests.bridge.dialects.every_message import all_but
from tests.bridge.udp.ai4u_engine import METADATA

WELCOME = Welcome(1, Limits(1, 1, 1))
MOVE = {"name": "move", "isContinuous": True, "shape": [2], "rangeMin": [-1, -1], "rangeMax": [1, 1]}
JUMP = {"name": "jump", "isContinuous": False, "shape": [3], "rangeMin": [], "rangeMax": []}
NUMBER = {"type": "Box", "shape": [1]}


def config(metadata: dict[str, Any] | None = None, **fields: Any) -> bytes:
    said = {"__target__": "envcontrol", "max_steps": 100, "id": "0", "modelmetadata": json.dumps(metadata or METADATA)}
    return write_fields(said | {"config": 1} | fields)


def greeted(*outputs: dict[str, Any], fields: dict[str, Any] | None = None, **declared: Any) -> Ai4u:
    """A dialect that has heard its hello; without outputs the agent is that of the tests."""
    dialect = Ai4u(Declaration("g", fields=fields or {}, **declared))
    assert isinstance(dialect.decode(config(METADATA | ({"outputs": outputs} if outputs else {}))), Hello)
    return dialect


def state(**fields: Any) -> bytes:
    said = {"array": [1.0, 2.0], "done": False, "reward": 0.5, "id": "0", "steps": 1, "truncated": False}
    return write_fields({name: value for name, value in (said | fields).items() if value is not None})


# ── what the engine is told ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("dialect", "message", "text"),
    [
        (lambda: greeted(), WELCOME, "max_steps;1;100@id;1;0"),
        (lambda: greeted(), Reset(1, [0], [None]), "__reset__;1;0"),
        (lambda: greeted(), Reset(1, [0], [7]), "__reset__;1;0"),
        (lambda: greeted(seed_field="seed"), Reset(1, [0], [7]), "__reset__;1;0@seed;1;7"),
        (lambda: greeted(seed_field="seed"), Reset(1, [0], [None]), "__reset__;1;0"),
        (lambda: greeted(reset_command="__restart__"), Reset(1, [0], [None]), "__restart__;1;0"),
        (lambda: greeted(), Step(1, [0], np.int64([3])), "add;1;3"),
        (lambda: greeted(), Step(1, [0], [3]), "add;1;3"),
        (lambda: greeted(), Step(1, [0], np.int64([3]), reset_instead=[0]), "__reset__;1;0"),
        (lambda: greeted(MOVE), Step(1, [0], np.float32([[0.1, -0.2]])), "move;2;0.1;-0.2"),
        (lambda: greeted(MOVE), Step(1, [0], np.float32([[1e-7, np.inf]])), "move;2;1e-07;Infinity"),
        (lambda: greeted(MOVE), Step(1, [0], np.float32([[-np.inf, np.nan]])), "move;2;-Infinity;NaN"),
        (lambda: greeted(MOVE, JUMP), Step(1, [0], ((1, np.int64(2)),)), "jump;1;2"),
        (lambda: greeted(MOVE, JUMP), Step(1, [0], ((0, np.float32([1, 0.5])),)), "move;2;1.0;0.5"),
        (lambda: greeted(MOVE, JUMP, output="jump"), Step(1, [0], [2]), "jump;1;2"),
        (
            lambda: greeted(JUMP, fields={"q": NUMBER}),
            Step(1, [0], {"jump": np.int64([2]), "q": np.float32([[0.25]])}),
            "jump;1;2@q;1;0.25",
        ),
        (lambda: greeted(), Close([0]), "__pause__;1;0"),
        *((lambda: greeted(), message, None) for message in all_but(Welcome, Reset, Step, Close)),
    ],
)
def test_what_the_engine_is_told(dialect: Any, message: FromBridge, text: str | None) -> None:
    assert dialect().encode(message) == text


def test_what_does_not_fit_into_the_engines_buffer_is_not_sent() -> None:
    long = MOVE | {"shape": [300], "rangeMin": [-1] * 300, "rangeMax": [1] * 300}
    with pytest.raises(TooLarge, match=r"the limit is 1000.* max_reply_bytes"):
        greeted(long).encode(Step(1, [0], np.float32([[0.25] * 300])))
    assert greeted(long, max_reply_bytes=5000).encode(Step(1, [0], np.float32([[0.25] * 300])))


# ── what an agent says ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_config_frame_is_a_hello() -> None:
    hello = Ai4u(Declaration("g")).decode(config())
    assert isinstance(hello, Hello)
    assert (hello.name, hello.client, hello.instances) == ("g", "AI4U", 1)
    assert hello.observation_space == {"type": "Box", "shape": [2], "low": 0, "high": 1000, "dtype": "float32"}
    assert hello.action_space == {"type": "Discrete", "n": 4}


def test_by_id_an_agent_is_a_game_of_its_own() -> None:
    hello = Ai4u(Declaration("g", by_id=True)).decode(config(id="b7"))
    assert isinstance(hello, Hello)
    assert hello.name == "g/b7"


def test_with_fields_an_action_is_a_dict_and_declared_spaces_stand_for_the_metadatas() -> None:
    wide = {"type": "Box", "shape": [1, 2], "low": -5, "high": 5}
    dialect = Ai4u(Declaration("g", fields={"q": NUMBER}, observation_space=wide))
    hello = dialect.decode(config())
    assert isinstance(hello, Hello)
    assert hello.action_space == {"type": "Dict", "spaces": {"add": {"type": "Discrete", "n": 4}, "q": NUMBER}}
    assert hello.observation_space == wide
    dialect.encode(Reset(4, [0], [None]))
    said = dialect.decode(state())
    assert isinstance(said, State)
    assert said.observations.shape == (1, 1, 2)


@pytest.mark.parametrize(
    ("request_", "before", "said", "told"),
    [
        (Step(4, [0], [1]), {}, {}, ([0.5], [False], [False])),
        (Step(4, [0], [1]), {}, {"done": True}, ([0.5], [True], [False])),
        (Step(4, [0], [1]), {}, {"truncated": None}, ([0.5], [False], [False])),
        (Step(4, [0], [1]), {}, {"truncated": True}, ([0.5], [False], [True])),
        (Step(4, [0], [1]), {}, {"done": True, "truncated": True}, ([0.5], [False], [True])),
        (Step(4, [0], [1]), {"steps": 99}, {"done": True}, ([0.5], [True], [False])),
        (Step(4, [0], [1]), {"steps": 100}, {"done": True, "steps": 0}, ([0.5], [False], [True])),
        (Step(4, [0], [1]), {}, {"__ctrl_stopped__": True}, ([0.5], [False], [True])),
        (Step(4, [0], [1]), {}, {"__ctrl_stopped__": True, "done": True}, ([0.5], [True], [False])),
        (Step(4, [0], [1]), {}, {"reward": 3}, ([3.0], [False], [False])),
        (Step(4, [0], [1], reset_instead=[0]), {}, {"done": True, "reward": 9.0}, ([0.0], [False], [False])),
        (Reset(4, [0], [None]), {}, {"reward": 9.0}, (None, None, None)),
    ],
)
def test_how_a_step_ends(request_: Any, before: dict[str, Any], said: dict[str, Any], told: Any) -> None:
    dialect = greeted()
    dialect.encode(Reset(3, [0], [None]))
    dialect.decode(state(**before))
    dialect.encode(request_)
    answer = dialect.decode(state(**said))
    assert isinstance(answer, State)
    assert (answer.rewards, answer.terminated, answer.truncated) == told
    assert answer.id == 4
    assert answer.observations.tolist() == [[1, 2]]


def test_an_episode_can_be_truncated_after_so_many_steps() -> None:
    dialect = greeted(max_steps=2)
    ends = []
    for request in (Reset(1, [0], [None]), Step(2, [0], [1]), Step(3, [0], [1]), Reset(4, [0], [0]), Step(5, [0], [1])):
        dialect.encode(request)
        answer = dialect.decode(state())
        assert isinstance(answer, State)
        ends.append(answer.truncated)
    assert ends == [None, [False], [True], None, [False]]


def test_what_is_neither_observed_nor_the_engines_own_is_an_info() -> None:
    dialect = greeted()
    dialect.encode(Reset(1, [0], [None]))
    said = dialect.decode(state(name="Ann", ray=[0.5, 1.0], __ctrl_skipFrame__=4))
    assert isinstance(said, State)
    assert said.infos is not None
    (info,) = said.infos
    assert {key: np.asarray(value).tolist() for key, value in info.items()} == {
        "steps": 1, "name": "Ann", "ray": [0.5, 1],
    }  # fmt: skip


def test_an_observation_that_is_not_there_is_told_in_the_answer() -> None:
    dialect = greeted()
    dialect.encode(Reset(4, [0], [None]))
    fault = dialect.decode(state(array=None))
    assert isinstance(fault, Fault)
    assert (fault.id, fault.instances) == (4, [0])
    assert "no field 'array'" in fault.message


def test_what_nobody_asked_for_answers_no_request() -> None:
    dialect = greeted()
    before = dialect.decode(state())
    dialect.encode(Step(7, [0], np.int64([3])))
    dialect.take_back()
    after = dialect.decode(state())
    assert isinstance(before, State) and isinstance(after, State)
    assert (before.id, after.id) == (0, 0)


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("metadata", "fields", "declared", "problem"),
    [
        (METADATA, {"max_steps": "many"}, {}, "max_steps"),
        (METADATA, {"id": "a;b"}, {}, "an id of 1 to 100"),
        (METADATA, {"id": ""}, {}, "an id of 1 to 100"),
        (METADATA, {"id": "x" * 101}, {}, "an id of 1 to 100"),
        (METADATA, {"modelmetadata": "no"}, {}, "modelmetadata"),
        (METADATA | {"outputs": [MOVE, JUMP]}, {}, {"fields": {"q": NUMBER}}, "one output"),
        (METADATA | {"outputs": [MOVE, JUMP]}, {}, {"output": "fly"}, "no output 'fly'; there are move, jump"),
        (METADATA | {"outputs": [JUMP | {"name": "__reset__"}]}, {}, {}, "cannot be called '__reset__'"),
        (METADATA | {"outputs": [JUMP | {"name": "a@b"}]}, {}, {}, "cannot be called 'a@b'"),
        (METADATA | {"inputs": [METADATA["inputs"][0] | {"shape": [2**40]}]}, {}, {}, "the limit"),
    ],
)
def test_a_config_frame_that_says_no_game_is_refused(
    metadata: dict[str, Any], fields: dict[str, Any], declared: dict[str, Any], problem: str
) -> None:
    with pytest.raises(BadMessage, match=problem):
        Ai4u(Declaration("g", **declared)).decode(config(metadata, **fields))


@pytest.mark.parametrize("said", [{"done": None}, {"done": 1}, {"reward": None}, {"reward": "1"}, {"truncated": 2}])
def test_a_frame_without_a_reward_or_an_end_is_refused(said: dict[str, Any]) -> None:
    dialect = greeted()
    dialect.encode(Step(1, [0], [1]))
    with pytest.raises(BadMessage, match=min(said)):
        dialect.decode(state(**said))
