import asyncio
import secrets
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from google.protobuf.duration_pb2 import Duration
from google.rpc import code_pb2, error_details_pb2

from stepwire.codec import decode_map, decode_space, decode_value, encode_map, encode_tensor, encode_value
from stepwire.v1 import env_service_pb2 as pb
from stepwire.v1 import value_pb2
from tests.odd_envs import Gated
from tests.service.harness import (
    Caller,
    calling,
    detail,
    error_info,
    make_request,
    reason,
    refused,
    served,
    serving,
)

COUNTER = "gym:Odd/Counter-v0"


async def test_an_episode_by_unary_calls(caller: Caller) -> None:
    session = await caller.make("gym:CartPole-v1")
    observation = decode_value((await session.reset(seed=3)).observation)
    assert observation.dtype == np.float32
    step = await session.step(1)
    assert decode_value(step.observation).shape == (4,)
    assert decode_value(step.reward) == 1.0
    assert (step.terminated, step.truncated) == (False, False)
    assert decode_space((await session.ask("Spaces")).action_space).n == 2
    await session.ask("Close")


async def test_a_repeated_step_answers_the_same_and_steps_nothing(caller: Caller) -> None:
    session = await caller.make(COUNTER)
    await session.reset()
    request = pb.StepRequest(call=session.numbered(2, 1), action=encode_value(1))
    first = await caller.call("Step", request)
    again = await caller.call("Step", request)
    assert again.SerializeToString() == first.SerializeToString()
    session.number = 2
    assert decode_value((await session.step(0)).observation) == 2


async def test_a_repeated_fault_answers_the_same(caller: Caller) -> None:
    session = await caller.make(COUNTER)
    request = pb.StepRequest(call=session.numbered(1), action=encode_value(1))
    first = await refused(caller.call("Step", request))
    again = await refused(caller.call("Step", request))
    assert reason(first) == "NOT_RESET"
    assert again == first


async def test_closing_twice_is_quiet(caller: Caller) -> None:
    session = await caller.make(COUNTER)
    request = pb.CloseRequest(call=session.numbered(1))
    await caller.call("Close", request)
    await caller.call("Close", request)


async def test_a_closed_session_is_lost(caller: Caller) -> None:
    session = await caller.make(COUNTER)
    await session.ask("Close")
    status = await refused(session.reset())
    assert (reason(status), status.code) == ("SESSION_LOST", code_pb2.NOT_FOUND)
    assert "closed" in error_info(status).metadata["why"]


async def test_the_same_make_key_gives_the_same_session(caller: Caller) -> None:
    request = make_request(COUNTER)
    first, second = await asyncio.gather(caller.call("Make", request), caller.call("Make", request))
    assert first == second
    assert (await caller.call("GetServerInfo", pb.GetServerInfoRequest())).load.sessions == 1


async def test_a_make_key_whose_session_has_ended_makes_no_other(caller: Caller) -> None:
    key = secrets.token_bytes(16)
    session = await caller.make(COUNTER, make_key=key)
    await session.ask("Close")
    assert reason(await refused(caller.make(COUNTER, make_key=key))) == "SESSION_LOST"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"env_id": "gym:CartPoll-v1"}, "UNKNOWN_ENV"),
        ({"env_id": "CartPole-v1"}, "UNKNOWN_ENV"),
        ({"env_id": "ftp:CartPole-v1"}, "UNKNOWN_ENV"),
        ({"env_id": ""}, "UNKNOWN_ENV"),
        ({"env_id": COUNTER, "num_envs": 0}, "INVALID_OPTIONS"),
        ({"env_id": COUNTER, "num_envs": -1}, "INVALID_OPTIONS"),
        ({"env_id": COUNTER, "num_envs": 4097}, "TOO_LARGE"),
        ({"env_id": COUNTER, "make_key": b"short"}, "INVALID_OPTIONS"),
        ({"env_id": COUNTER, "autoreset_mode": 17}, "INVALID_OPTIONS"),
        ({"env_id": COUNTER, "render_mode": "human"}, "UNSUPPORTED"),
        ({"env_id": COUNTER, "kwargs": {"xml_file": "/etc/passwd"}}, "INVALID_OPTIONS"),
        ({"env_id": COUNTER, "deadlines": pb.Deadlines(step=Duration())}, "INVALID_OPTIONS"),
        ({"env_id": "gym:Odd/Unmakable-v0"}, "GAME_FAILED"),
    ],
)
async def test_a_make_that_cannot_be_says_why(caller: Caller, fields: dict[str, Any], expected: str) -> None:
    assert reason(await refused(caller.make(**fields))) == expected
    assert (await caller.call("GetServerInfo", pb.GetServerInfoRequest())).load.sessions == 0


