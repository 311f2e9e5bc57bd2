"""What a hostile client may cost: no more than the bytes it sends. Raw calls, as no client of ours would make them."""

import secrets
import struct
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest

import stepwire
from stepwire import errors
from stepwire.codec import encode_map, encode_value
from stepwire.v1 import env_service_pb2 as pb
from stepwire.v1 import value_pb2
from stepwire.v1.env_service_pb2_grpc import EnvServiceStub
from tests.e2e.serving import Served

pytestmark = [pytest.mark.timeout(60), pytest.mark.usefixtures("neighbour")]

SECONDS = 3.0  # for any answer to a hostile call, on a busy machine
GROWTH_KIB = 64 * 1024  # of the server's memory: far more than a message, far less than what the messages claim
KINDS = {grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.NOT_FOUND}


@pytest.fixture
def stub(served: Served) -> Iterator[EnvServiceStub]:
    with grpc.insecure_channel(served.address, options=[("grpc.max_send_message_length", -1)]) as channel:
        yield EnvServiceStub(channel)


@pytest.fixture(autouse=True)
def _cheap(served: Served) -> Iterator[None]:
    """The test costs the server neither time nor memory."""
    before, began = _resident_kib(served), time.monotonic()
    yield
    assert time.monotonic() - began < SECONDS + 1
    assert _resident_kib(served) - before < GROWTH_KIB


def _resident_kib(served: Served) -> int:
    if sys.platform != "linux":
        return 0
    return int(Path(f"/proc/{served.process.pid}/statm").read_text().split()[1]) * 4


def refused(call: Any, request: Any) -> str:
    """What the server says to a call that it must refuse."""
    with pytest.raises(grpc.RpcError) as caught:
        call(request, timeout=SECONDS)
    assert caught.value.code() in KINDS, caught.value
    return str(caught.value.details())


