import secrets
from collections.abc import AsyncIterator

import pytest
from google.rpc import code_pb2

from stepwire.codec import encode_value
from stepwire.v1 import env_service_pb2 as pb
from stepwire_bridge.faults import OutOfOrder
from stepwire_service.catalog import Catalog, GymSource, Order
from stepwire_service.fronts.operations import Operations, failure
from stepwire_service.sessions import Deadlines, Session, Sessions
from stepwire_service.settings import Settings
from tests.service.harness import reason

RESET, STEP = ("reset", pb.ResetRequest()), ("step", pb.StepRequest(action=encode_value(1)))


@pytest.fixture
async def sessions() -> AsyncIterator[Sessions]:
    settings = Settings()
    async with Sessions(Catalog({"gym": GymSource(settings)}), settings) as sessions:
        yield sessions


async def open_session(sessions: Sessions, env_id: str = "gym:Odd/Counter-v0") -> Session:
    return await sessions.open(Order(env_id), Deadlines(20, 20, 20, 20), make_key=secrets.token_bytes(16), owner="")


async def test_a_reply_is_a_whole_stream_response_with_the_requests_number(sessions: Sessions) -> None:
    session, operations = await open_session(sessions), Operations(sessions, 2**20)
    reply = pb.StepStreamResponse.FromString(await operations.ask(session, 1, 0, *RESET, 10))
    assert (reply.number, reply.WhichOneof("response")) == (1, "reset")


async def test_a_fault_is_a_reply_and_is_repeated_byte_for_byte(sessions: Sessions) -> None:
    session, operations = await open_session(sessions), Operations(sessions, 2**20)
    first = await operations.ask(session, 1, 0, *STEP, 10)
    assert reason(pb.StepStreamResponse.FromString(first).error) == "NOT_RESET"
    assert await operations.ask(session, 1, 0, *STEP, 10) == first


async def test_a_request_that_is_too_large_is_not_executed(sessions: Sessions) -> None:
    session, operations = await open_session(sessions), Operations(sessions, 1000)
    await operations.ask(session, 1, 0, *RESET, 10)
    large = pb.StepStreamResponse.FromString(await operations.ask(session, 2, 1, *STEP, 1001))
    assert reason(large.error) == "TOO_LARGE"
    step = pb.StepStreamResponse.FromString(await operations.ask(session, 3, 2, *STEP, 1000)).step
    assert step.observation.int64_value == 1


async def test_a_number_out_of_order_is_no_reply_and_keeps_nothing(sessions: Sessions) -> None:
    session, operations = await open_session(sessions), Operations(sessions, 2**20)
    with pytest.raises(OutOfOrder):
        await operations.ask(session, 2, 0, *RESET, 10)
    assert session.next_number == 1


async def test_what_cannot_be_carried_is_the_environments_fault(sessions: Sessions) -> None:
    session, operations = await open_session(sessions, "gym:Odd/Uncarriable-v0"), Operations(sessions, 2**20)
    await operations.ask(session, 1, 0, *RESET, 10)
    error = pb.StepStreamResponse.FromString(await operations.ask(session, 2, 1, *STEP, 10)).error
    assert reason(error) == "GAME_NONSENSE"
    assert "gym:Odd/Uncarriable-v0" in error.message


def test_a_failure_has_number_and_status() -> None:
    response = pb.StepStreamResponse.FromString(failure(7, RuntimeError("x")))
    assert (response.number, response.error.code) == (7, code_pb2.INTERNAL)
