"""Inquiries: the first endpoint that answers is enough, and a server's fault is the client's exception."""

from typing import Any

import grpc
import pytest

from stepwire.errors import ConnectionFailed, NotAuthenticated, UnknownEnv
from stepwire.v1.env_service_pb2 import ListEnvsRequest, SpacesRequest
from stepwire.v1.env_service_pb2_grpc import EnvServiceStub
from stepwire_service import embedded
from stepwire_service.cli.inquiry import ask, health, where

NOBODY = "127.0.0.1:1"


def _envs(server: Any) -> Any:
    return EnvServiceStub(server.channel).ListEnvs(ListEnvsRequest(), metadata=server.metadata, timeout=10)


def test_an_endpoint_that_does_not_answer_is_passed_over(address: str) -> None:
    for _ in range(4):  # the order is random
        assert ask(where(f"{NOBODY},{address}", None), _envs).envs


def test_when_none_answers_the_last_one_is_named() -> None:
    with pytest.raises(ConnectionFailed, match=NOBODY):
        ask(where(NOBODY, None), _envs)


def test_a_fault_is_the_clients_exception(address: str) -> None:
    def spaces(server: Any) -> Any:
        request = SpacesRequest(env_id="gym:Nothing-v0")
        return EnvServiceStub(server.channel).Spaces(request, metadata=server.metadata, timeout=10)

    with pytest.raises(UnknownEnv, match="gym:Nothing-v0") as caught:
        ask(where(address, None), spaces)
    assert isinstance(caught.value.__cause__, grpc.RpcError)


def test_a_token_opens_and_health_needs_none(tmp_path: Any) -> None:
    (tmp_path / "tokens").write_text("secret\n")
    with embedded(token_file=tmp_path / "tokens") as address:
        with pytest.raises(NotAuthenticated):
            ask(where(address, "wrong"), _envs)
        assert ask(where(address, "secret"), _envs).envs
        assert health(address, 5) == {address: True}


def test_health_of_nobody_fails_within_its_time() -> None:
    with pytest.raises(ConnectionFailed, match=rf"no stepwire server answers at {NOBODY} within 2 s"):
        health(NOBODY, 2)
