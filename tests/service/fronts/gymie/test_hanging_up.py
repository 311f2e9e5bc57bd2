"""Close codes and reasons, word for word those of Gymie's code."""

from typing import Any

import pytest

from stepwire_bridge import faults
from stepwire_service.catalog.hooked import WrongAction
from stepwire_service.fronts.gymie import hanging_up
from stepwire_service.fronts.gymie.hanging_up import HangUp
from stepwire_service.fronts.gymie.instances import UnknownInstance

PARAMS = {"instance_id": "abc", "action": [1, 2]}


@pytest.mark.parametrize(
    ("made", "code", "reason"),
    [
        (hanging_up.no_request("Wrong JSON"), 1003, "Message `Wrong JSON` is invalid"),
        (hanging_up.no_request(b"\xff"), 1003, "Message `�` is invalid"),
        (hanging_up.missing(["method"]), 1003, "Message keys ['method'] are missing or invalid"),
        (hanging_up.unknown_method("zzz"), 1007, "Method `zzz` not found"),
        (hanging_up.wrong({}), 1007, "Parameters `{}` are wrong"),
        (hanging_up.not_found("NotFound-v1"), 1007, "Environment `NotFound-v1` not found"),
        (hanging_up.malformed("malformed"), 1007, "Environment `malformed` is malformed"),
        (hanging_up.unknown_error("no"), 1007, "Unknonwn error: no"),
        (hanging_up.hung_up(UnknownInstance("abc"), PARAMS), 1007, "Instance `abc` not found"),
        (hanging_up.hung_up(faults.SessionLost("s", "so"), PARAMS), 1007, "Instance `abc` not found"),
        (hanging_up.hung_up(faults.InvalidAction("action", "a", "b"), PARAMS), 1007, "Action `[1, 2]` is wrong"),
        (hanging_up.hung_up(faults.GameFailed("g", "step", "x"), PARAMS), 1007, "Action `[1, 2]` is wrong"),
        (
            hanging_up.hung_up(faults.GameFailed("g", "reset", "KeyError: 1"), PARAMS),
            1007,
            "Unknonwn error: KeyError: 1",
        ),
        (hanging_up.raised(WrongAction("7")), 1007, "Action `7` is wrong"),
        (hanging_up.raised(ValueError("no")), 1007, "Unknonwn error: no"),
    ],
)
def test_every_reason_has_its_code(made: HangUp, code: int, reason: str) -> None:
    assert (made.code, made.reason) == (code, reason)


def test_what_is_shown_is_bounded_however_large_and_deep_it_is() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    for value in ("x" * 10**6, deep, {"a": "x" * 10**6}):
        assert len(hanging_up.wrong(value).reason) < 300
    assert len(hanging_up.no_request("x" * 10**6).reason) < 300
