"""What a front of stepwire.v1 does with a session's requests: message in, serialized reply out.

Knows protobuf and sessions, but no gRPC: the bytes are a whole StepStreamResponse, whichever way the request came, so
that a repeated request is answered with the same bytes on any road.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from stepwire.codec import CodecError
from stepwire.v1 import env_service_pb2 as pb
from stepwire_bridge.faults import GameNonsense, TooLarge
from stepwire_service.fronts import messages, pictures
from stepwire_service.fronts.status import status_of
from stepwire_service.sessions import Session, Sessions, Turn

logger = logging.getLogger(__name__)


Write = Callable[[pb.StepStreamResponse], None]
"""Fills in the response with what an operation gave."""

Operation = Callable[[Session, Any], Awaitable[Write]]
"""Executes one kind of request, or raises a fault."""

TURNS: Final = {pb.SendRequest: Turn.PASSES, pb.RecvRequest: Turn.WAITS}
"""Where a request does not have to be executed alone."""


class Operations:
    """All kinds of requests that belong to a session, by message type."""

    def __init__(self, sessions: Sessions, max_message_bytes: int) -> None:
        self._sessions = sessions
        self._max_message_bytes = max_message_bytes
        self._operations: dict[type, Operation] = {
            pb.StepRequest: self._step,
            pb.ResetRequest: self._reset,
            pb.SendRequest: self._send,
            pb.RecvRequest: self._recv,
            pb.RenderRequest: self._render,
            pb.SpacesRequest: self._spaces,
            pb.CloseRequest: self._close,
        }

    async def ask(self, session: Session, number: int, acked: int, request: Any, size: int) -> bytes:
        """Have a session execute a request, or repeat its reply.

        Args:
            session: Whose request it is.
            number: The request's.
            acked: The highest number whose reply has arrived.
            request: A message of the contract.
            size: How many bytes it had on the wire.

        Returns:
            A serialized StepStreamResponse; a fault of the request is in it.

        Raises:
            OutOfOrder: The number is not one that may come now.
            Fault: The one the session was ended with.
        """
        work = partial(self._answer, session, number, request, size)
        return await session.ask(number, acked, work, TURNS.get(type(request), Turn.ALONE))

    async def _answer(self, session: Session, number: int, request: Any, size: int) -> bytes:
        try:
            self._check_size("the request", size)
            write = await self._operations[type(request)](session, request)
            reply = _written(session, number, write)
            self._check_size("the response", len(reply))
        except Exception as error:  # a fault is a reply too, and so is a bug of ours
            return failure(number, error, session.identity)
        return reply

    def _check_size(self, what: str, size: int) -> None:
        if size > self._max_message_bytes:
            raise TooLarge(f"{what} in bytes", size, self._max_message_bytes, "max_message_bytes")

    async def _step(self, session: Session, request: pb.StepRequest) -> Write:
        transition = await session.episodes.step(messages.action_of(request))
        batch = session.episodes.spec.num_envs is not None
        return lambda response: messages.write_transition(response.step, transition, batch=batch)

    async def _reset(self, session: Session, request: pb.ResetRequest) -> Write:
        seeds, options, mask = messages.seeds_of(request), messages.options_of(request), messages.mask_of(request)
        observed = await session.episodes.reset(seeds, options, mask)
        return lambda response: messages.write_observed(response.reset, observed)

    async def _send(self, session: Session, request: pb.SendRequest) -> Write:
        await session.episodes.send(messages.action_of(request), list(request.env_ids))
        return lambda response: response.send.SetInParent()

    async def _recv(self, session: Session, _: pb.RecvRequest) -> Write:
        received = await session.episodes.recv()
        return lambda response: messages.write_received(response.recv, received)

    async def _render(self, session: Session, request: pb.RenderRequest) -> Write:
        pictures.check_encoding(request.encoding)
        frame = await session.episodes.render()
        if request.encoding:
            frame = await asyncio.to_thread(pictures.packed, frame, request.encoding)
        return lambda response: messages.write_frame(response.render, frame)

    async def _spaces(self, session: Session, _: pb.SpacesRequest) -> Write:
        return lambda response: messages.write_spaces(response.spaces, session.episodes.spec)

    async def _close(self, session: Session, _: pb.CloseRequest) -> Write:
        await self._sessions.close(session)
        return lambda response: response.close.SetInParent()


def _written(session: Session, number: int, write: Write) -> bytes:
    """The serialized response; what nothing can carry is a fault of the environment that gave it."""
    response = pb.StepStreamResponse(number=number)
    try:
        write(response)
    except (CodecError, TypeError, ValueError, AttributeError) as error:
        logger.warning("session %s: what it gave cannot be carried", session.identity, exc_info=error)
        raise GameNonsense(session.identity.env_id, f"what it gave cannot be carried: {error}") from error
    return response.SerializeToString()


def failure(number: int, error: Exception, about: object = "a stream") -> bytes:
    """A serialized StepStreamResponse that says why there is no other."""
    return pb.StepStreamResponse(number=number, error=status_of(error, about)).SerializeToString()
