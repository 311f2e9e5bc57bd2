"""Several engines asked by the old calls."""

from stepwire_bridge.compat.unityremote.core import EnvironmentManager, IteractiveEnvironmentManager, RemoteEnv
from tests.bridge.udp.engine import Engine, free_port


def test_each_number_is_an_engine_on_ports_of_its_own(row: list[Engine]) -> None:
    manager = EnvironmentManager(
        3, start_input_port=free_port(15), step_input_port=7, start_output_port=row[0].address[1]
    )
    manager.openAll()
    assert len(manager) == manager.size == 3
    assert [manager.step(i, "at", i + 1)["state"] for i in range(3)] == [1, 2, 3]
    assert manager.send(1, "go", [0.5])["state"] == 2.5
    manager.open(0, 0.01)
    manager.open_receive(0)
    assert [engine.heard for engine in row] == [["at;1;1;"], ["at;1;2;", "go;1;0.5;"], ["at;1;3;"]]
    assert manager[2].INPUT_PORT - manager[0].INPUT_PORT == 14
    manager.closeAll()
    manager.claseAll()


def test_a_wrapper_is_made_for_each_and_told_its_ports() -> None:
    made = EnvironmentManager(2, "127.0.0.1", wrapper=RemoteEnv)
    assert [(env.INPUT_PORT, env.OUTPUT_PORT) for env in made.environments] == [(8080, 7070), (8081, 7071)]


def test_the_other_manager_grows(row: list[Engine]) -> None:
    manager = IteractiveEnvironmentManager(start_input_port=0, step_input_port=0, start_output_port=row[0].address[1])
    assert len(manager) == 0
    assert [manager.make()[0] for _ in range(3)] == [0, 1, 2]
    number, env = manager.make()
    assert (number, env) == (3, manager[3])
    assert manager.step(2, "at", 4)["state"] == 4
    assert row[2].heard == ["at;1;4;"]
    manager.claseAll()
