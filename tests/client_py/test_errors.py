import pickle

import pytest

from stepwire import errors
from stepwire_bridge import faults

_GROUPS = {"caller": errors.CallerError, "game": errors.GameError, "server": errors.ServerError}


def _leaves(cls: type) -> list[type]:
    subs = cls.__subclasses__()
    return [leaf for sub in subs for leaf in _leaves(sub)] if subs else [cls]


@pytest.mark.parametrize("fault", _leaves(faults.Fault), ids=lambda fault: fault.__name__)
def test_every_fault_has_a_class_of_its_name_in_its_owners_group(fault: type[faults.Fault]) -> None:
    reason = fault.reason.fget(fault.__new__(fault))  # type: ignore[attr-defined]

    assert errors.BY_REASON[reason].__name__ == fault.__name__
    assert issubclass(errors.BY_REASON[reason], _GROUPS[fault.owner])


def test_the_drawing_at_the_top_shows_every_class() -> None:
    drawn = set((errors.__doc__ or "").replace("·", " ").split())

    assert {cls.__name__ for cls in errors.BY_REASON.values()} <= drawn


def test_a_class_has_its_reason_without_an_instance() -> None:
    assert errors.EpisodeOver.reason == "EPISODE_OVER"


def test_an_error_keeps_a_reason_that_has_no_class() -> None:
    assert errors.ServerError("new", reason="SOMETHING_NEW").reason == "SOMETHING_NEW"


def test_an_error_survives_the_way_through_a_process() -> None:
    error = errors.AtCapacity("full", data={"limit": "3"}, retry_after=1.5)

    back = pickle.loads(pickle.dumps(error))

    assert (type(back), str(back), back.data, back.retry_after) == (errors.AtCapacity, "full", {"limit": "3"}, 1.5)
