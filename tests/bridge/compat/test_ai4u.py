"""Programs written for AI4U's Python, with one import changed, and engines that dial them."""

import asyncio
import contextlib
import gc
import socket
import time
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.spaces import Box
from gymnasium.utils.env_checker import check_env

import stepwire_bridge.compat.ai4u
from stepwire_bridge.compat.portal import Portal
from stepwire_bridge.faults import NoGameWaiting
from tests.bridge.udp.ai4u_engine import Agent, expected
from tests.bridge.udp.engine import free_port

Dial = Callable[..., Agent]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def dial(port: int) -> Iterator[Dial]:
    """Start an engine in a thread of its own; like a real one it may be there before its trainer."""
    engines = Portal()
    playing: list[asyncio.Task[None]] = []

    def start(id: str = "0", **fields: Any) -> Agent:
        agent = Agent(("127.0.0.1", port), id, patience=0.2, **fields)
        engines.call(lambda: playing.append(asyncio.get_running_loop().create_task(agent.play())))
        return agent

    yield start
    engines.close()


def config(port: int, **more: Any) -> dict[str, Any]:
    return {"server_IP": "127.0.0.1", "server_port": port} | more


def test_the_loop_of_the_guide(port: int, dial: Dial) -> None:
    dial()
    env = gym.make("AI4UEnv-v0", rid="0", config=dict(server_IP="127.0.0.1", server_port=port, buffer_size=81900))  # noqa: C408
    obs, _ = env.reset()
    assert obs.tolist() == [0, 0]
    reward_sum, episodes = 0.0, 0
    while episodes < 3:
        action = np.random.default_rng(episodes).choice(4)
        obs, reward, done, truncated, _ = env.step(action)
        reward_sum += float(reward)
        assert obs in env.observation_space
        if done or truncated:
            episodes += 1
            obs, _ = env.reset()
    assert reward_sum > 0
    env.close()
    env.close()


def test_it_is_an_environment_as_gymnasium_wants_them(port: int, dial: Dial) -> None:
    for _ in range(2):  # it makes a second environment
        dial()
    env = gym.make("AI4UEnv-v0", config=config(port, seed_field="seed"))
    check_env(env.unwrapped, skip_render_check=True)
    env.close()


def test_seeds_reach_a_game_that_knows_the_field(port: int, dial: Dial) -> None:
    dial()
    env = gym.make("AI4UEnv-v0", config=config(port, seed_field="seed"))
    for seed in (4, 9, 4):
        env.reset(seed=seed)
        assert [env.step(action)[0].tolist() for action in (1, 2)] == [row[0] for row in expected(seed, [1, 2])]
    env.close()


def test_environments_of_one_process_share_a_port_each_with_its_agent(port: int, dial: Dial) -> None:
    left, right = dial("left"), dial("right")
    envs = [gym.make("AI4UEnv-v0", rid=rid, config=config(port)) for rid in (["right"], "left")]
    for env in envs:
        env.reset()
    envs[0].step(3)
    assert right.executed == ["reset", "add;3"]
    assert left.executed == ["reset"]
    envs[0].close()
    assert envs[1].step(1)[1] == 1
    envs[1].close()


def test_several_agents_on_one_port_are_a_vector_environment_of_gymnasiums(port: int, dial: Dial) -> None:
    agents = [dial(id) for id in ("0", "1", "2")]
    made = [partial(gym.make, "AI4UEnv-v0", rid=rid, config=config(port)) for rid in range(3)]
    envs = gym.vector.SyncVectorEnv(made)
    envs.reset()
    observations, *_ = envs.step(np.array([1, 2, 3]))
    assert observations[:, 1].tolist() == [1, 2, 3]
    assert [agent.executed for agent in agents] == [["reset", f"add;{action}"] for action in (1, 2, 3)]
    envs.close()


def test_a_port_is_free_again_when_its_last_environment_is_closed(port: int, dial: Dial) -> None:
    for _ in range(2):
        dial()
        env = gym.make("AI4UEnv-v0", config=config(port))
        env.reset()
        env.close()


def test_a_callback_is_told_of_resets_and_steps(port: int, dial: Dial) -> None:
    dial()
    told: list[Any] = []

    class Callback:
        def on_reset(self, result: Any) -> None:
            told.append(result)

        def on_step(self, action: Any, result: Any, info: Any) -> None:
            told.append((action, result, info))

    env = gym.make("AI4UEnv-v0", config=config(port), event_callback=Callback())
    reset, step = env.reset(), env.step(2)
    assert told[0][0] is reset[0]
    assert (told[1][0], told[1][1][1], told[1][2]) == (2, 2.0, step[4])
    env.close()


def test_a_declared_space_stands_for_that_of_the_metadata(port: int, dial: Dial) -> None:
    dial()
    wide = Box(-5, 1000, (2,), np.float32)
    env = gym.make("AI4UEnv-v0", config=config(port, observation_space=wide, metadata={}, timeout=10, waittime=0.0))
    assert env.observation_space == wide
    env.close()


def test_an_agent_that_does_not_come_is_waited_for_no_longer_than_said(port: int) -> None:
    with pytest.raises(NoGameWaiting, match="ai4u/7") as failed:
        gym.make("AI4UEnv-v0", rid=7, config=config(port, timeout=0.05))
    assert f"dials UDP 127.0.0.1:{port};" in failed.value.__notes__[0]
    with pytest.raises(NoGameWaiting):  # and the port was given back
        gym.make("AI4UEnv-v0", config=config(port, timeout=0.05))


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"config": {"server_ip": "127.0.0.1"}}, "no 'server_ip'"),
        ({"config": {"by_id": False}}, "no 'by_id'"),
        ({"config": {"port_generator": range}}, "say server_port"),
        ({"config": {"server_IP": "0.0.0.0"}}, "peers"),
        ({"config": {"server_port": "8080"}}, "config: Expected `int`, got `str`"),
        ({"config": {"max_agents": "x"}}, "config: Expected `int`, got `str` - at `..max_agents`"),
        ({"config": {"timeout": "3"}}, "timeout is a number of seconds, not '3'"),
        ({"config": {"agent_timeout": float("nan")}}, "agent_timeout is a number of seconds, not nan"),
        ({"rid": ["0", "1"]}, "one for each"),
        ({"controller_class": object}, "Wrapper"),
    ],
)
def test_what_there_is_not_is_refused_by_name(arguments: dict[str, Any], problem: str, port: int) -> None:
    given = {"config": config(port)} | arguments
    with pytest.raises(ValueError, match=problem):
        stepwire_bridge.compat.ai4u.AI4UEnv(**given)


def test_one_port_has_one_config(port: int, dial: Dial) -> None:
    dial()
    env = gym.make("AI4UEnv-v0", config=config(port))
    with pytest.raises(ValueError, match="another config"):
        gym.make("AI4UEnv-v0", config=config(port, max_steps=9))
    assert env.unwrapped.server_port == port  # type: ignore[attr-defined]
    env.close()


def test_one_that_is_forgotten_is_held_by_nothing_and_gives_its_port_back(port: int, dial: Dial) -> None:
    dial()
    env = gym.make("AI4UEnv-v0", config=config(port))
    env.reset()
    held = weakref.ref(env.unwrapped)
    del env
    gc.collect()
    assert held() is None
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.bind(("127.0.0.1", port))
            return
    raise AssertionError("the port is still taken")
