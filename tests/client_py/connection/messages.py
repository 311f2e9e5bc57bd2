"""Requests and targets, as the tests of a connection need them."""

from secrets import token_bytes
from typing import Any

import numpy as np

from stepwire.codec.replies import Reply
from stepwire.codec.requests import numbered, step_request
from stepwire.connection import Target, Timeouts
from stepwire.connection.transport import Numbered
from stepwire.v1.env_service_pb2 import MakeRequest, ResetRequest, StepStreamRequest
from tests.client_py.envs import Counter, env_id


def target(*addresses: str, transport: str = "stream", token: str = "", **timeouts: float) -> Target:
    return Target(addresses, token=token, transport=transport, timeouts=Timeouts(**timeouts))


def make(env: type[Counter] | str = Counter) -> MakeRequest:
    return MakeRequest(env_id=env if isinstance(env, str) else env_id(env), make_key=token_bytes(16))


def reset() -> bytes:
    return StepStreamRequest(reset=ResetRequest()).SerializeToString()


def step(action: Any = 0) -> bytes:
    return step_request(action)


def under(number: int, request: bytes) -> Numbered:
    """The request as a transport takes it."""
    return Numbered(number, numbered(request, number, 0))


def steps_of(reply: Reply) -> int:
    """What a Counter answered, or the first of a batch."""
    outcome = reply.batch_step() if reply.message.step.rewards else reply.step()
    return int(np.ravel(outcome[0])[0])
