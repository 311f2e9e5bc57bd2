"""`stepwire host --url`: hosts for a server that runs elsewhere."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import stepwire as client
from stepwire_service.embedding import running
from tests.service.cli.conftest import COMMAND


@contextmanager
def hosts(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    command = [*COMMAND, "host", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_its_games_are_in_the_other_server_until_ctrl_c(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("a-token-of-more-than-a-few-letters\n")
    with running(token_file=token) as server:
        url = f"ws://{server.games_address}"
        with hosts("snake=4", "--processes", "2", "--url", url, "--token-file", str(token)) as process:
            assert process.stdout
            line = process.stdout.readline()
            assert line == f"stepwire hosts snake=4 in 2 processes, for the server at {url}. Ctrl-C stops them.\n"
            secret = token.read_text().strip()
            batch = client.RemoteVectorEnv("game:snake", num_envs=4, address=server.address, token=secret)
            with closing(batch) as envs:
                assert envs.reset(seed=1)[0].shape == (4, 3, 10, 10)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err


@pytest.mark.parametrize("url", ["ws://127.0.0.1:1"])
def test_sigterm_ends_it_with_0_also_while_no_server_is_there(url: str) -> None:
    with hosts("snake=1", "--url", url) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_game_that_cannot_start_ends_it_with_2(tmp_path: Path) -> None:
    module = tmp_path / "broken.js"
    module.write_text("export default 7")
    with hosts(f"{module}=1", "--url", "ws://127.0.0.1:1") as process:
        _, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "the default export must be a game" in err.splitlines()[-1]
