"""A Gymie server in a program of one's own: its functions in the place of ours, and how it starts and stops."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import gymnasium
import numpy as np
import pytest

from stepwire_service import gymie as guide
from stepwire_service.settings import ConfigError, Settings
from tests.service.fronts.gymie.agents import ANYWHERE, classic, gymie, modern


@pytest.fixture(autouse=True)
def _nothing_overridden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide, "_overridden", {})


class Old:
    """An environment as Gym had them."""

    observation_space = gymnasium.spaces.Box(0, 9, (1,), np.float32)
    action_space = gymnasium.spaces.Discrete(2)

    def __init__(self) -> None:
        self.sown: Any = None

    def seed(self, seed: Any) -> None:
        self.sown = seed

    def reset(self) -> Any:
        return np.float32([self.sown or 0])

    def step(self, action: int) -> Any:
        return np.float32([9]), 1.0, True, {"TimeLimit.truncated": bool(action)}


def test_only_two_functions_can_be_put_in_place() -> None:
    with pytest.raises(AssertionError) as caught:
        guide.override("step")
    assert str(caught.value) == "Error overriding. Functions available: `get_env`, `process_step`"


async def test_the_last_function_of_a_name_counts_and_the_decorator_gives_it_back() -> None:
    @guide.override("get_env")
    def first(env_id: str) -> Any:
        raise AssertionError("not this one")

    @guide.override("get_env")
    def second(env_id: str) -> Any:
        return Old()

    assert callable(first) and isinstance(second("any"), Old)
    async with guide.serving(Settings(gymie_address=ANYWHERE)) as address, classic(address) as agent:
        instance = await agent.make("any")
        assert await agent.text("reset", instance_id=instance) == "[0.0]"


async def test_an_env_of_the_users_own_is_given_the_parameters_of_make() -> None:
    given: list[Any] = []

    def get_env(env_id: str, seed: int | None = None, **kwargs: Any) -> Any:
        given.append((env_id, seed, kwargs))
        return Old()

    async with gymie({"get_env": get_env}) as address:
        async with classic(address) as agent:
            await agent.make("some/path:with colon", seed=0, worker_id=1, flags=["a", {"b": None}])
            await agent.make("plain")
        async with modern(address) as newer:
            await newer.make("plain", seed=5, kwargs={"worker_id": 2})
            assert await newer.refused("make", env_id="plain", kwargs={"seed": 1}) == "INVALID_OPTIONS"
            assert await newer.ask("list_envs") == []
    assert given == [
        ("some/path:with colon", 0, {"worker_id": 1, "flags": ["a", {"b": None}]}),
        ("plain", None, {}),
        ("plain", 5, {"worker_id": 2}),
    ]


async def test_an_old_env_has_a_seed_and_both_kinds_of_end() -> None:
    async with gymie({"get_env": lambda env_id, seed: Old()}) as address, modern(address) as agent:
        instance = await agent.make("any", seed=4)
        for action in (0, 1):
            assert (await agent.ask("reset", instance_id=instance))["observation"] == [4.0]
            step = await agent.ask("step", instance_id=instance, action=action)
            assert (step["terminated"], step["truncated"]) == (not action, bool(action))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (guide.EnvironmentNotFound, "Environment `any` not found"),
        (guide.EnvironmentNotFound("any"), "Environment `any` not found"),
        (guide.EnvironmentMalformed("any"), "Environment `any` is malformed"),
        (RuntimeError("no display"), "Unknonwn error: RuntimeError: no display"),
    ],
)
async def test_what_get_env_raises_has_its_reason(error: Any, reason: str) -> None:
    def get_env(env_id: str) -> Any:
        raise error

    async with gymie({"get_env": get_env}) as address, classic(address) as agent:
        assert await agent.refused("make", env_id="any") == (1007, reason)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "get_env gave a NoneType, which is no environment: it has no reset"),
        ("CartPole-v1", "get_env gave a str, which is no environment: it has no reset"),
        (Old, "get_env gave the class Old, and not an environment of that class"),
        (object.__new__(type("Half", (), {"reset": 0, "step": 0})), "get_env gave a Half, which is no environment: "),
    ],
)
async def test_what_is_no_env_is_said_to_be_none(given: Any, said: str) -> None:
    async with gymie({"get_env": lambda env_id: given}) as address, classic(address) as agent:
        code, reason = await agent.refused("make", env_id="any")
    assert code == 1007 and reason.startswith(f"Unknonwn error: TypeError: {said}")


async def test_an_env_that_calls_an_action_wrong_is_believed() -> None:
    class Choosy(Old):
        def step(self, action: int) -> Any:
            raise guide.WrongAction("left")

    async with gymie({"get_env": lambda env_id: Choosy()}) as address:
        async with classic(address) as agent:
            instance = await agent.make("any")
            await agent.ask("reset", instance_id=instance)
            assert await agent.refused("step", instance_id=instance, action=1) == (1007, "Action `1` is wrong")
        async with modern(address) as newer:
            instance = await newer.make("any")
            await newer.ask("reset", instance_id=instance)
            assert await newer.refused("step", instance_id=instance, action=1) == "INVALID_ACTION"


async def test_process_step_is_for_classic_agents_alone_and_the_log_says_so(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    hooks = {"get_env": lambda env_id: Old(), "process_step": lambda step: [[], 0, False, {"mine": True}]}
    async with gymie(hooks) as address:
        async with classic(address) as agent:
            instance = await agent.make("any")
            await agent.ask("reset", instance_id=instance)
            assert await agent.ask("step", instance_id=instance, action=0) == [[], 0, False, {"mine": True}]
        assert "process_step" not in caplog.text
        async with modern(address) as newer:
            instance = await newer.make("any")
            await newer.ask("reset", instance_id=instance)
            assert (await newer.ask("step", instance_id=instance, action=0))["observation"] == [9.0]
        assert "it sees its steps without process_step" in caplog.text


# ── start ──

PROGRAM = "from stepwire_service import gymie; gymie.start(port={port}); print('the end')"

IN_A_NOTEBOOK = """
import asyncio, threading
from stepwire_service import gymie

