"""What a person at a terminal sees when something is wrong: one line with cause and remedy, and an exit code."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.bad_game import BadGame, but
from tests.e2e.serving import ANYWHERE, COMMAND, ROOT, Served, serving, stepwire

pytestmark = pytest.mark.timeout(60)

NOBODY = "127.0.0.1:9"
DISCRETE = {"type": "Discrete", "n": 4}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    file = tmp_path_factory.mktemp("tokens") / "tokens"
    file.write_text("a-token-that-opens\n")
    with serving("--token-file", str(file)) as served:
        yield served


def one_line(ran: "subprocess.CompletedProcess[str]", code: int, *words: str) -> None:
    """It ended with that code and wrote a line of its own with all the words, and no more."""
    assert ran.returncode == code, ran
    (line,) = ran.stderr.splitlines()
    assert line.startswith("stepwire: ")
    assert not [word for word in words if word not in line], line


@pytest.mark.parametrize("command", [("play", "game:snake", "--wait", "0.2"), ("spaces", "game:snake"), ("envs",)])
def test_without_a_server(command: tuple[str, ...]) -> None:
    one_line(stepwire(*command, "--address", NOBODY), 1, NOBODY, "stepwire serve")


def test_the_health_of_no_server() -> None:
    assert stepwire("health", NOBODY).returncode == 1


def test_an_address_of_no_known_form() -> None:
    one_line(stepwire("envs", "--address", "http://localhost:50051"), 2, "http://localhost:50051", "host:port")


def test_an_unknown_env(served: Served) -> None:
    one_line(stepwire("spaces", "gym:Nope-v0", "--address", served.address), 1, "gym:Nope-v0")


def test_a_game_that_is_not_there(served: Served) -> None:
    ran = stepwire("play", "game:pong", "--wait", "0.2", "--address", served.address)
    one_line(ran, 1, "no game 'pong'", "there is snake", "Start it")


def test_no_token(guarded: Served) -> None:
    one_line(stepwire("envs", "--address", guarded.address), 1, "wants a token", "STEPWIRE_TOKEN")


def test_a_wrong_token(guarded: Served) -> None:
    ran = stepwire("play", "gym:CartPole-v1", "--address", guarded.address, "--token", "another")
    one_line(ran, 1, "token is wrong", "STEPWIRE_TOKEN")


def test_a_token_from_the_environment_opens(guarded: Served) -> None:
    assert stepwire("envs", "--address", guarded.address, STEPWIRE_TOKEN="a-token-that-opens").returncode == 0


def test_a_game_that_hangs_up_while_it_is_played(served: Served) -> None:
    quits = but("step", lambda *_: ['{"type": "bye"}'])
    with BadGame(served.games, quits, name="quitter", action_space=DISCRETE):
        ran = stepwire("play", "game:quitter", "--address", served.address)
    one_line(ran, 1, "'quitter' is gone", "reset()")


def test_a_game_that_talks_nonsense_while_it_is_played(served: Served) -> None:
    silly = but("reset", lambda _, request: [f'{{"type": "state", "id": {request["id"]}, "instances": [0]}}'])
    with BadGame(served.games, silly, name="silly", action_space=DISCRETE):
        ran = stepwire("play", "game:silly", "--address", served.address)
    one_line(ran, 1, "'silly' is gone", "observations")


@pytest.mark.parametrize("setting", ["--address", "--games-address"])
@pytest.mark.parametrize("everywhere", ["0.0.0.0:0", "[::]:0"])
def test_a_server_that_strangers_could_reach_wants_a_token(setting: str, everywhere: str) -> None:
    one_line(stepwire("serve", *ANYWHERE, setting, everywhere), 2, everywhere, "no token", "--token-file", "--insecure")


def test_a_server_that_strangers_may_reach_starts_with_a_token(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("one\n")
    with serving("--address", "0.0.0.0:0", "--token-file", str(tmp_path / "tokens")) as served:
        assert stepwire("envs", "--address", served.address, STEPWIRE_TOKEN="one").returncode == 0


def test_a_server_that_cannot_have_its_port(served: Served) -> None:
    one_line(stepwire("serve", *ANYWHERE, "--address", served.address), 2, served.address, "Is another server")


def test_a_game_that_cannot_be_hosted() -> None:
    one_line(stepwire("serve", *ANYWHERE, "--games", "pong=1"), 2, "games pong", "snake")


@pytest.mark.slow  # what has begun, a reset perhaps, is waited for as long as a server that comes back could answer it
@pytest.mark.timeout(90)
@pytest.mark.timeout(120)  # 20 s on an idle machine
def test_a_server_that_goes_down_while_somebody_plays() -> None:
    with serving() as served:
        play = [*COMMAND, "play", "gym:CartPole-v1", "--episodes", "1000000", "--address", served.address]
        with subprocess.Popen(play, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as playing:
            while "opened" not in served.log.read_text():
                assert playing.poll() is None
            served.process.kill()
            out, err = playing.communicate(timeout=90)
    assert playing.returncode == 1
    (line,) = err.splitlines()
    assert line.startswith("stepwire: ") and served.address in line
    assert "Traceback" not in out
