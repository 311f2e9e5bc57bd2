"""Programs as Gymie's guide has them: run with nothing changed but the lines that import."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stepwire_service import assets
from tests.service.fronts.gymie.agents import classic

HERE = Path(__file__).parent

START = """
from stepwire_service import gymie

gymie.start('localhost', 0)
"""

PAGE = Path(__file__).parents[3] / "docs" / "coming-from-gymie.md"
OWN_ENVS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[0]
"""The program of the page, which differs from the guide's in its line that imports."""

MORE_PARAMETERS = """
import retro
from stepwire_service.gymie import override, start, EnvironmentMalformed

@override('get_env')
def unity_get_env(env_id, seed=None, worker_id=0, no_graphics=False):
    if worker_id != 2 or no_graphics is not True:
        raise EnvironmentMalformed(env_id)
    return retro.make(game='Corridor')

start(port=0)
"""


@contextmanager
def running(*command: str) -> Iterator[str]:
    """A program that serves; the host:port that it says on either stream."""
    with subprocess.Popen(command, stdout=-1, stderr=subprocess.STDOUT, text=True, cwd=HERE) as process:
        try:
            assert process.stdout
            lines = []
            while not (found := re.search(r"ws://(\S+)/gym", line := process.stdout.readline())):
                lines.append(line)
                assert line, "".join(lines)
            yield found[1]
        finally:
            process.kill()


def program(text: str) -> tuple[str, ...]:
    return sys.executable, "-c", text


async def test_a_server_started_in_one_line_answers_the_guides_requests() -> None:
    with running(*program(START)) as address:
        async with classic(address) as agent:
            instance = await agent.make("CartPole-v1", seed=0)
            assert len(await agent.ask("reset", instance_id=instance)) == 4
            state, reward, done, info = await agent.ask("step", instance_id=instance, action=0)
            assert (len(state), reward, done, info) == (4, 1.0, False, {})
            box = await agent.ask("observation_space", instance_id=instance)
            assert (box["name"], box["shape"], len(box["low"]), len(box["high"])) == ("Box", [4], 4, 4)
            assert await agent.ask("action_space", instance_id=instance) == {"name": "Discrete", "n": 2}
            assert await agent.ask("action_sample", instance_id=instance) in (0, 1)
            assert await agent.ask("close", instance_id=instance) is True


async def test_environments_of_a_program_and_its_own_steps_are_served() -> None:
    with running(*program(OWN_ENVS.replace("5000", "0"))) as address:
        async with classic(address) as agent:
            instance = await agent.make("Corridor", seed=4)
            space = await agent.ask("action_space", instance_id=instance)
            assert space == {"name": "MultiBinary", "n": 2, "shape": [2]}
            first = await agent.ask("reset", instance_id=instance)
            assert first == [1.0]
            step = await agent.ask("step", instance_id=instance, action=[1, 0], render=True)
            assert step == [[2.0], 0.0, False, {}]
        async with classic(address) as agent:
            assert await agent.refused("make", env_id="Airstriker") == (1007, "Environment `Airstriker` not found")


async def test_parameters_of_make_reach_a_programs_own_function() -> None:
    with running(*program(MORE_PARAMETERS)) as address:
        async with classic(address) as agent:
            instance = await agent.make("any.app", worker_id=2, no_graphics=True)
            await agent.ask("reset", instance_id=instance)
            assert (await agent.ask("step", instance_id=instance, action=[1, 0]))[3]["at"] in range(1, 7)
        async with classic(address) as agent:
            assert await agent.refused("make", env_id="any.app") == (1007, "Environment `any.app` is malformed")


async def test_the_command_has_the_guides_flags() -> None:
    with running(sys.executable, "-m", "stepwire_service", "gymie", "--host", "127.0.0.1", "--port", "0") as address:
        async with classic(address) as agent:
            assert re.fullmatch("[0-9a-f]{32}", await agent.make("CartPole-v1"))


def test_an_agent_in_node_plays_an_episode() -> None:
    with running(sys.executable, "-m", "stepwire_service", "gymie", "--port", "0") as address:
        command = [assets.node(), HERE / "agent.mjs", f"ws://{address}/gym"]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    assert said["high"][:2] == ["4.800000190734863", "Infinity"]
    assert (len(said["state"]), said["total"] > 5, said["closed"]) == (4, True, True)
