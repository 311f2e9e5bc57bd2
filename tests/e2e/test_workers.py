"""`stepwire serve --workers 2 --pin`: processes as an operator sees them, from the outside."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import stepwire
from tests.e2e.serving import Served, serving
from tests.e2e.waiting import soon

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc; there are workers on Linux only")

FLAGS = "--workers", "2", "--pin", "--games", "snake=2"


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with serving(*FLAGS) as served:
        for _ in range(2):  # both processes have their snake
            with stepwire.RemoteEnv("game:snake", served.address) as env:
                env.reset()
        yield served


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def test_the_parent_has_no_grpc_and_its_workers_have(server: Served) -> None:
    parent = server.process.pid
    loaded = ["cygrpc" in Path(f"/proc/{pid}/maps").read_text() for pid in (parent, *children(parent))]
    assert loaded == [False, True, True]


def test_each_worker_has_a_core_and_the_games_it_starts_have_all(server: Served) -> None:
    cores = sorted(os.sched_getaffinity(0))
    workers = children(server.process.pid)
    hosts = [host for worker in workers for host in children(worker)]
    assert sorted(min(os.sched_getaffinity(worker)) for worker in workers) == sorted((cores * 2)[:2])
    assert [os.sched_getaffinity(worker) for worker in workers if len(os.sched_getaffinity(worker)) != 1] == []
    assert [sorted(os.sched_getaffinity(host)) for host in hosts] == [cores, cores]


def test_games_of_both_workers_can_be_played_at_once(server: Served) -> None:
    envs = [stepwire.RemoteEnv("game:snake", server.address) for _ in range(2)]
    first = [env.reset(seed=3)[0].tolist() for env in envs]
    assert first[0] == first[1]
    for env in envs:
        env.close()


def test_nothing_outlives_a_parent_that_is_killed() -> None:
    with serving(*FLAGS) as served, stepwire.RemoteEnv("game:snake", served.address) as env:
        env.reset()
        workers = children(served.process.pid)
        soon(lambda: all(children(worker) for worker in workers))
        everybody = [*workers, *(host for worker in workers for host in children(worker))]
        os.kill(served.process.pid, signal.SIGKILL)
        soon(lambda: not any(map(alive, everybody)))
        assert len(everybody) == 4
