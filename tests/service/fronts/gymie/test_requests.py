"""Requests of the second version: read as far as they are some, and refused with a reason."""

from typing import Any

import numpy as np
import pytest

from stepwire_service.fronts.gymie.requests import Make, Of, Refused, Step, params_of, read


def test_an_id_is_kept_as_it_was_written() -> None:
    assert bytes(read('{"id": [1,  {"$a": "b"}], "method": "x"}').id) == b'[1,  {"$a": "b"}]'
    assert bytes(read("{}").id) == b"null"


def test_what_json_cannot_say_is_put_in_its_place() -> None:
    action = '{"$array": {"dtype": "float32", "shape": [2], "data": [1, {"$number": "NaN"}]}}'
    step = params_of(read(f'{{"method": "step", "params": {{"instance_id": "a", "action": {action}}}}}'), Step)
    assert step.action.dtype == np.float32 and np.isnan(step.action[1])


@pytest.mark.parametrize("message", ["", "{", "[]", "1", b"\xff", "[" * 100_000])
def test_what_is_no_object_is_no_request(message: Any) -> None:
    with pytest.raises(Refused) as caught:
        read(message)
    assert caught.value.reason == "BAD_REQUEST"


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        (Of, "{}"),
        (Of, "[]"),
        (Of, "null"),
        (Of, '{"instance_id": 1}'),
        (Of, '{"instance_id": "a", "other": 1}'),
        (Step, '{"instance_id": "a"}'),
        (Step, '{"instance_id": "a", "action": {"$nothing": 1}}'),
        (Make, '{"env_id": "a", "seed": -1}'),
        (Make, '{"env_id": "a", "seed": 1.5}'),
        (Make, '{"env_id": "a", "kwargs": []}'),
    ],
)
def test_parameters_that_are_not_the_methods_are_refused(kind: Any, params: str) -> None:
    with pytest.raises(Refused) as caught:
        params_of(read(f'{{"method": "m", "params": {params}}}'), kind)
    assert caught.value.reason == "BAD_REQUEST" and str(caught.value).startswith("m: ")
