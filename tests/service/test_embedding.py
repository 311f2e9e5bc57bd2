import subprocess
import sys
import threading
from pathlib import Path

import grpc
import pytest

from stepwire.v1 import env_service_pb2 as pb
from stepwire.v1.env_service_pb2_grpc import EnvServiceStub
from stepwire_service import embedded
from stepwire_service.embedding import running
from stepwire_service.settings import ConfigError


def version(address: str) -> str:
    with grpc.insecure_channel(address) as channel:
        info: pb.GetServerInfoResponse = EnvServiceStub(channel).GetServerInfo(pb.GetServerInfoRequest(), timeout=20)
        return info.version


def test_a_service_runs_inside_this_process_and_twice_if_need_be() -> None:
    for _ in range(2):
        with embedded() as address:
            assert version(address)


def test_two_services_may_run_side_by_side() -> None:
    with embedded() as one, embedded() as other:
        assert one != other
        assert version(one) == version(other)


def test_all_its_ports_can_be_asked_for() -> None:
    with running(web_address="127.0.0.1:0") as server:
        assert all(":" in address for address in (server.address, server.games_address, server.web_address))


@pytest.mark.skipif(sys.platform != "linux", reason="workers need Linux")
def test_a_service_of_several_processes_is_no_server_in_this_one() -> None:
    with embedded(workers=2) as address:
        assert version(address)
    with pytest.raises(TypeError, match="several workers"), running(workers=2):
        raise AssertionError("it is not in this process")


def services() -> set[threading.Thread]:
    """The threads of all services in this process; other tests may have one too."""
    return {thread for thread in threading.enumerate() if thread.name == "stepwire-embedded"}


def test_its_thread_ends_with_it() -> None:
    before = services()
    with embedded():
        assert len(services() - before) == 1
    assert services() == before


def test_its_games_are_connected_when_it_is_up_and_gone_when_it_is_down() -> None:
    with running(games=("snake=4", "snake=2")) as server:
        (snake,) = server.status()["games"]
        assert [host["instances"] for host in snake.pop("hosts")] == [4, 2]
        assert snake == {"env_id": "game:snake", "connections": 2, "instances": 6, "free": 6}
    assert server.status()["games"] == []


def test_a_game_that_does_not_start_is_the_callers_to_see(tmp_path: Path) -> None:
    (tmp_path / "game.js").write_text("throw new Error('no such thing')")
    with pytest.raises(ConfigError, match="games"), embedded(games=(f"{tmp_path}/game.js=1",), make_deadline=1.0):
        raise AssertionError("started")


def test_settings_that_cannot_be_are_the_callers_to_see() -> None:
    with pytest.raises(ConfigError), embedded(address="0.0.0.0:0"):
        raise AssertionError("started")
    with pytest.raises(TypeError), embedded(adress="127.0.0.1:0"):
        raise AssertionError("started")


def test_an_error_in_the_callers_own_code_stops_the_service_and_comes_through() -> None:
    before = services()
    with pytest.raises(ZeroDivisionError), embedded():
        raise ZeroDivisionError
    assert services() == before


def test_a_program_that_uses_it_ends_quietly(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from stepwire_service import embedded\n"
        "for _ in range(2):\n"
        "    with embedded(games=('snake=1',)) as address:\n"
        "        print(address)\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", program], capture_output=True, text=True, timeout=50)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.count("127.0.0.1:") == 2
