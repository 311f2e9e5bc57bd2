import math
import subprocess
import sys
import threading
from time import monotonic

from stepwire.connection import watchdog
from stepwire.connection.watchdog import Watchdog


class _Waiting:
    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.expired = threading.Event()
        self.times = 0

    def expire(self) -> None:
        self.times += 1
        self.expired.set()


def test_what_is_overdue_is_told() -> None:
    dog, waiting = Watchdog(), _Waiting(monotonic() + 0.05)
    dog.watch(waiting)

    assert waiting.expired.wait(5)
    assert monotonic() >= waiting.deadline or waiting.deadline == math.inf


def test_it_is_told_once_for_each_deadline() -> None:
    dog, waiting, other = Watchdog(), _Waiting(monotonic()), _Waiting(monotonic() + 0.3)
    dog.watch(waiting)
    dog.watch(other)
    other.expired.wait(5)

    assert waiting.times == 1


def test_a_deadline_may_be_set_while_it_is_watched() -> None:
    dog, waiting = Watchdog(), _Waiting(math.inf)
    dog.watch(waiting)
    waiting.deadline = monotonic()

    assert waiting.expired.wait(5)


def test_what_was_forgotten_is_left_alone() -> None:
    dog, forgotten, other = Watchdog(), _Waiting(monotonic() + 0.2), _Waiting(monotonic() + 0.3)
    dog.watch(forgotten)
    dog.watch(other)
    dog.forget(forgotten)
    dog.forget(forgotten)

    assert other.expired.wait(5)
    assert not forgotten.times


def test_the_process_has_one_thread_for_all() -> None:
    watched = [_Waiting(math.inf) for _ in range(5)]
    for waiting in watched:
        watchdog.watch(waiting)

    assert len([thread for thread in threading.enumerate() if thread.name == "stepwire-watchdog"]) >= 1
    for waiting in watched:
        watchdog.forget(waiting)


_FORK = """
import math, os, threading, time
from stepwire.connection import watchdog

class Waiting:
    def __init__(self, deadline):
        self.deadline = deadline
        self.expired = threading.Event()
    def expire(self):
        self.expired.set()

watchdog.watch(Waiting(math.inf))
child = os.fork()
if child == 0:
    waiting = Waiting(time.monotonic())
    watchdog.watch(waiting)
    os._exit(0 if waiting.expired.wait(5) else 1)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_forked_child_has_a_watchdog_of_its_own() -> None:
    assert subprocess.check_output([sys.executable, "-c", _FORK], text=True).strip() == "0"
