import os
import re
from collections.abc import Callable, Iterator

import pytest

from tests.compose.stack import Stack, docker, exit_code, run, sessions, wait_until

pytestmark = pytest.mark.compose


@pytest.fixture(scope="module")
def image() -> None:
    """The image, built from this tree, and the token that the containers share."""
    run(["make", "secrets"])
    Stack("stepwire-test").compose("build")


@pytest.fixture
def stack(image: None) -> Iterator[Stack]:
    """A project that is taken down afterwards, whatever happened."""
    yield from taken_down(Stack(f"stepwire-test-{os.getpid()}"))


@pytest.fixture(scope="module")
def quiet(image: None) -> Iterator[Stack]:
    """A server with games and no trainer."""
    stack = Stack(f"stepwire-quiet-{os.getpid()}")
    stack.compose("up", "--detach", "env", "game")
    yield from taken_down(stack)


def taken_down(stack: Stack) -> Iterator[Stack]:
    yield stack
    stack.compose("down", "--volumes", "--timeout", "15")
    assert stack.left_over() == ""


def test_a_trainer_gets_better_through_the_network(stack: Stack) -> None:
    up = ("up", "--abort-on-container-exit", "--exit-code-from", "trainer")
    output = stack.compose(*up, STEPWIRE_STEPS="150000").stdout
    untrained, trained = (
        float(re.search(rf"{word}: +([\d.]+) foods", output)[1])  # type: ignore[index]
        for word in ("untrained", r"\btrained")
    )
    assert trained >= 3 * untrained


def test_servers_share_the_trainers_and_when_one_is_killed_its_trainer_goes_on_elsewhere(stack: Stack) -> None:
    stack.compose("up", "--detach", "--scale", "env=3", "--scale", "trainer=2", STEPWIRE_STEPS="400000")
    servers, trainers = stack.containers("env"), stack.containers("trainer")

    def logs() -> str:
        return stack.compose("logs", "--tail", "40").stdout

    def interrupted() -> int:
        return sum("started again" in docker("logs", trainer) for trainer in trainers)

    def wait_for(what: str, condition: Callable[[], bool], seconds: float) -> None:
        wait_until(condition, what, seconds=seconds, told=logs)

    wait_for("both trainers learn", lambda: all("env steps/s" in docker("logs", one) for one in trainers), 120)
    # Long enough that the second has begun before the first is done, however far apart they start.
    wait_for("each trainer has a server to itself", lambda: sorted(map(sessions, servers)) == [0, 1, 1], 60)
    idle, *busy = sorted(servers, key=sessions)

    # Each trainer holds all the games of its server, so whoever comes next is served by the third.
    play = ("play", "game:snake", "--episodes", "1", "--seed", "1")
    stack.compose("run", "--rm", "--no-deps", "--entrypoint", "stepwire", "trainer", *play)

    docker("kill", busy[0])
    wait_for("the trainer of the killed server goes on at the idle one", lambda: sessions(idle) == 1, 90)
    wait_for("both trainers finish", lambda: None not in map(exit_code, trainers), 300)
    assert [exit_code(trainer) for trainer in trainers] == [0, 0], logs()
    assert interrupted() == 1, logs()


def test_no_port_is_open_to_the_outside(quiet: Stack) -> None:
    assert docker("port", quiet.containers("env")[0]) == ""


def test_a_stranger_without_the_token_is_turned_away(quiet: Stack) -> None:
    stranger = (
        "run",
        "--rm",
        "--no-deps",
        "-e",
        "STEPWIRE_TOKEN_FILE=/dev/null",
        "--entrypoint",
        "stepwire",
        "trainer",
    )
    refused = quiet.compose(*stranger, "envs", check=False)
    assert refused.returncode != 0
    assert "token" in refused.stdout.lower()
    assert "Traceback" not in refused.stdout


REACH = """
import socket, sys
try:
    socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=5)
except OSError:
    print("no road")
else:
    print("reached")
"""


def reach(container: str, host: str, port: int) -> str:
    """Try to connect from inside a container."""
    return docker("exec", container, "python", "-c", REACH, host, str(port)).strip()


def test_a_game_reaches_the_server_and_nothing_else(quiet: Stack) -> None:
    (game,), (server,) = quiet.containers("game"), quiet.containers("env")
    assert reach(game, "env", 7891) == "reached"
    networks = "{{range $name, $at := .NetworkSettings.Networks}}{{$name}}={{$at.Gateway}} {{end}}"
    of_game, of_server = (dict(n.split("=") for n in inspected(one, networks)) for one in (game, server))
    assert [name.rpartition("_")[2] for name in of_game] == ["games"]
    assert sorted(name.rpartition("_")[2] for name in of_server) == ["default", "games"]
    assert docker("network", "inspect", "--format", "{{.Internal}}", *of_game).strip() == "true"
    assert reach(game, "192.0.2.1", 80) == "no road"  # an address of the world outside, kept for documentation


def inspected(container: str, form: str) -> list[str]:
    """What docker says of a container, in words."""
    return docker("inspect", "--format", form, container).split()


def test_a_server_told_to_stop_ends_by_itself(quiet: Stack) -> None:
    (server,) = quiet.containers("env")
    docker("stop", "--time", "20", server)
    assert exit_code(server) == 0
