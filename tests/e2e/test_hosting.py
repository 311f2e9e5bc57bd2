"""Games that know nothing of stepwire, run from their folders: a real server, real hosts, and the client."""

import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import stepwire
from stepwire.errors import StepwireError
from stepwire_service.embedding import running
from stepwire_service.server import Server
from tests.service.games import COUNTER, DESCRIPTION, TALKER, TALKER_DESCRIPTION, counter

STUCK = COUNTER.replace("add(n) {", "add(n) { while (n === 2);")


@contextmanager
def hosting(folder: Path, instances: int, **settings: Any) -> Iterator[Server]:
    with running(games=(f"{folder}={instances}",), **settings) as server:
        yield server


def test_a_games_folder_is_an_environment(tmp_path: Path) -> None:
    with (
        hosting(counter(tmp_path), 16, host_processes=2) as server,
        closing(stepwire.RemoteVectorEnv("game:counter", num_envs=16, address=server.address)) as envs,
    ):
        observation, _ = envs.reset(seed=1)
        assert observation.shape == (16, 1)
        actions = np.arange(16) % 3
        observation, reward, terminated, *_ = envs.step(actions)
        assert np.array_equal(observation[:, 0], actions)
        assert np.array_equal(reward, actions)
        assert not terminated.any()
        (game,) = server.status()["games"]
        assert [host["instances"] for host in game["hosts"]] == [8, 8]


def test_a_bundled_game_is_one_too() -> None:
    with running(games=("plane=2",)) as server, stepwire.RemoteEnv("game:plane", server.address) as env:
        env.reset(seed=1)
        assert env.observation_space.contains(env.step(1)[0])


def test_a_client_names_a_folder_and_the_server_starts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counter(tmp_path / "games" / "toy")
    monkeypatch.chdir(tmp_path)
    with running() as server:
        with stepwire.RemoteEnv("game:./games/toy", server.address) as env:
            env.reset(seed=1)
            assert env.step(2)[1] == 2
            assert [game["env_id"] for game in server.status()["games"]] == ["game:./games/toy"]
        batch = stepwire.RemoteVectorEnv("game:./games/toy", num_envs=4, address=server.address)
        with closing(batch) as envs:
            envs.reset(seed=1)


def test_in_several_workers_each_starts_its_own(tmp_path: Path) -> None:
    from stepwire_service import embedded

    folder = counter(tmp_path / "toy")
    with embedded(workers=2, game_folders=(tmp_path,)) as address:
        for _ in range(3):
            with stepwire.RemoteEnv(f"game:{folder}", address) as env:
                env.reset(seed=1)


@pytest.mark.parametrize(
    ("path", "words"), [("./no/such", "no file or folder"), ("/etc", "game_folders"), ("./bad", "frame_skip")]
)
def test_what_cannot_be_started_says_why(
    path: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter(tmp_path / "bad", description=DESCRIPTION.replace("frame_skip = 1", "frame_skip = 0"))
    monkeypatch.chdir(tmp_path)
    with running() as server, pytest.raises(StepwireError, match=words):
        stepwire.RemoteEnv(f"game:{path}", server.address).reset()


@pytest.mark.parametrize("env_id", ["game:talker", "game:./talker"])
def test_a_game_with_a_protocol_of_its_own_is_declared_and_played(
    env_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = counter(tmp_path / "talker", description=TALKER_DESCRIPTION, script=TALKER)
    monkeypatch.chdir(tmp_path)
    named = (f"{folder}=2",) if env_id == "game:talker" else ()
    with (
        running(games=named) as server,
        closing(stepwire.RemoteVectorEnv(env_id, num_envs=2, address=server.address)) as envs,
    ):
        envs.reset(seed=1)
        observation, reward, terminated, *_ = envs.step(np.array([1, 2]))
        assert observation.tolist() == [[1], [2]] and reward.tolist() == [1, 2]
        observation, _, terminated, *_ = envs.step(np.array([2, 2]))
        observation, _, terminated, *_ = envs.step(np.array([2, 2]))
        assert terminated.tolist() == [True, True]
        (game,) = server.status()["games"]
        assert (game["env_id"], game["connections"], len(game["hosts"])) == (env_id, 2, 1)


HOSTILE = """
import {{ readFileSync, writeFileSync }} from 'node:fs';
import {{ spawnSync }} from 'node:child_process';
import {{ Worker }} from 'node:worker_threads';
const tries = {{
  read: () => readFileSync({secret}),
  write: () => writeFileSync({beside}, 'x'),
  spawn: () => spawnSync('true'),
  thread: () => new Worker('1', {{ eval: true }}),
}};
const let_do = Object.keys(tries).filter((name) => {{
  try {{ tries[name](); return true; }} catch (error) {{ return error.code !== 'ERR_ACCESS_DENIED'; }}
}});
export default {{
  ...{table},
  info: {{ let_do: JSON.stringify(let_do.join()), variables: JSON.stringify(Object.keys(process.env).sort().join()) }},
}};
"""


def test_a_hostile_game_reads_writes_and_starts_nothing_and_sees_no_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stepwire_service.descriptions import read

    monkeypatch.setenv("SECRET", "of the server's")
    folder = counter(tmp_path / "toy")
    table = read(folder / "stepwire.game.toml")
    (folder / "stepwire.game.toml").unlink()
    (tmp_path / "secret").write_text("of the user's")
    paths = {"secret": json.dumps(str(tmp_path / "secret")), "beside": json.dumps(str(folder / "new"))}
    (folder / "stepwire.game.mjs").write_text(HOSTILE.format(table=json.dumps(table), **paths))
    with (
        hosting(folder, 1) as server,
        stepwire.RemoteEnv("game:counter", server.address) as env,
    ):
        env.reset(seed=1)
        info = env.step(0)[4]
    assert info["let_do"] == ""
    assert set(info["variables"].split(",")) <= {"LANG", "LC_ALL", "TZ", "STEPWIRE_NODE_MODULES"}


@pytest.mark.parametrize("processes", [1, 2])
def test_a_game_that_loops_for_ever_faults_alone_and_goes_on(processes: int, tmp_path: Path) -> None:
    folder = counter(tmp_path, script=STUCK, description=DESCRIPTION + "[limits]\nstep_seconds = 0.5\n")
    with (
        hosting(folder, 2, host_processes=processes, step_deadline=2) as server,
        stepwire.RemoteEnv("game:counter", server.address) as stuck,
        stepwire.RemoteEnv("game:counter", server.address) as neighbour,
    ):
        stuck.reset(seed=1)
        neighbour.reset(seed=1)
        with pytest.raises(StepwireError):
            stuck.step(2)
        assert neighbour.step(1)[1] == 1
        stuck.reset(seed=2)
        assert stuck.step(1)[1] == 1


def test_a_host_that_is_killed_comes_back(tmp_path: Path) -> None:
    with (
        hosting(counter(tmp_path), 1) as server,
        stepwire.RemoteEnv("game:counter", server.address) as env,
    ):
        env.reset(seed=1)
        ((host,),) = (game["hosts"] for game in server.status()["games"])
        os.kill(host["pid"], 9)
        with pytest.raises(StepwireError):
            while True:
                env.step(0)
        env.reset(seed=2)
        ((host,),) = (game["hosts"] for game in server.status()["games"])
        assert host["restarts"] == 1
