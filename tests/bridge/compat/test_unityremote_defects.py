"""What was wrong with UnityRemote's Python side, one test each that shows it gone."""

import gc
import logging
import socket
import time
from collections.abc import Iterator
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium import spaces

import stepwire_bridge.compat.unityremote as UnityRemoteGym  # noqa: N812 - as programs have it
from stepwire_bridge.compat.portal import portal
from stepwire_bridge.compat.unityremote import BasicAgent, EnvironmentManager, RemoteEnv
from stepwire_bridge.compat.unityremote.core import IteractiveEnvironmentManager
from stepwire_bridge.dialects.fields import write_fields
from stepwire_bridge.faults import GameSilent, TooLarge
from stepwire_bridge.udp.exchange import Manners
from tests.bridge.udp.engine import Engine, free_port, until


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = portal().run(Engine().open())
    yield engine
    portal().run(engine.close())


@pytest.fixture
def remote(engine: Engine) -> Iterator[RemoteEnv]:
    env = RemoteEnv("127.0.0.1", engine.address[1], free_port(), reply_seconds=5, manners=Manners(resend_after=0.1))
    env.open(0)
    yield env
    env.close()


def test_1_waiting_for_a_reply_takes_no_computing_and_floods_no_log(
    engine: Engine, remote: RemoteEnv, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    remote.reply_seconds = 1.5
    engine.answer = lambda name, arguments: []
    computed, began = time.process_time(), time.monotonic()
    with caplog.at_level(logging.INFO), pytest.raises(GameSilent):
        remote.step("restart")
    assert time.monotonic() - began >= 1.5
    assert time.process_time() - computed < 0.3
    assert len(caplog.records) == 1
    assert capsys.readouterr().out == ""


def test_2_a_lost_reply_does_not_hang_for_ever(engine: Engine, remote: RemoteEnv) -> None:
    engine.answer = lambda name, arguments: engine.honest(name, arguments) if len(engine.heard) > 2 else []
    assert remote.step("at", 3)["state"] == 3  # asked again
    remote.reply_seconds = 0.3
    engine.answer = lambda name, arguments: []
    with pytest.raises(GameSilent, match="did not answer go within"):
        remote.step("go", 1)  # and not for ever


def test_2_an_engine_that_is_not_there_is_said_to_be_silent() -> None:
    nobody = RemoteEnv("127.0.0.1", free_port(), 0, reply_seconds=0.2)
    with pytest.raises(GameSilent):
        nobody.step("restart")
    nobody.close()


def test_3_other_hosts_and_other_ports_than_the_engines_are_not_heard(engine: Engine, remote: RemoteEnv) -> None:
    assert remote.step("at", 1)["state"] == 1
    ours = ("127.0.0.1", remote.INPUT_PORT)
    forged = write_fields({"state": 66.0, "done": True})
    engine.answer = lambda name, arguments: []
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as elsewhere,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as here,
    ):
        elsewhere.bind(("127.0.0.3", 0))

        def answer(name: str, arguments: list[str]) -> list[bytes]:
            elsewhere.sendto(forged, ours)
            here.sendto(forged, ours)
            return engine.honest(name, arguments) if len(engine.heard) > 2 else []

        engine.answer = answer
        assert remote.step("at", 2)["state"] == 2


def test_3_only_loopback_is_listened_to_where_the_engine_is_on_this_machine(remote: RemoteEnv) -> None:
    assert remote._endpoint is not None
    assert remote._endpoint.address[0] == "127.0.0.1"


def test_4_the_state_that_an_engine_sends_when_it_starts_answers_nothing(engine: Engine, remote: RemoteEnv) -> None:
    exchange = remote._exchange
    assert exchange is not None
    portal().call(engine.say, write_fields({"state": 99.0, "done": True}), ("127.0.0.1", remote.INPUT_PORT))
    portal().run(until(lambda: exchange.counts.unasked == 1))
    assert remote.step("restart")["state"] == 0
    assert remote.step("go", 1)["state"] == 1  # and the second is not one behind


def test_6_a_semicolon_is_refused_instead_of_cut_off(engine: Engine, remote: RemoteEnv) -> None:
    with pytest.raises(ValueError, match="'a;b' holds ';', which ends an argument and cannot be escaped"):
        remote.send("say", ["a;b"])
    assert engine.heard == []


def test_6_what_is_too_large_for_the_engine_is_said_to_be(remote: RemoteEnv) -> None:
    with pytest.raises(TooLarge, match=r"the limit is 8192.*buffer_size"):
        remote.stepfv("act", np.zeros(5000))


def test_7_an_environment_that_was_never_configured_goes_without_a_word(
    recwarn: pytest.WarningsRecorder, capsys: pytest.CaptureFixture[str]
) -> None:
    gymnasium.make("UnityRemote-v0")
    gc.collect()
    assert not recwarn
    assert capsys.readouterr().err == ""


def test_7_a_manager_that_grows_takes_a_wrapper() -> None:
    manager = IteractiveEnvironmentManager(wrapper=RemoteEnv)
    assert isinstance(manager.make()[1], RemoteEnv)


def test_7_managers_close_by_either_spelling() -> None:
    manager = EnvironmentManager(2)
    manager.closeAll()
    manager.claseAll()


def configured(engine: Engine, **more: Any) -> Any:
    env: Any = gymnasium.make("UnityRemote-v0")
    env.configure({"input_port": 0, "output_port": engine.address[1], "actions": [("go", 1)], **more})
    return env


def test_9_actions_may_be_other_than_discrete_and_observations_other_than_one_box(engine: Engine) -> None:
    class Placed(BasicAgent):
        def reset(self, env: Any) -> Any:
            return {"place": np.array(env.remoteenv.step("restart")["state"], np.float32)}

    place = spaces.Dict({"place": spaces.Box(-10, 10, ())})
    spoken = {"actions": [("at",)], "action_space": spaces.Box(-5, 5, (1,)), "observation_space": place}
    env = configured(engine, agent=Placed, **spoken)
    assert env.reset()[0] in env.observation_space
    assert env.one_step(np.array([2.5], np.float32))["state"] == 2.5
    env.close()


def test_9_the_meanings_are_found_by_the_key_that_the_guide_has(engine: Engine) -> None:
    env = configured(engine, actions_meaning=["forward"])
    assert env.get_action_meanings() == ["forward"]
    env.close()


def test_10_the_host_of_the_definitions_is_where_commands_go() -> None:
    env: Any = gymnasium.make("UnityRemote-v0")
    env.configure({"host": "127.0.0.9", "input_port": 0, "output_port": 7070})
    assert env.remoteenv.HOST == "127.0.0.9"
    env.close()


def test_10_an_agent_can_seed_its_engine(engine: Engine) -> None:
    env = configured(engine, seed=3)
    assert env.reset()[0].tolist() == [3]
    assert env.reset(seed=5)[0].tolist() == [5]
    assert engine.heard == ["seed;1;3;", "restart;0;", "seed;1;5;", "restart;0;"]
    env.close()


def test_the_package_is_what_the_guide_calls_UnityRemoteGym() -> None:  # noqa: N802
    assert UnityRemoteGym.BasicAgent is BasicAgent