async def test_an_unknown_env_comes_with_a_hint(caller: Caller) -> None:
    status = await refused(caller.make("gym:CartPoll-v1"))
    assert status.code == code_pb2.NOT_FOUND
    assert "Did you mean: `CartPole`" in status.message
    assert error_info(status).domain == "stepwire"


async def test_a_forbidden_keyword_argument_names_the_setting(caller: Caller) -> None:
    status = await refused(caller.make(COUNTER, kwargs={"xml_file": "x"}))
    violation = detail(status, error_details_pb2.BadRequest).field_violations[0]
    assert violation.field == "kwargs.xml_file"
    assert "gym_kwargs" in violation.description


async def test_an_action_outside_its_space_names_the_leaf(caller: Caller) -> None:
    session = await caller.make(COUNTER, num_envs=2)
    await session.reset()
    status = await refused(session.step(np.array([0, 4])))
    assert (reason(status), status.code) == ("INVALID_ACTION", code_pb2.INVALID_ARGUMENT)
    assert dict(error_info(status).metadata) == {"field": "action[1]", "given": "4", "expected": "between 0 and 3"}


async def test_an_action_that_is_no_value_is_an_invalid_action(caller: Caller) -> None:
    session = await caller.make(COUNTER)
    await session.reset()
    broken = value_pb2.Value(tensor=value_pb2.Tensor(dtype=value_pb2.DATA_TYPE_INT64, shape=[2], data=b"1"))
    for action in (broken, value_pb2.Value()):
        assert reason(await refused(session.ask("Step", action=action))) == "INVALID_ACTION"
    await session.step(0)


async def test_the_id_alone_opens_nothing(caller: Caller) -> None:
    session = await caller.make(COUNTER)
    await session.reset()
    for wrong in ({"resume_key": b""}, {"resume_key": secrets.token_bytes(16)}, {"session_id": "session-1"}):
        request = pb.StepRequest(call=session.numbered(2, 1, **wrong), action=encode_value(1))
        assert reason(await refused(caller.call("Step", request))) == "UNKNOWN_SESSION"
    assert decode_value((await session.step(0)).observation) == 1


async def test_a_session_of_another_server_is_lost(caller: Caller) -> None:
    session = await caller.make(COUNTER)
    call = session.numbered(1, session_id="session-0123456789abcdef")
    assert reason(await refused(caller.call("Reset", pb.ResetRequest(call=call)))) == "SESSION_LOST"


async def test_spaces_of_an_env_that_nobody_has_opened(caller: Caller) -> None:
    response = await caller.call("Spaces", pb.SpacesRequest(env_id=COUNTER))
    assert decode_space(response.action_space).n == 4
    assert decode_map(response.metadata) == {"render_modes": ["ansi", "rgb_array"], "render_fps": 7}
    assert not response.HasField("num_envs")
    assert reason(await refused(caller.call("Spaces", pb.SpacesRequest(env_id="gym:No-v0")))) == "UNKNOWN_ENV"


async def test_spaces_of_a_batch_say_how_many_and_how_it_resets(caller: Caller) -> None:
    session = await caller.make(COUNTER, num_envs=3, autoreset_mode=pb.AUTORESET_MODE_SAME_STEP, render_mode="ansi")
    spaces = session.made.spaces
    assert (spaces.num_envs, spaces.autoreset_mode) == (3, pb.AUTORESET_MODE_SAME_STEP)
    assert spaces.render_mode == "ansi"
    assert decode_space(spaces.action_space).n == 4


