"""What a front of stepwire.v1 does with a session's requests: message in, serialized reply out.

Knows protobuf and sessions, but no gRPC: the bytes are a whole StepStreamResponse, whichever way the request came, so
that a repeated request is answered with the same bytes on any road.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from stepwire.codec import CodecError
from stepwire.codec.wire import Parts
from stepwire.v1 import env_service_pb2 as pb
from stepwire_bridge.backend import Observed, Received, Spec, Transition
from stepwire_bridge.faults import GameNonsense, TooLarge
from stepwire_service.fronts import messages, pictures, replies
from stepwire_service.fronts.requests import PLAIN_STEP, Request
from stepwire_service.fronts.status import status_of
from stepwire_service.sessions import Session, Sessions, Turn

logger = logging.getLogger(__name__)

Response = pb.StepStreamResponse


@dataclass(frozen=True, slots=True)
class Operation:
    """One kind of request.

    Attributes:
        execute: Takes the session and the request's content, and gives a value; raises faults.
        write: Writes the response that tells of that value into the parts of a StepStreamResponse.
        turn: When it may be executed.
    """

    execute: Callable[[Session, Any], Awaitable[Any]]
    write: Callable[[Session, Parts, Any], object]
    turn: Turn = Turn.ALONE


class Operations:
    """All kinds of requests that are a session's."""

    def __init__(self, sessions: Sessions, max_message_bytes: int) -> None:
        self._max_message_bytes = max_message_bytes
        self._operations: dict[str | None, Operation] = {
            PLAIN_STEP: Operation(_plain_step, _write_step),
            "step": Operation(_step, _write_step),
            "reset": Operation(_reset, _write_reset),
            "send": Operation(_send, _write_send, Turn.PASSES),
            "recv": Operation(_recv, _write_recv, Turn.WAITS),
            "render": Operation(_render, _write_render),
            "spaces": Operation(_spaces, _write_spaces),
            "close": Operation(lambda session, _: sessions.close(session), _write_close),
        }

    async def ask(self, session: Session, request: Request, *, lent: asyncio.Task[Any] | None = None) -> bytes:
        """Have a session execute a request, or repeat its reply.

        Args:
            session: Whose request it is.
            request: Of a kind that is a session's.
            lent: The caller's own task, where the request may be executed in it; see `Session.begin`.

        Returns:
            A serialized StepStreamResponse; a fault of the request is in it.

        Raises:
            OutOfOrder: The number is not one that may come now.
            Fault: The one the session was ended with.
        """
        number, acked, kind, _, _ = request
        operation = self._operations[kind]
        if lent is None or operation.turn is not Turn.ALONE or not session.begin(number, acked, lent):
            work = partial(self._answer, operation, session, request)
            return await session.ask(number, acked, work, operation.turn)
        reply = await self._answer(operation, session, request)
        session.settle(number, reply)
        return reply

    async def _answer(self, operation: Operation, session: Session, request: Request) -> bytes:
        number, _, _, content, size = request
        most = self._max_message_bytes
        try:
            if size > most:
                raise TooLarge("the request in bytes", size, most, "max_message_bytes")
            value = await operation.execute(session, content)
            reply = _written(operation, session, number, value)
            if len(reply) > most:
                raise TooLarge("the response in bytes", len(reply), most, "max_message_bytes")
        except Exception as error:  # a fault is a reply too, and so is a bug of ours
            return failure(number, error, session.identity)
        return reply


def failure(number: int, error: Exception, about: object = "a stream") -> bytes:
    """A serialized StepStreamResponse that says why there is no other."""
    return Response(number=number, error=status_of(error, about)).SerializeToString()


def _written(operation: Operation, session: Session, number: int, value: Any) -> bytes:
    """The serialized response; what nothing can carry is a fault of the environment that gave it."""
    parts = replies.begun(number)
    try:
        operation.write(session, parts, value)
        return replies.joined(parts)
    except (CodecError, TypeError, ValueError, AttributeError) as error:
        logger.warning("session %s: what it gave cannot be carried", session.identity, exc_info=error)
        raise GameNonsense(session.identity.env_id, f"what it gave cannot be carried: {error}") from error


# ── each kind: what it does, and what it says. No closures: making one for every step would be felt ──


async def _plain_step(session: Session, action: Any) -> Transition:
    return await session.episodes.step(action)


async def _step(session: Session, request: pb.StepRequest) -> Transition:
    return await session.episodes.step(messages.action_of(request))


def _write_step(session: Session, parts: Parts, transition: Transition) -> None:
    replies.write_transition(parts, transition, batch=session.episodes.num_envs is not None)


async def _reset(session: Session, request: pb.ResetRequest) -> Observed:
    seeds, options, mask = messages.seeds_of(request), messages.options_of(request), messages.mask_of(request)
    return await session.episodes.reset(seeds, options, mask)


def _write_reset(_: Session, parts: Parts, observed: Observed) -> None:
    replies.write_observed(parts, observed)


async def _send(session: Session, request: pb.SendRequest) -> None:
    await session.episodes.send(messages.action_of(request), list(request.env_ids))


def _write_send(_: Session, parts: Parts, _nothing: None) -> None:
    parts.append(Response(send=pb.SendResponse()).SerializeToString())


async def _recv(session: Session, _: pb.RecvRequest) -> Received:
    return await session.episodes.recv()


def _write_recv(_: Session, parts: Parts, received: Received) -> None:
    replies.write_received(parts, received)


async def _render(session: Session, request: pb.RenderRequest) -> Any:
    pictures.check_encoding(request.encoding)
    frame = await session.episodes.render()
    return await asyncio.to_thread(pictures.packed, frame, request.encoding) if request.encoding else frame


def _write_render(_: Session, parts: Parts, frame: Any) -> None:
    replies.write_frame(parts, frame)


async def _spaces(session: Session, _: pb.SpacesRequest) -> Spec:
    return session.episodes.spec


def _write_spaces(_: Session, parts: Parts, spec: Spec) -> None:
    response = Response()
    messages.write_spaces(response.spaces, spec)
    parts.append(response.SerializeToString())


def _write_close(_: Session, parts: Parts, _nothing: None) -> None:
    parts.append(Response(close=pb.CloseResponse()).SerializeToString())
