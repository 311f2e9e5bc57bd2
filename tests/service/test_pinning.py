"""Pinning is for a whole process and for good, so each test has a process of its own."""

import os
import subprocess
import sys

import pytest

from stepwire_service import pinning
from stepwire_service.settings import ConfigError

pytestmark = pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system has no such thing")


def _says(program: str) -> list[list[int]]:
    """Run a program that knows `pinning` and `cores()`; the numbers it prints, by line."""
    prelude = (
        "import os, subprocess, sys, threading\n"
        "from stepwire_service import pinning\n"
        "def cores(): print(*sorted(os.sched_getaffinity(0)), flush=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", prelude + program], capture_output=True, text=True, check=True)
    return [[int(core) for core in line.split()] for line in done.stdout.splitlines()]


def test_a_pinned_process_and_its_threads_have_one_core() -> None:
    main, thread = _says(
        "pinning.pin(0)\ncores()\nthread = threading.Thread(target=cores)\nthread.start()\nthread.join()"
    )
    assert main == thread == sorted(os.sched_getaffinity(0))[:1]


def test_turns_go_round_the_cores_that_the_process_may_use() -> None:
    cores = sorted(os.sched_getaffinity(0))
    turns = _says(f"for turn in range({len(cores) + 1}):\n    pinning.pin(turn)\n    cores()")
    assert turns == [[core] for core in (*cores, cores[0])]


def test_a_released_command_has_all_cores_again_and_its_arguments_as_they_are() -> None:
    command = "[sys.executable, '-c', 'import os, sys; print(*sorted(os.sched_getaffinity(0)), *sys.argv[1:])', '77']"
    (pinned, released) = _says(
        f"pinning.pin(0)\nfor wrapper in ((), pinning.released()):\n    subprocess.run([*wrapper, *{command}])"
    )
    assert pinned == [*sorted(os.sched_getaffinity(0))[:1], 77]
    assert released == [*sorted(os.sched_getaffinity(0)), 77]


def test_a_process_that_is_not_pinned_starts_commands_as_they_are() -> None:
    assert _says("print(len(pinning.released()))") == [[0]]


def test_a_system_without_affinity_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_setaffinity")
    with pytest.raises(ConfigError, match="pin: a process cannot be held on one core on this system"):
        pinning.pin(0)
