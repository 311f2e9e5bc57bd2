import asyncio
from typing import Any

import numpy as np
import pytest
from google.rpc import code_pb2

from stepwire.codec import decode_space, decode_value, encode_value
from stepwire.v1 import env_service_pb2 as pb
from tests.odd_envs import Gated
from tests.service.harness import (
    Caller,
    error_info,
    make_request,
    reason,
    refused,
    served,
    sessions_left,
    step_request,
)

COUNTER = "gym:Odd/Counter-v0"


async def test_an_episode_on_a_stream(caller: Caller) -> None:
    stream = caller.stream()
    made = await stream.make("gym:CartPole-v1")
    assert decode_space(made.spaces.action_space).n == 2
    assert (await stream.reset(seed=3)).number == 1
    response = await stream.step(1)
    assert (response.number, response.WhichOneof("response")) == (2, "step")
    assert (await stream.ask(spaces=pb.SpacesRequest())).WhichOneof("response") == "spaces"
    assert (await stream.ask(close=pb.CloseRequest())).WhichOneof("response") == "close"
    await stream.half_close()
    assert (await stream.ended()).code == 0


async def test_a_session_outlives_nothing_after_close(caller: Caller) -> None:
    stream = caller.stream()
    await stream.make(COUNTER)
    await stream.ask(close=pb.CloseRequest())
    assert (await caller.call("GetServerInfo", pb.GetServerInfoRequest())).load.sessions == 0


async def test_a_close_out_of_order_closes_nothing(caller: Caller) -> None:
    stream = caller.stream()
    await stream.make(COUNTER)
    assert reason((await stream.ask(number=7, close=pb.CloseRequest())).error) == "OUT_OF_ORDER"
    stream.number = 0
    assert (await stream.reset()).WhichOneof("response") == "reset"


async def test_a_stream_that_failed_to_close_can_still_be_taken_over(caller: Caller) -> None:
    first = caller.stream()
    made = await first.make(COUNTER)
    await first.ask(number=7, close=pb.CloseRequest())
    await caller.stream().attach(made)
    assert reason(await first.ended()) == "SESSION_TAKEN"


async def test_after_close_the_same_stream_may_make_another_session(caller: Caller) -> None:
    stream = caller.stream()
    for _ in range(2):
        await stream.make(COUNTER)
        stream.number = 0
        await stream.ask(close=pb.CloseRequest())
    assert reason((await stream.reset()).error) == "OUT_OF_ORDER"


async def test_faults_travel_inside_replies_and_the_stream_goes_on(caller: Caller) -> None:
    stream = caller.stream()
    assert reason((await stream.step(0)).error) == "OUT_OF_ORDER"
    assert reason((await stream.ask(make=make_request("gym:CartPoll-v1"))).error) == "UNKNOWN_ENV"
    stream.number = 0
    await stream.make(COUNTER, kwargs={"max_episode_steps": 1})
    assert reason((await stream.ask(make=make_request(COUNTER))).error) == "OUT_OF_ORDER"
    assert reason((await stream.step(0)).error) == "NOT_RESET"
    await stream.reset()
    assert reason((await stream.step(9)).error) == "INVALID_ACTION"
    assert reason((await stream.ask()).error) == "INVALID_OPTIONS"
    stream.number -= 1
    assert (await stream.step(0)).step.truncated
    assert reason((await stream.step(0)).error) == "EPISODE_OVER"
    assert reason((await stream.step(0, number=99)).error) == "OUT_OF_ORDER"
    assert (await stream.reset()).WhichOneof("response") == "reset"


async def test_several_requests_may_be_in_flight(caller: Caller) -> None:
    stream = caller.stream()
    await stream.make(COUNTER)
    await stream.send(reset=pb.ResetRequest())
    for _ in range(20):
        await stream.send(step=step_request(1))
    responses = [await stream.receive() for _ in range(21)]
    assert [response.number for response in responses] == list(range(1, 22))
    assert [decode_value(response.step.observation) for response in responses[1:]] == list(range(1, 21))


async def test_more_than_the_allowed_unacknowledged_replies_are_refused(caller: Caller) -> None:
    stream = caller.stream()
    await stream.make(COUNTER)
    for _ in range(64):
        await stream.ask(reset=pb.ResetRequest())
    status = (await stream.ask(acked=0, reset=pb.ResetRequest())).error
    assert (reason(status), status.code) == ("OUT_OF_ORDER", code_pb2.FAILED_PRECONDITION)
    assert "max_unacked_replies" in status.message
    assert (await stream.ask(number=65, acked=64, reset=pb.ResetRequest())).WhichOneof("response") == "reset"


async def test_a_broken_stream_loses_no_step(caller: Caller, gates: type[Gated]) -> None:
    first = caller.stream()
    made = await first.make("gym:Odd/Gated-v0")
    await first.reset()
    await first.send(step=step_request(1))
    await asyncio.to_thread(gates.arrived.wait, 10)
    first.cut()
    second = caller.stream()
    assert (await second.attach(made)).attach.next_number == 3
    gates.gate.set()
    assert decode_value((await second.step(1, number=2)).step.observation) == 1
    second.number = 2
    assert decode_value((await second.step(0)).step.observation) == 2


