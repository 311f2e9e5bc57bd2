"""Sessions leave nothing behind: not in the client, not in the server, not in the game's process.

tests/client_py/test_session.py does the same with 10,000 sessions on an environment of the server's own.
"""

import sys
from pathlib import Path

import pytest

import stepwire
from tests.e2e.conftest import Figure
from tests.e2e.serving import hosted, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(500),
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]

WARMING_UP, TIMES, GROWTH = 1_000, 5_000, 1.05
NODES_GROWTH = 1.25
"""V8 collects when it likes; thousands of sessions that it kept would be far more than that."""


def test_memory_is_flat_over_five_thousand_sessions_on_a_game(figure: Figure) -> None:
    with serving("--log-level", "WARNING") as served, hosted(served.games) as node:
        processes = {"client": "self", "server": served.process.pid, "game": node.pid}
        _make_and_close(served.address, WARMING_UP)
        before = {name: _resident_mib(pid) for name, pid in processes.items()}
        _make_and_close(served.address, TIMES)
        after = {name: _resident_mib(pid) for name, pid in processes.items()}
    told = ", ".join(f"{name} {before[name]:.1f} to {after[name]:.1f} MiB" for name in processes)
    figure(f"memory over {TIMES} make and close: {told}")
    grown = {name: after[name] / before[name] for name in processes}
    assert grown["client"] <= GROWTH and grown["server"] <= GROWTH and grown["game"] <= NODES_GROWTH, grown


def _make_and_close(address: str, times: int) -> None:
    for _ in range(times):
        with stepwire.RemoteEnv("game:snake", address) as env:
            env.reset()
            env.step(0)


def _resident_mib(pid: int | str) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) / 256
