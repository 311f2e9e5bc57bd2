"""The sends and recvs of an asynchronous batch: several requests on their way at a time.

A send waits for nothing; its reply is looked at by the next recv. Knows the order of requests and replies; the session
behind it knows the connection.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stepwire.codec import CodecError, write_value
from stepwire.errors import InvalidAction, InvalidOptions
from stepwire.session import Outcome, Session, decoded_batch_step, uncarriable
from stepwire.v1.env_service_pb2 import RecvRequest, RecvResponse, StepStreamRequest


class Pipeline:
    """What is on its way over a session. Not for several threads at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._recv = 0
        """Number of the recv whose reply has not been seen, such as one behind a refused send; 0 for none."""

    def forget(self) -> None:
        """A reset is about to make an end of all that is on its way."""
        self._recv = 0

    def send(self, actions: Any, env_ids: ArrayLike) -> None:
        """Put the actions of some copies on their way; see `RemoteVectorEnv.send`."""
        request = StepStreamRequest()
        _write_ids(request, env_ids)
        try:
            write_value(request.send.action, actions)
        except CodecError as error:
            raise uncarriable(InvalidAction, "action", error) from error
        self._session.running("send").send(request, self._session.timeouts.step)

    def recv(self) -> Outcome:
        """Wait for the first copies whose steps are done; see `RemoteVectorEnv.recv`.

        A refused send is raised, and the recv behind it remains on its way: its copies are given by the next call.
        """
        reply = self._received()
        observation, rewards, terminations, truncations, infos = decoded_batch_step(reply)
        infos["env_id"] = np.array(reply.env_ids, np.int32)
        return observation, rewards, terminations, truncations, infos

    def _received(self) -> RecvResponse:
        connection, timeout = self._session.running("recv"), self._session.timeouts.step
        while True:
            if not self._recv and not connection.arrived:
                request = StepStreamRequest(recv=RecvRequest())
                connection.send(request, timeout)
                self._recv = request.number
            reply = connection.receive(timeout)
            asked_for = reply.number == self._recv
            if asked_for:
                self._recv = 0
            opened = connection.opened(reply)
            if asked_for:
                return opened.recv


def _write_ids(request: StepStreamRequest, env_ids: ArrayLike) -> None:
    ids = np.asarray(env_ids)
    if ids.ndim != 1 or (ids.size and ids.dtype.kind not in "iu"):
        raise InvalidOptions.of("env_ids", env_ids, "a row of whole numbers")
    try:
        request.send.env_ids.extend(ids.tolist())
    except ValueError as error:
        raise InvalidOptions.of("env_ids", env_ids, "numbers of copies") from error
