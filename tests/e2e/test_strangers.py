"""What a client gets that comes without a token, with a wrong one, or with somebody else's session."""

import secrets
from collections.abc import Iterator
from typing import Any

import grpc
import pytest

import stepwire
from stepwire import errors
from stepwire.v1 import env_service_pb2 as pb
from stepwire.v1.env_service_pb2_grpc import EnvServiceStub
from tests.e2e.saying import says
from tests.e2e.serving import Served, serving

pytestmark = [pytest.mark.timeout(60), pytest.mark.usefixtures("neighbour")]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, list[str]]]:
    """A server with two tokens."""
    tokens = [secrets.token_hex(16), secrets.token_hex(16)]
    file = tmp_path_factory.mktemp("tokens") / "tokens"
    file.write_text("\n".join(tokens))
    with serving("--token-file", str(file)) as served:
        yield served, tokens


def test_no_token_is_told_with_the_remedy(guarded: tuple[Served, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STEPWIRE_TOKEN", raising=False)
    with says(errors.NotAuthenticated, "wants a token", "STEPWIRE_TOKEN", "token="):
        stepwire.RemoteEnv("gym:CartPole-v1", guarded[0].address).reset()


def test_a_wrong_token_is_told_and_not_repeated(guarded: tuple[Served, list[str]]) -> None:
    wrong = "0" * 32
    with says(errors.NotAuthenticated, "token is wrong", "STEPWIRE_TOKEN"):
        stepwire.RemoteEnv("gym:CartPole-v1", guarded[0].address, token=wrong).reset()
    assert wrong not in guarded[0].log.read_text()


def test_the_right_token_opens(guarded: tuple[Served, list[str]]) -> None:
    with stepwire.RemoteEnv("gym:CartPole-v1", guarded[0].address, token=guarded[1][0]) as env:
        assert env.reset(seed=1)[1] == {}


# ── stolen sessions ──


def _step(stub: EnvServiceStub, session_id: str, key: bytes, token: str = "") -> Any:
    call = pb.SessionCall(session_id=session_id, resume_key=key, number=2)
    return stub.Reset(pb.ResetRequest(call=call), timeout=5, metadata=_bearer(token))


def _attach(stub: EnvServiceStub, session_id: str, key: bytes, token: str = "") -> Any:
    request = pb.StepStreamRequest(attach=pb.AttachRequest(session_id=session_id, resume_key=key))
    return list(stub.StepStream(iter([request]), timeout=5, metadata=_bearer(token)))


def _close(stub: EnvServiceStub, session_id: str, key: bytes, token: str = "") -> Any:
    call = pb.SessionCall(session_id=session_id, resume_key=key, number=2)
    return stub.Close(pb.CloseRequest(call=call), timeout=5, metadata=_bearer(token))


def _bearer(token: str) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer {token}"),) if token else ()


def _made(env: Any) -> pb.MakeResponse:
    """What the thief would have: the log tells the id, and the key is secret."""
    made: pb.MakeResponse = env.unwrapped._session._connection.made
    return made


@pytest.mark.parametrize("theft", [_step, _attach, _close])
@pytest.mark.parametrize("key", [b"", b"wrong", bytes(16)], ids=["no key", "a short key", "a wrong key"])
def test_a_stolen_session_id_opens_nothing_without_its_key(theft: Any, key: bytes, served: Served) -> None:
    with stepwire.RemoteEnv("gym:CartPole-v1", served.address) as env, grpc.insecure_channel(served.address) as channel:
        env.reset(seed=1)
        with pytest.raises(grpc.RpcError) as caught:
            theft(EnvServiceStub(channel), _made(env).session_id, key)
        assert caught.value.code() is grpc.StatusCode.NOT_FOUND
        assert "resume key is wrong" in caught.value.details()
        env.step(0)


@pytest.mark.parametrize("theft", [_step, _attach, _close])
def test_a_stolen_session_opens_nothing_with_another_token(theft: Any, guarded: tuple[Served, list[str]]) -> None:
    served, (token, another) = guarded
    with stepwire.RemoteEnv("gym:CartPole-v1", served.address, token=token) as env:
        env.reset(seed=1)
        made = _made(env)
        with grpc.insecure_channel(served.address) as channel, pytest.raises(grpc.RpcError) as caught:
            theft(EnvServiceStub(channel), made.session_id, made.resume_key, another)
        assert caught.value.code() is grpc.StatusCode.PERMISSION_DENIED
        assert "another token" in caught.value.details()
        env.step(0)


def test_a_session_id_of_nobodys_is_told(served: Served) -> None:
    with grpc.insecure_channel(served.address) as channel, pytest.raises(grpc.RpcError) as caught:
        _step(EnvServiceStub(channel), "mine", b"key")
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND
    assert "'mine' is not known here" in caught.value.details()