async def cell():
    threading.Thread(target=gymie.start, kwargs={'port': 0}, daemon=True).start()
    await asyncio.Event().wait()

asyncio.run(cell())
"""


@contextmanager
def started(program: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A program that starts a server, and the address that it logs."""
    with subprocess.Popen([sys.executable, "-c", program], stdout=-1, stderr=-1, text=True) as process:
        try:
            assert process.stderr
            said = re.search(r"ws://(\S+)/gym", process.stderr.readline())
            assert said
            yield process, said[1]
        finally:
            process.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which ports are open")
async def test_start_serves_until_it_is_interrupted_and_opens_no_other_port() -> None:
    with started(PROGRAM.format(port=0)) as (process, address):
        async with classic(address) as agent:
            instance = await agent.make("CartPole-v1")
            assert len(await agent.ask("reset", instance_id=instance)) == 4
        assert listening_ports(process.pid) == {int(address.rpartition(":")[2])}
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (0, "the end\n") and "Traceback" not in err


def listening_ports(pid: int) -> set[int]:
    """The TCP ports that a process listens on, as Linux tells."""
    files = set()
    for file in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # it was closed meanwhile
            files.add(str(file.readlink()))
    ports = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in files:
                ports.add(int(fields[1].rpartition(":")[2], 16))
    return ports


def test_an_address_in_use_is_an_error_with_a_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=rf"127\.0\.0\.1:{port}: cannot be listened on: .*address already in use"):
            guide.start("127.0.0.1", port)


@pytest.mark.parametrize(
    "given",
    [{"workers": 2}, {"games": ("snake=2",)}, {"dial_games": ("ws://localhost:1",)}, {"games_file": "games.toml"}],
)
def test_what_such_a_server_has_not_is_refused_and_names_the_one_that_has(given: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=f"{next(iter(given))} .*serve --gymie-address"):
        guide.start(port=0, **given)


def test_settings_go_along() -> None:
    with pytest.raises(ConfigError, match="token_file"):
        guide.start(port=0, token_file="/nowhere/tokens")
    with pytest.raises(TypeError, match="speed"):
        guide.start(port=0, speed=1)
    with pytest.raises(ConfigError, match=r"step_deadline is 'soon', expected seconds, more than 0\.$"):
        guide.start(port=0, step_deadline="soon")


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("127.0.0.1", 70_000, "gymie_address is '127.0.0.1:70000', expected host:port"),
        ("127.0.0.1", "five", "gymie_address is '127.0.0.1:five', expected host:port"),
        ("127.0.0.1:5000", 0, "host 127.0.0.1:5000: expected a name or an address, without a port"),
        ("localhost:5000", 0, "host localhost:5000: expected a name or an address, without a port"),
        ("::", 0, r"gymie_address \[::\]:0 can be reached from other machines"),
    ],
)
def test_where_nobody_can_listen_is_said_in_words(host: str, port: Any, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        guide.start(host, port)


@pytest.mark.parametrize("name", ["gymie_address", "address", "games_address", "web_address"])
def test_there_is_no_address_but_host_and_port(name: str) -> None:
    with pytest.raises(TypeError, match=f"takes no {name}: it listens at host and port"):
        guide.start(port=0, **{name: "127.0.0.1:0"})


async def test_in_a_running_loop_start_says_how_it_can_serve_there() -> None:
    with pytest.raises(RuntimeError, match=r"as in a notebook\. Call it in a thread"):
        guide.start(port=0)


async def test_in_a_thread_it_serves_beside_a_running_loop() -> None:
    with started(IN_A_NOTEBOOK) as (_, address):
        async with classic(address) as agent:
            assert len(await agent.make("CartPole-v1")) == 32
