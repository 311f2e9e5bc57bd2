"""Requests and targets, as the tests of a connection need them."""

from secrets import token_bytes
from typing import Any

import numpy as np

from stepwire.codec import decode_value, write_value
from stepwire.connection import Target, Timeouts
from stepwire.v1.env_service_pb2 import MakeRequest, ResetRequest, StepStreamRequest, StepStreamResponse
from tests.client_py.envs import Counter, env_id


def target(*addresses: str, transport: str = "stream", token: str = "", **timeouts: float) -> Target:
    return Target(addresses, token=token, transport=transport, timeouts=Timeouts(**timeouts))


def make(env: type[Counter] | str = Counter) -> MakeRequest:
    return MakeRequest(env_id=env if isinstance(env, str) else env_id(env), make_key=token_bytes(16))


def reset() -> StepStreamRequest:
    return StepStreamRequest(reset=ResetRequest())


def step(action: Any = 0) -> StepStreamRequest:
    request = StepStreamRequest()
    write_value(request.step.action, action)
    return request


def steps_of(reply: StepStreamResponse) -> int:
    """What a Counter answered, or the first of a batch."""
    return int(np.ravel(decode_value(reply.step.observation))[0])
