import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

DRIVER = """
import contextlib
from bench.drivers.driving import drive, repeated

@contextlib.contextmanager
def open_case(name):
    print("a library prints this")
    if name == "broken":
        raise LookupError("no such case\\nand more about it")
    yield repeated(lambda: sum(range(100)))
    print("closed", name)

drive(open_case)
"""


@pytest.fixture
def driver() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.communicate()


def ask(driver: subprocess.Popen[str], line: str) -> dict[str, object]:
    assert driver.stdin is not None
    assert driver.stdout is not None
    driver.stdin.write(line + "\n")
    driver.stdin.flush()
    answer: dict[str, object] = json.loads(driver.stdout.readline())
    return answer


def test_a_case_that_was_opened_can_be_timed_again_and_again(driver: subprocess.Popen[str]) -> None:
    assert ask(driver, "open sums×1") == {}
    for _ in range(2):
        block = ask(driver, "time sums×1 0.01")
        assert block.keys() == {"rounds", "median", "mean", "percentiles"}
        assert int(str(block["rounds"])) >= 1


def test_a_block_has_at_least_one_round_however_short_it_is(driver: subprocess.Popen[str]) -> None:
    ask(driver, "open sums×1")
    assert ask(driver, "time sums×1 0")["rounds"] == 1


def test_a_case_that_cannot_be_opened_is_answered_in_one_line_and_the_driver_goes_on(
    driver: subprocess.Popen[str],
) -> None:
    assert ask(driver, "open broken") == {"error": "LookupError: no such case"}
    assert ask(driver, "open sums×1") == {}


def test_the_end_of_the_input_closes_the_cases_and_ends_the_driver(driver: subprocess.Popen[str]) -> None:
    ask(driver, "open sums×1")
    _, printed = driver.communicate()
    assert "closed sums×1" in printed
    assert driver.returncode == 0
