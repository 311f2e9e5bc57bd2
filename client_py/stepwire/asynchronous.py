"""The sends and recvs of an asynchronous batch: several requests on their way at a time.

A send waits for nothing; its reply is looked at by the next recv. Knows the order of requests and replies; the session
behind it knows the connection.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stepwire.codec import CodecError
from stepwire.codec.replies import Reply
from stepwire.codec.requests import send_request
from stepwire.codec.responses import Outcome
from stepwire.errors import InvalidAction, InvalidOptions
from stepwire.session import Session, decoded_recv, uncarriable
from stepwire.v1.env_service_pb2 import RecvRequest, StepStreamRequest

_RECV = StepStreamRequest(recv=RecvRequest()).SerializeToString()


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
        try:
            request = send_request(actions, _ids(env_ids))
        except CodecError as error:
            raise uncarriable(InvalidAction, "action", error) from error
        except ValueError as error:
            raise InvalidOptions.of("env_ids", env_ids, "numbers of copies") from error
        self._session.running("send").send(request, self._session.timeouts.step)

    def recv(self) -> Outcome:
        """Wait for the first copies whose steps are done; see `RemoteVectorEnv.recv`.

        A refused send is raised, and the recv behind it remains on its way: its copies are given by the next call.
        """
        (observation, rewards, terminations, truncations, infos), env_ids = decoded_recv(self._received())
        infos["env_id"] = env_ids
        return observation, rewards, terminations, truncations, infos

    def _received(self) -> Reply:
        connection, timeout = self._session.running("recv"), self._session.timeouts.step
        while True:
            if not self._recv and not connection.arrived:
                self._recv = connection.send(_RECV, timeout)
            reply = connection.receive(timeout)
            asked_for = reply.number == self._recv
            if asked_for:
                self._recv = 0
            opened = connection.opened(reply)
            if asked_for:
                return opened


def _ids(env_ids: ArrayLike) -> list[int]:
    ids = np.asarray(env_ids)
    if ids.ndim != 1 or (ids.size and ids.dtype.kind not in "iu"):
        raise InvalidOptions.of("env_ids", env_ids, "a row of whole numbers")
    return ids.tolist()  # type: ignore[no-any-return]
