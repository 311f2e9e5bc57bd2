import sys

import pytest

from bench.drivers.serving import process, python


def test_a_server_is_ended_when_nobody_needs_it_any_more() -> None:
    with process([sys.executable, "-c", "import sys; print('at here:1'); sys.stdin.read()"]) as (address, running):
        assert address == "at"
        assert running.poll() is None
    assert running.poll() is not None


def test_the_address_is_looked_for_in_every_line() -> None:
    says = "print('starting'); print('trainers  here:1'); input()"
    with process([sys.executable, "-c", says], says=r"trainers\s+(\S+)") as (address, _):
        assert address == "here:1"


def test_a_server_that_does_not_start_says_why() -> None:
    why = r"the server did not start: .*No module named bench\.nothing"
    with pytest.raises(RuntimeError, match=why), python("bench.nothing"):
        pass