async def test_a_batch_is_one_message(caller: Caller) -> None:
    session = await caller.make(COUNTER, num_envs=3)
    await session.reset()
    step = await session.step(np.array([0, 1, 2]))
    assert decode_value(step.observation).tolist() == [1, 1, 1]
    assert np.frombuffer(step.rewards, "<f8").tolist() == [1.0, 1.0, 1.0]
    assert (step.terminations, step.truncations) == (bytes(3), bytes(3))
    assert decode_map(step.info)["action"].tolist() == [0, 1, 2]


async def test_a_mask_resets_some_copies(caller: Caller) -> None:
    session = await caller.make(
        COUNTER, num_envs=2, autoreset_mode=pb.AUTORESET_MODE_DISABLED, kwargs={"max_episode_steps": 1}
    )
    await session.reset()
    assert (await session.step(np.array([0, 0]))).truncations == b"\1\1"
    assert reason(await refused(session.step(np.array([0, 0])))) == "EPISODE_OVER"
    await session.ask("Reset", mask=encode_tensor(np.array([True, False])))
    status = await refused(session.step(np.array([0, 0])))
    assert error_info(status).metadata["copies"] == "[1]"


async def test_options_and_seeds_reach_the_env(caller: Caller) -> None:
    session = await caller.make(COUNTER)
    options = {"level": 2, "start": np.array([1.5])}
    first = await session.ask("Reset", seeds=[pb.Seed(value=7)], options=encode_map(options))
    info = decode_map(first.info)
    assert info["options"]["level"] == 2
    assert info["options"]["start"].tolist() == [1.5]
    assert info["drawn"] == int(np.random.default_rng(7).integers(1000))
    assert decode_map((await session.reset()).info)["options"] is None


@pytest.mark.parametrize(
    ("encoding", "start"), [(value_pb2.ENCODING_PNG, b"\x89PNG"), (value_pb2.ENCODING_JPEG, b"\xff\xd8")]
)
async def test_pictures_travel_packed_where_asked_for(caller: Caller, encoding: Any, start: bytes) -> None:
    session = await caller.make(COUNTER, render_mode="rgb_array")
    await session.reset()
    raw = decode_value((await session.ask("Render")).frame)
    assert raw.shape == (2, 3, 3)
    tensor = (await session.ask("Render", encoding=encoding)).frame.tensor
    assert tensor.data.startswith(start)
    assert (list(tensor.shape), tensor.dtype) == ([2, 3, 3], value_pb2.DATA_TYPE_UINT8)
    assert np.abs(decode_value(value_pb2.Value(tensor=tensor)).astype(int) - raw).max() < 4


async def test_an_encoding_that_is_not_in_the_contract_is_refused(caller: Caller) -> None:
    session = await caller.make(COUNTER, render_mode="rgb_array")
    await session.reset()
    assert reason(await refused(session.ask("Render", encoding=99))) == "INVALID_OPTIONS"


async def test_what_an_env_gives_and_nothing_can_carry_is_nonsense_of_the_envs(caller: Caller) -> None:
    session = await caller.make("gym:Odd/Uncarriable-v0")
    assert decode_map((await session.reset()).info) == {"kept": 1}
    status = await refused(session.step(0))
    assert (reason(status), status.code) == ("GAME_NONSENSE", code_pb2.DATA_LOSS)


async def test_an_env_that_raises_is_told_with_type_and_text(caller: Caller) -> None:
    session = await caller.make("gym:Odd/Raising-v0")
    await session.reset()
    status = await refused(session.step(1))
    assert (reason(status), status.code) == ("GAME_FAILED", code_pb2.ABORTED)
    assert "ValueError: boom" in status.message
    assert reason(await refused(session.step(0))) == "NOT_RESET"
    await session.reset()
    await session.step(0)


async def test_a_client_may_ask_for_a_shorter_deadline(caller: Caller, gates: type[Gated]) -> None:
    deadlines = pb.Deadlines(step=Duration(nanos=50_000_000))
    session = await caller.make("gym:Odd/Gated-v0", deadlines=deadlines)
    await session.reset()
    status = await refused(session.step(1))
    assert (reason(status), status.code) == ("GAME_SILENT", code_pb2.DEADLINE_EXCEEDED)
    await session.reset()


