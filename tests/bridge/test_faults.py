"""Every fault has an owner, a reason to branch on, its data, and a sentence that says what to do."""

import inspect

import pytest

from stepwire_bridge import faults
from stepwire_bridge.faults import Fault

FAULTS = [
    kind
    for _, kind in inspect.getmembers(faults, inspect.isclass)
    if issubclass(kind, Fault) and kind not in (Fault, faults.CallerFault, faults.GameFault, faults.ServerFault)
]


def made(kind: type[Fault]) -> Fault:
    """A fault with something for every argument."""
    kinds = {"int": 7, "float": 1.5, "str": "this"}
    parameters = inspect.signature(kind).parameters.values()
    return kind(*(kinds.get(getattr(p.annotation, "__name__", ""), "this") for p in parameters))


@pytest.mark.parametrize("kind", FAULTS, ids=lambda kind: kind.__name__)
def test_a_fault_says_whose_it_is_and_carries_its_data(kind: type[Fault]) -> None:
    fault = made(kind)
    assert fault.owner in ("caller", "game", "server")
    assert fault.data.keys() == inspect.signature(kind).parameters.keys() - {"hint", "instead"}
    assert str(fault).strip()


@pytest.mark.parametrize(
    ("kind", "reason"), [(faults.NotReset, "NOT_RESET"), (faults.GameGone, "GAME_GONE"), (faults.TooLarge, "TOO_LARGE")]
)
def test_the_reason_is_the_name_in_capitals(kind: type[Fault], reason: str) -> None:
    assert made(kind).reason == reason


def test_only_what_waiting_helps_against_says_when_to_come_back() -> None:
    assert {kind for kind in FAULTS if kind.retry_after is not None} == {faults.NoGameWaiting, faults.AtCapacity}


def test_data_that_is_not_there_is_left_out() -> None:
    assert faults.GameNonsense("snake", "no obs").data == {"game": "snake", "problem": "no obs"}