def png(width: int, height: int) -> bytes:
    """A picture of a few bytes that says it is as large as that."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in (header, data)
    )


def nested(depth: int) -> value_pb2.Value:
    value = encode_value(1)
    for _ in range(depth):
        value = value_pb2.Value(list=value_pb2.Value.Sequence(values=[value]))
    return value


def tensor(**fields: Any) -> value_pb2.Value:
    return value_pb2.Value(tensor=value_pb2.Tensor(**fields))


FLOAT64, UINT8 = value_pb2.DATA_TYPE_FLOAT64, value_pb2.DATA_TYPE_UINT8
ACTIONS = {
    "nothing": value_pb2.Value(),
    "a tensor larger than its data": tensor(dtype=FLOAT64, shape=[2**40], data=b""),
    "a tensor whose size overflows": tensor(dtype=FLOAT64, shape=[2**62, 2**62], data=b""),
    "a tensor of a negative shape": tensor(dtype=FLOAT64, shape=[-1], data=b"12345678"),
    "a tensor of a thousand axes": tensor(dtype=UINT8, shape=[1] * 1000, data=b"1"),
    "a tensor of no type": tensor(shape=[1], data=b"1"),
    "a picture larger than any": tensor(
        dtype=UINT8, shape=[60_000, 60_000, 3], encoding=value_pb2.ENCODING_PNG, data=png(60_000, 60_000)
    ),
    "a picture of junk": tensor(dtype=UINT8, shape=[1, 1, 3], encoding=value_pb2.ENCODING_JPEG, data=b"junk"),
    "an array of objects that are not there": value_pb2.Value(
        object_array=value_pb2.Value.ObjectArray(shape=[10**9, 10**9])
    ),
    "lists in lists": nested(45),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_that_claims_too_much_is_refused(name: str, stub: EnvServiceStub) -> None:
    made = stub.Make(pb.MakeRequest(env_id="gym:CartPole-v1", make_key=secrets.token_bytes(16)), timeout=SECONDS)
    calls = (pb.SessionCall(session_id=made.session_id, resume_key=made.resume_key, number=n + 1) for n in range(4))
    stub.Reset(pb.ResetRequest(call=next(calls)), timeout=SECONDS)
    assert "action" in refused(stub.Step, pb.StepRequest(call=next(calls), action=ACTIONS[name]))
    stub.Step(pb.StepRequest(call=next(calls), action=encode_value(0)), timeout=SECONDS)  # nothing was broken
    stub.Close(pb.CloseRequest(call=next(calls)), timeout=SECONDS)


MAKES = {
    "a billion copies": ({"num_envs": 10**9}, "max_envs_per_session"),
    "more copies than there are numbers": ({"num_envs": 2**63 - 1}, "max_envs_per_session"),
    "fewer copies than none": ({"num_envs": -1}, "at least 1"),
    "no key": ({"make_key": b""}, "make_key"),
    "a mode that there is not": ({"num_envs": 2, "autoreset_mode": 77}, "autoreset_mode"),
    "a time that is none": ({"deadlines": pb.Deadlines(step={"seconds": -5})}, "deadlines.step"),
    "a constructor's argument of nothing": ({"kwargs": value_pb2.Value.Map(keys=["g"])}, "kwargs"),
    "the map of a frozen ocean": ({"env_id": "gym:FrozenLake-v1", "kwargs": encode_map({"desc": ["F"]})}, "gym_kwargs"),
    "code to run": ({"kwargs": encode_map({"entry_point": "os:system"})}, "gym_kwargs"),
    "a module to import": ({"env_id": "gym:antigravity:Foo-v0"}, "gym_allow"),
    "a path": ({"env_id": "gym:../../etc/passwd"}, "no environment"),
    "ourselves": ({"env_id": "gym:stepwire/Env-v0", "kwargs": encode_map({"address": "evil:1"})}, "gym_kwargs"),
    "a name without end": ({"env_id": "gym:" + "x" * 60_000}, "no environment"),
}  # fmt: skip


@pytest.mark.parametrize("name", MAKES)
def test_an_environment_that_asks_for_too_much_is_refused(name: str, stub: EnvServiceStub) -> None:
    fields, word = MAKES[name]
    request = pb.MakeRequest(**({"env_id": "gym:CartPole-v1", "make_key": secrets.token_bytes(16)} | fields))
    assert word in refused(stub.Make, request)


def test_seeds_and_masks_that_do_not_fit_are_refused(stub: EnvServiceStub) -> None:
    wanted = pb.MakeRequest(env_id="gym:CartPole-v1", make_key=secrets.token_bytes(16), num_envs=2, autoreset_mode=3)
    made = stub.Make(wanted, timeout=SECONDS)
    calls = (pb.SessionCall(session_id=made.session_id, resume_key=made.resume_key, number=n + 1) for n in range(4))
    assert "seeds" in refused(stub.Reset, pb.ResetRequest(call=next(calls), seeds=[pb.Seed(value=1)] * 10_000))
    mask = value_pb2.Tensor(dtype=value_pb2.DATA_TYPE_BOOL, shape=[2**40])
    assert "mask" in refused(stub.Reset, pb.ResetRequest(call=next(calls), mask=mask))
    stub.Reset(pb.ResetRequest(call=next(calls)), timeout=SECONDS)
    stub.Close(pb.CloseRequest(call=next(calls)), timeout=SECONDS)


@pytest.mark.parametrize("method", ["Make", "Spaces", "Reset", "Step", "Render", "Close"])
def test_junk_in_place_of_a_request_is_refused_and_leaves_nothing_in_the_log(method: str, served: Served) -> None:
    with grpc.insecure_channel(served.address) as channel:
        said = refused(channel.unary_unary(f"/stepwire.v1.EnvService/{method}"), b"\xff" * 100)
    assert f"expected a {method}Request" in said
    assert "DecodeError" not in served.log.read_text()


def test_junk_on_a_stream_ends_that_stream_and_says_why(served: Served) -> None:
    with grpc.insecure_channel(served.address) as channel:
        stream = channel.stream_stream("/stepwire.v1.EnvService/StepStream")
        with pytest.raises(grpc.RpcError) as caught:
            list(stream(iter([b"\xff" * 100]), timeout=SECONDS))
    assert "no message" in str(caught.value.details())


def test_a_name_that_commands_a_terminal_comes_back_as_text(stub: EnvServiceStub) -> None:
    said = refused(stub.Make, pb.MakeRequest(env_id="gym:\x1b[2J\0", make_key=secrets.token_bytes(16)))
    assert r"\x1b[2J\x00" in said and "\x1b" not in said


def test_a_client_of_ours_says_the_same(served: Served) -> None:
    with pytest.raises(errors.InvalidOptions, match=r"kwargs\.desc: expected .* gym_kwargs allows"):
        stepwire.RemoteEnv("gym:FrozenLake-v1", served.address, desc=["SG"]).reset()