async def test_every_env_is_listed_in_order(caller: Caller) -> None:
    ids = [env.env_id for env in (await caller.call("ListEnvs", pb.ListEnvsRequest())).envs]
    assert {"gym:CartPole-v1", COUNTER} <= set(ids)
    assert ids == sorted(ids)


async def test_the_server_tells_its_versions_and_limits(caller: Caller) -> None:
    info = await caller.call("GetServerInfo", pb.GetServerInfoRequest())
    assert info.contract_version == 1
    assert info.limits.max_message_bytes == 64 * 2**20
    assert info.limits.step_deadline.seconds == 10
    assert not info.load.draining


async def test_every_call_wants_a_token_where_tokens_are_on(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text("first\nsecond\n")
    async with serving(token_file=file) as server:
        for token in (None, "", "third", "firs", "first second"):
            async with calling(server, token=token) as caller:
                status = await refused(caller.call("ListEnvs", pb.ListEnvsRequest()))
                assert (reason(status), status.code) == ("NOT_AUTHENTICATED", code_pb2.UNAUTHENTICATED)
                assert reason(await caller.stream().ended()) == "NOT_AUTHENTICATED"
        async with calling(server, token="second") as caller:
            await caller.call("ListEnvs", pb.ListEnvsRequest())


async def test_a_session_belongs_to_the_token_that_made_it(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text("first\nsecond\n")
    async with (
        serving(token_file=file) as server,
        calling(server, token="first") as first,
        calling(server, token="second") as second,
    ):
        session = await first.make(COUNTER)
        request = pb.ResetRequest(call=session.numbered(1))
        status = await refused(second.call("Reset", request))
        assert (reason(status), status.code) == ("NOT_ALLOWED", code_pb2.PERMISSION_DENIED)
        stream = second.stream()
        await stream.send(
            attach=pb.AttachRequest(session_id=session.made.session_id, resume_key=session.made.resume_key)
        )
        assert reason(await stream.ended()) == "NOT_ALLOWED"
        await session.reset()


async def test_another_contract_version_is_refused() -> None:
    async with serving() as server:
        async with calling(server, contract="2") as caller:
            status = await refused(caller.call("ListEnvs", pb.ListEnvsRequest()))
            assert (reason(status), status.code) == ("CONTRACT_MISMATCH", code_pb2.FAILED_PRECONDITION)
            assert reason(await caller.stream().ended()) == "CONTRACT_MISMATCH"
        async with calling(server, contract="1") as caller:
            await caller.call("ListEnvs", pb.ListEnvsRequest())


async def test_a_full_server_says_when_to_come_back() -> None:
    async with served(max_sessions=1) as caller:
        session = await caller.make(COUNTER)
        status = await refused(caller.make(COUNTER))
        assert (reason(status), status.code) == ("AT_CAPACITY", code_pb2.RESOURCE_EXHAUSTED)
        assert detail(status, error_details_pb2.RetryInfo).retry_delay.seconds == 1
        await session.ask("Close")
        await caller.make(COUNTER)


async def test_spaces_that_nothing_can_carry_are_nonsense_of_the_envs_and_leave_no_session() -> None:
    async with serving() as server, calling(server) as caller:
        made = await refused(caller.call("Make", make_request("gym:Odd/Homemade-v0")))
        looked_at = await refused(caller.call("Spaces", pb.SpacesRequest(env_id="gym:Odd/Homemade-v0")))
        assert reason(made) == reason(looked_at) == "GAME_NONSENSE"
        assert "its spaces cannot be carried" in made.message and "Anything" in made.message
        assert server.status()["sessions"] == 0


async def test_a_unary_send_is_carried_out_while_a_unary_recv_waits(caller: Caller) -> None:
    session = await caller.make(COUNTER, num_envs=2, batch_size=2)
    await session.reset()
    await session.ask("Send", action=encode_value(np.array([0])), env_ids=[1])
    receiving = asyncio.create_task(session.ask("Recv"))
    await asyncio.sleep(0)
    request = pb.SendRequest(call=session.numbered(4, 2), action=encode_value(np.array([0])), env_ids=[0])
    assert await caller.call("Send", request) == pb.SendResponse()
    assert sorted((await receiving).env_ids) == [0, 1]
