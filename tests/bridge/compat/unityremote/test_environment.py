"""An engine as an environment, by way of agents written for UnityRemote."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium import spaces
from gymnasium.utils.env_checker import check_env
from gymnasium.vector import AsyncVectorEnv

from stepwire_bridge.compat.unityremote.environment import NOT_A_CLASS, BasicAgent, Environment
from stepwire_bridge.compat.unityremote.remote_env import RemoteEnv
from stepwire_bridge.dialects.fields import write_fields
from stepwire_bridge.faults import GameNonsense, InvalidAction
from tests.bridge.udp.engine import Engine, free_port

MOVES = [("go", 1.5), ("go", -1), ("go", 3)]


def definitions(engine: Engine, **more: Any) -> dict[str, Any]:
    return {"input_port": 0, "output_port": engine.address[1], "actions": MOVES, **more}


@pytest.fixture
def env(engine: Engine) -> Iterator[Environment]:
    env = Environment()
    env.configure(definitions(engine))
    yield env
    env.close()


def test_an_episode_by_gymnasiums_interface(engine: Engine, env: Environment) -> None:
    state, info = env.reset()
    assert (state.tolist(), state.dtype, info) == ([0], np.float32, {})
    assert state in env.observation_space
    given = [env.step(0), env.step(np.int64(0)), env.step(2)]
    assert [(state.tolist(), *rest) for state, *rest in given] == [
        ([1.5], 1.5, False, False, {}),
        ([3.0], 1.5, False, False, {}),
        ([6.0], 3.0, True, False, {}),
    ]
    assert engine.heard == ["restart;0;", "go;1;1.5;", "go;1;1.5;", "go;1;3;"]


def test_it_is_an_environment_as_gymnasium_wants_them(engine: Engine, recwarn: pytest.WarningsRecorder) -> None:
    env = Environment(environment_definitions=definitions(engine))
    env.metadata = {"render_modes": []}
    check_env(env, skip_render_check=True)
    env.close()
    recwarn.clear()  # of a render mode that nobody asked for, and bounds that could be anything


def test_an_episode_by_the_old_interface(engine: Engine) -> None:
    env = Environment(old_api=True)
    env.configure(definitions(engine))
    assert env.reset() == 0.0
    assert env.step(0) == (1.5, 1.5, False, {})
    env.close()


@pytest.mark.parametrize(
    "call",
    [
        lambda env: env.reset(),
        lambda env: env.step(0),
        lambda env: env.one_step(0),
        lambda env: env.render(),
        lambda env: env.seed(1),
        lambda env: env.get_action_meanings(),
        lambda env: env.remoteenv,
        lambda env: env.close(),
    ],
)
def test_before_it_is_configured_nothing_works_and_that_is_said(call: Any) -> None:
    with pytest.raises(Exception, match="The environment is not configured"):
        call(Environment())


def test_an_agent_is_a_class(engine: Engine) -> None:
    with pytest.raises(Exception, match=NOT_A_CLASS):
        Environment().configure(definitions(engine, agent=BasicAgent()))


class Remembering(BasicAgent):
    """Keeps what happened, and makes its own of state and reward."""

    def __init__(self) -> None:
        self.memory: list[Any] = []

    def reset(self, env: Environment) -> Any:
        return 10 * env.remoteenv.step("restart")["state"]

    def act(self, env: Environment, action: Any = 0, info: Any = None) -> Any:
        said = env.one_step(action)
        self.memory.append((action, info, said["state"]))
        return 10 * said["state"], 2 * said["reward"], said["done"], said

    def render(self) -> Any:
        return len(self.memory)


def test_an_agent_of_ones_own_says_what_reset_step_and_render_mean(engine: Engine) -> None:
    env = Environment()
    env.configure(definitions(engine, agent=Remembering))
    env.reset()
    state, reward, *_, info = env.step(0, info="why")
    assert (state.tolist(), reward, info["frame"]) == ([15], 3.0, 2)
    assert env.agent.memory == [(0, "why", 1.5)]
    assert env.render() == 1
    env.close()


def test_a_done_that_is_not_said_is_one_as_ever(engine: Engine, env: Environment) -> None:
    engine.answer = lambda name, arguments: [write_fields({"state": 1.0})]
    env.reset()
    assert env.step(0)[1:4] == (0.0, True, False)


def test_a_state_that_is_not_said_is_nonsense_or_by_the_old_interface_none(engine: Engine, env: Environment) -> None:
    engine.answer = lambda name, arguments: [write_fields({"done": False})]
    with pytest.raises(GameNonsense, match="without the field 'state'"):
        env.reset()
    env.old_api = True
    assert env.reset() is None


def test_a_state_of_another_size_is_left_to_whoever_asked(engine: Engine, env: Environment) -> None:
    engine.answer = lambda name, arguments: [write_fields({"state": "0,1;2,3", "done": False})]
    assert env.reset()[0] == "0,1;2,3"


def test_a_time_limit_in_the_info_truncates(engine: Engine) -> None:
    class Limited(BasicAgent):
        def act(self, env: Environment, action: Any, info: Any = None) -> Any:
            return 0.0, 0, True, {"TimeLimit.truncated": True}

    env = Environment(environment_definitions=definitions(engine, agent=Limited))
    env.reset()
    assert env.step(0)[2:4] == (False, True)
    env.close()


def test_an_action_that_is_not_there_is_refused(env: Environment) -> None:
    env.reset()
    for action in (3, -1):
        with pytest.raises(InvalidAction, match="an index of the 3 actions"):
            env.step(action)


def test_actions_need_no_argument_and_a_box_goes_as_numbers(engine: Engine) -> None:
    env = Environment(environment_definitions=definitions(engine, actions=[("jump",), ("duck", None)]))
    env.one_step(0)
    env.one_step(1)
    env.configure(definitions(engine, actions=[], action_space=spaces.Box(-1, 1, (2,))))
    env.one_step(np.array([0.5, -0.5], np.float32))
    assert engine.heard == ["jump;0;", "duck;0;", "act;1;0.5 -0.5;"]
    env.close()


def test_spaces_are_those_of_the_definitions(engine: Engine) -> None:
    env = Environment()
    env.configure(
        definitions(engine, action_shape=(3,), state_shape=(2, 2), min_value=0, max_value=9, state_type="uint8")
    )
    assert env.action_space == spaces.Discrete(3)
    assert env.observation_space == spaces.Box(0, 9, (2, 2), np.uint8)
    env.configure(definitions(engine))
    assert env.action_space == spaces.Discrete(3)  # as many as there are actions
    box = {"type": "Box", "shape": [2], "low": -1, "high": 1}
    env.configure(definitions(engine, action_space=box, observation_space=spaces.Discrete(3)))
    assert (env.action_space, env.observation_space) == (spaces.Box(-1, 1, (2,)), spaces.Discrete(3))
    env.close()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"action_meaning": ["right", "left", "far"]}, ["right", "left", "far"]),
        ({"actions_meaning": ["right", "left", "far"]}, ["right", "left", "far"]),
        ({"action_meaning": [], "actions_meaning": ["right"]}, ["right", "go", "go"]),
        ({"action_meaning": ["1", "2", "3", "4"]}, ["1", "2", "3"]),
        ({}, ["go", "go", "go"]),
    ],
)
def test_actions_have_words_by_either_key(engine: Engine, more: dict[str, Any], words: list[str]) -> None:
    env = Environment(environment_definitions=definitions(engine, **more))
    assert env.get_action_meanings() == words
    env.close()


def test_a_seed_goes_to_the_engine_where_the_definitions_have_one(engine: Engine) -> None:
    env = Environment(environment_definitions=definitions(engine, seed=0))
    env.reset()
    env.reset(seed=3)
    env.reset()
    assert env.seed(5) == [5]
    assert engine.heard == ["seed;1;0;", "restart;0;", "seed;1;3;", "restart;0;", "restart;0;", "seed;1;5;"]
    env.close()


def test_a_seed_goes_to_nobody_where_the_definitions_have_none(engine: Engine, env: Environment) -> None:
    env.reset(seed=3)
    assert engine.heard == ["restart;0;"]


def test_several_environments_have_ports_one_after_the_other(row: list[Engine]) -> None:
    envs = [Environment() for _ in row]
    ours = free_port(3)
    for number, env in enumerate(envs):
        env.configure(definitions(row[0], input_port=ours), number)
    assert [env.reset()[0].tolist() for env in envs] == [[0]] * 3
    assert [(env.id, env.remoteenv.INPUT_PORT - ours) for env in envs] == [(0, 0), (1, 1), (2, 2)]
    assert [engine.heard for engine in row] == [["restart;0;"]] * 3
    for env in envs:
        env.close()


def test_definitions_on_the_agents_class_configure_what_is_made(
    row: list[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BasicAgent, "environment_definitions", definitions(row[0], input_port=free_port(2)))
    monkeypatch.setattr(BasicAgent, "environment_port_id", 0)
    envs = [Environment() for _ in range(2)]
    assert [env.remoteenv.OUTPUT_PORT for env in envs] == [row[0].address[1], row[1].address[1]]
    for env in envs:
        env.close()


def test_there_is_one_life(env: Environment) -> None:
    assert env.ale.lives() == 1


def test_closing_twice_is_quiet(env: Environment) -> None:
    env.close()
    env.close()


def test_made_by_gymnasium_it_has_no_wrapper_before_it(engine: Engine) -> None:
    import stepwire_bridge.compat.unityremote  # noqa: F401 - registers it

    env: Any = gymnasium.make("UnityRemote-v0")
    env.configure(definitions(engine))
    env.unwrapped.configure(definitions(engine))
    assert env.one_step(0)["state"] == 1.5
    assert env.remoteenv.step("at", 3)["state"] == 3
    assert env.get_action_meanings() == ["go", "go", "go"]
    env.close()


@pytest.mark.parametrize("action", [0.5, "0", None, 3, -1, True, [0, 1]])
def test_what_is_no_index_of_an_action_is_refused_and_the_engine_hears_nothing(
    engine: Engine, env: Environment, action: Any
) -> None:
    with pytest.raises(InvalidAction, match="expected an index of the 3 actions"):
        env.step(action)
    assert engine.heard == []


def test_an_array_of_one_number_is_an_action(engine: Engine, env: Environment) -> None:
    env.step(np.array([1]))
    env.step(np.int64(1))
    assert engine.heard == ["go;1;-1;"] * 2


def test_closed_it_does_nothing_until_it_is_configured_again(engine: Engine, env: Environment) -> None:
    env.close()
    for call in (env.reset, lambda: env.step(0), lambda: env.one_step(0), env.render):
        with pytest.raises(Exception, match="The environment is closed: configure it again"):
            call()
    env.configure(definitions(engine))
    assert env.reset()[0].tolist() == [0]


def test_a_port_that_is_taken_leaves_it_unconfigured(engine: Engine, env: Environment) -> None:
    other = RemoteEnv("127.0.0.1", engine.address[1], free_port())
    other.open()
    with pytest.raises(OSError, match="in use"):
        env.configure(definitions(engine, input_port=other.INPUT_PORT))
    with pytest.raises(Exception, match="not configured"):
        env.reset()
    other.close()
    env.configure(definitions(engine))


@pytest.mark.parametrize("key", ["input_port", "output_port"])
def test_a_port_is_a_whole_number(engine: Engine, key: str) -> None:
    with pytest.raises(ValueError, match=f"{key} is a whole number, not '8080'"):
        Environment().configure(definitions(engine, **{key: "8080"}))


@pytest.mark.parametrize(
    ("actions", "problem"), [("go", "'g'"), ([3], "3"), ([()], r"\(\)"), ([(3, "go")], r"\(3, 'go'\)")]
)
def test_an_action_is_a_name_with_an_argument_or_without(engine: Engine, actions: Any, problem: str) -> None:
    env = Environment(environment_definitions=definitions(engine, actions=actions))
    with pytest.raises(ValueError, match=f"actions are .* not {problem}"):
        env.step(0)
    env.close()


def test_one_that_is_forgotten_gives_its_port_back(engine: Engine) -> None:
    port = free_port()
    for _ in range(3):  # as a notebook's cell is run again
        env = Environment()
        env.configure(definitions(engine, input_port=port))
        assert env.reset()[0].tolist() == [0]
        del env
    assert engine.heard == ["restart;0;"] * 3


def test_a_vector_environment_has_one_in_each_process(row: list[Engine]) -> None:
    ours = free_port(3)
    made = partial(Environment, environment_definitions=definitions(row[0], input_port=ours))
    envs = AsyncVectorEnv([partial(made, port_inc=i) for i in range(3)], context="spawn")
    envs.reset()
    states, *_ = envs.step(np.array([0, 1, 0]))
    envs.close()
    assert states.tolist() == [[1.5], [-1.0], [1.5]]