async def test_a_repeated_request_on_another_stream_is_answered_byte_for_byte(caller: Caller) -> None:
    first = caller.stream()
    made = await first.make(COUNTER)
    await first.reset()
    step, fault = [await first.ask(step=step_request(action)) for action in (1, 9)]
    second = caller.stream()
    await second.attach(made)
    assert (await second.step(1, number=2)).SerializeToString() == step.SerializeToString()
    assert (await second.step(9, number=3)).SerializeToString() == fault.SerializeToString()


async def test_the_newest_stream_wins_and_the_older_one_ends(caller: Caller) -> None:
    first = caller.stream()
    made = await first.make(COUNTER)
    await first.reset()
    second = caller.stream()
    assert (await second.attach(made)).attach.next_number == 2
    status = await first.ended()
    assert (reason(status), status.code) == ("SESSION_TAKEN", code_pb2.ABORTED)
    second.number = 1
    assert decode_value((await second.step(0)).step.observation) == 1


async def test_a_stream_that_waits_for_its_step_can_be_taken_over(caller: Caller, gates: type[Gated]) -> None:
    first = caller.stream()
    made = await first.make("gym:Odd/Gated-v0")
    await first.reset()
    await first.send(step=step_request(1))
    await asyncio.to_thread(gates.arrived.wait, 10)
    second = caller.stream()
    await second.attach(made)
    assert reason(await first.ended()) == "SESSION_TAKEN"
    await second.send(2, step=step_request(1))
    gates.gate.set()
    assert decode_value((await second.receive()).step.observation) == 1


async def test_a_wrong_key_ends_the_attaching_stream_and_disturbs_nobody(caller: Caller) -> None:
    owner = caller.stream()
    made = await owner.make(COUNTER)
    thief = caller.stream()
    await thief.send(attach=pb.AttachRequest(session_id=made.session_id, resume_key=b"guess"))
    assert reason(await thief.ended()) == "UNKNOWN_SESSION"
    assert (await owner.reset()).WhichOneof("response") == "reset"


async def test_a_session_without_a_stream_ends_after_the_grace_time() -> None:
    async with served(grace_time=0.05) as caller:
        first = caller.stream()
        made = await first.make(COUNTER)
        first.cut()
        await sessions_left(caller, 0)
        second = caller.stream()
        await second.send(attach=pb.AttachRequest(session_id=made.session_id, resume_key=made.resume_key))
        status = await second.ended()
        assert reason(status) == "SESSION_LOST"
        assert "0.05 s" in error_info(status).metadata["why"]


async def test_a_unary_session_ends_after_the_idle_time_and_a_streamed_one_does_not() -> None:
    async with served(idle_time=0.05, grace_time=0.05) as caller:
        stream = caller.stream()
        await stream.make(COUNTER)
        session = await caller.make(COUNTER)
        await sessions_left(caller, 1)
        assert reason(await refused(session.reset())) == "SESSION_LOST"
        assert (await stream.reset()).WhichOneof("response") == "reset"


async def test_a_stream_whose_session_is_closed_by_a_unary_call_ends(caller: Caller) -> None:
    stream = caller.stream()
    made = await stream.make(COUNTER)
    call = pb.SessionCall(session_id=made.session_id, resume_key=made.resume_key, number=1)
    await caller.call("Close", pb.CloseRequest(call=call))
    assert reason(await stream.ended()) == "SESSION_LOST"


async def test_garbage_on_a_stream_ends_it_and_says_why(caller: Caller) -> None:
    raw = caller.channel.stream_stream("/stepwire.v1.EnvService/StepStream")()
    await raw.write(b"\xff\xff\xff")
    assert reason(await refused(raw.read())) == "INVALID_OPTIONS"


async def test_a_request_that_is_too_large_names_limit_value_and_setting() -> None:
    async with served(max_message_bytes=10_000) as caller:
        stream = caller.stream()
        await stream.make(COUNTER)
        await stream.reset()
        status = (await stream.step(np.zeros(2000))).error
        assert (reason(status), status.code) == ("TOO_LARGE", code_pb2.RESOURCE_EXHAUSTED)
        metadata = error_info(status).metadata
        assert int(metadata["value"]) > 16_000
        assert (metadata["limit"], metadata["setting"]) == ("10000", "max_message_bytes")
        assert (await stream.step(0)).WhichOneof("response") == "step"


async def test_a_response_that_is_too_large_names_limit_value_and_setting() -> None:
    async with served(max_message_bytes=2**20) as caller:
        stream = caller.stream()
        await stream.make("gym:Odd/Pixels-v0")
        status = (await stream.reset()).error
        assert reason(status) == "TOO_LARGE"
        assert int(error_info(status).metadata["value"]) > 3 * 2**20
        assert (await stream.step(0)).WhichOneof("response") == "step"


