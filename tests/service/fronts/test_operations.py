import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import Any

import pytest
from google.rpc import code_pb2

from stepwire.codec import encode_value
from stepwire.v1 import env_service_pb2 as pb
from stepwire_bridge.faults import OutOfOrder
from stepwire_service.catalog import Catalog, GymSource, Order
from stepwire_service.fronts.operations import Operations, failure
from stepwire_service.fronts.requests import PLAIN_STEP, Request
from stepwire_service.sessions import Deadlines, Session, Sessions
from stepwire_service.settings import Settings
from tests.service.harness import reason

RESET, STEP = ("reset", pb.ResetRequest()), ("step", pb.StepRequest(action=encode_value(1)))


def request(number: int, acked: int, content: tuple[str, Any], size: int = 10) -> Request:
    return Request(number, acked, *content, size)


@pytest.fixture
async def sessions() -> AsyncIterator[Sessions]:
    settings = Settings()
    async with Sessions(Catalog({"gym": GymSource(settings)}), settings) as sessions:
        yield sessions


async def open_session(sessions: Sessions, env_id: str = "gym:Odd/Counter-v0") -> Session:
    return await sessions.open(Order(env_id), Deadlines(20, 20, 20, 20), make_key=secrets.token_bytes(16), owner="")


async def test_a_reply_is_a_whole_stream_response_with_the_requests_number(sessions: Sessions) -> None:
    session, operations = await open_session(sessions), Operations(sessions, 2**20)
    reply = pb.StepStreamResponse.FromString(await operations.ask(session, request(1, 0, RESET)))
    assert (reply.number, reply.WhichOneof("response")) == (1, "reset")


async def test_a_fault_is_a_reply_and_is_repeated_byte_for_byte(sessions: Sessions) -> None:
    session, operations = await open_session(sessions), Operations(sessions, 2**20)
    first = await operations.ask(session, request(1, 0, STEP))
    assert reason(pb.StepStreamResponse.FromString(first).error) == "NOT_RESET"
    assert await operations.ask(session, request(1, 0, STEP)) == first


async def test_a_request_that_is_too_large_is_not_executed(sessions: Sessions) -> None:
    session, operations = await open_session(sessions), Operations(sessions, 1000)
    await operations.ask(session, request(1, 0, RESET))
    large = pb.StepStreamResponse.FromString(await operations.ask(session, request(2, 1, STEP, 1001)))
    assert reason(large.error) == "TOO_LARGE"
    step = pb.StepStreamResponse.FromString(await operations.ask(session, request(3, 2, STEP, 1000))).step
    assert step.observation.int64_value == 1


async def test_both_kinds_of_step_are_answered_alike_whoever_executes_them(sessions: Sessions) -> None:
    operations, replies = Operations(sessions, 2**20), []
    for step, lent in ((STEP, None), (STEP, asyncio.current_task()), ((PLAIN_STEP, 1), asyncio.current_task())):
        session = await open_session(sessions)
        await operations.ask(session, request(1, 0, RESET))
        replies.append([await operations.ask(session, request(2, 1, step), lent=lent) for _ in range(2)])
    assert len({reply for twice in replies for reply in twice}) == 1


async def test_a_number_out_of_order_is_no_reply_and_keeps_nothing(sessions: Sessions) -> None:
    session, operations = await open_session(sessions), Operations(sessions, 2**20)
    with pytest.raises(OutOfOrder):
        await operations.ask(session, request(2, 0, RESET))
    assert session.next_number == 1


async def test_what_cannot_be_carried_is_the_environments_fault(sessions: Sessions) -> None:
    session, operations = await open_session(sessions, "gym:Odd/Uncarriable-v0"), Operations(sessions, 2**20)
    await operations.ask(session, request(1, 0, RESET))
    error = pb.StepStreamResponse.FromString(await operations.ask(session, request(2, 1, STEP))).error
    assert reason(error) == "GAME_NONSENSE"
    assert "gym:Odd/Uncarriable-v0" in error.message


def test_a_failure_has_number_and_status() -> None:
    response = pb.StepStreamResponse.FromString(failure(7, RuntimeError("x")))
    assert (response.number, response.error.code) == (7, code_pb2.INTERNAL)