async def test_a_bug_of_ours_is_internal_and_tells_no_secrets(
    caller: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def buggy(*_: Any) -> None:
        raise KeyError("secret")

    stream = caller.stream()
    await stream.make(COUNTER)
    monkeypatch.setattr("stepwire_service.sessions.Episodes.reset", buggy)
    status = (await stream.reset()).error
    assert status.code == code_pb2.INTERNAL
    assert "secret" not in status.message
    assert "KeyError: 'secret'" in caplog.text


# ── asynchronous batches ──


def send_request(actions: list[int], env_ids: list[int]) -> pb.SendRequest:
    return pb.SendRequest(action=encode_value(np.array(actions)), env_ids=env_ids)


async def test_a_recv_that_waits_delays_no_later_send_and_replies_keep_their_order(
    caller: Caller, gates: type[Gated]
) -> None:
    stream = caller.stream()
    await stream.make("gym:Odd/Gated-v0", num_envs=2, batch_size=1)
    await stream.reset()
    await stream.ask(send=send_request([1], [0]))
    await asyncio.to_thread(gates.arrived.wait)
    gates.arrived.clear()
    await stream.send(recv=pb.RecvRequest())
    await stream.send(send=send_request([1], [1]))
    await asyncio.to_thread(gates.arrived.wait)  # the second copy is being stepped
    gates.gate.set()
    replies = [await stream.receive() for _ in range(2)]
    assert [(reply.number, reply.WhichOneof("response")) for reply in replies] == [(3, "recv"), (4, "send")]


async def test_of_two_makes_behind_a_recv_a_stream_holds_one_and_lets_the_other_go() -> None:
    async with served(grace_time=0) as caller:
        stream = caller.stream()
        for _ in range(30):
            await stream.send(recv=pb.RecvRequest())
        for _ in range(2):
            await stream.send(make=make_request(COUNTER))
        replies = [await stream.receive() for _ in range(32)][30:]
        assert sorted(reason(reply.error) for reply in replies) == ["", "OUT_OF_ORDER"]
        await stream.half_close()
        await stream.ended()
        await sessions_left(caller, 0)


async def test_a_recv_whose_stream_broke_is_answered_with_the_same_copies(caller: Caller, gates: type[Gated]) -> None:
    first = caller.stream()
    made = await first.make("gym:Odd/Gated-v0", num_envs=2, batch_size=1)
    await first.reset()
    await first.ask(send=send_request([1, 1], [0, 1]))
    await first.send(recv=pb.RecvRequest())
    await asyncio.to_thread(gates.arrived.wait)
    first.cut()
    gates.gate.set()
    replies = []
    for _ in range(2):
        other = caller.stream()
        await other.attach(made)
        replies.append(await other.ask(number=3, recv=pb.RecvRequest()))
    assert replies[0] == replies[1]
    await other.ask(number=4, acked=3, recv=pb.RecvRequest())
    assert sorted([*replies[0].recv.env_ids, *(await other.ask(number=4, recv=pb.RecvRequest())).recv.env_ids]) == [
        0,
        1,
    ]


async def test_a_close_behind_a_recv_is_answered_in_its_turn(caller: Caller) -> None:
    stream = caller.stream()
    await stream.make(COUNTER, num_envs=1, batch_size=1)
    await stream.reset()
    await stream.send(send=send_request([0], [0]))
    await stream.send(recv=pb.RecvRequest())
    await stream.send(close=pb.CloseRequest())
    assert [(await stream.receive()).WhichOneof("response") for _ in range(3)] == ["send", "recv", "close"]
    await stream.half_close()
    assert (await stream.ended()).code == 0


async def test_what_was_asked_before_half_closing_is_still_answered(caller: Caller, gates: type[Gated]) -> None:
    stream = caller.stream()
    await stream.make("gym:Odd/Gated-v0", num_envs=1, batch_size=1)
    await stream.reset()
    await stream.ask(send=send_request([1], [0]))
    await stream.send(recv=pb.RecvRequest())
    await stream.half_close()
    gates.gate.set()
    assert (await stream.receive()).WhichOneof("response") == "recv"
    assert (await stream.ended()).code == 0


async def test_a_taken_over_stream_ends_though_its_recv_waits(caller: Caller, gates: type[Gated]) -> None:
    first, second = caller.stream(), caller.stream()
    made = await first.make("gym:Odd/Gated-v0", num_envs=1, batch_size=1)
    await first.reset()
    await first.ask(send=send_request([1], [0]))
    await first.send(recv=pb.RecvRequest())
    await asyncio.to_thread(gates.arrived.wait)
    await second.attach(made)
    assert reason(await first.ended()) == "SESSION_TAKEN"
    gates.gate.set()
    assert (await second.ask(number=3, recv=pb.RecvRequest())).WhichOneof("response") == "recv"
