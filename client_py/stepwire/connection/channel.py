"""One server, reached over one gRPC channel of its own.

It knows gRPC's options and credentials and asks a server for its limits. What is said over the channel is known to
`stream` and `unary`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import grpc
from google.protobuf.message import Message

from stepwire.connection.addresses import Endpoint
from stepwire.connection.statuses import Broken, failure
from stepwire.connection.target import Target
from stepwire.errors import ConnectionFailed, InvalidOptions
from stepwire.v1.env_service_pb2 import (
    GetServerInfoRequest,
    GetServerInfoResponse,
    ListEnvsRequest,
    ListEnvsResponse,
)

T = TypeVar("T")

SERVICE = "/stepwire.v1.EnvService/"
CONTRACT_VERSION = "1"
_DIAL_SECONDS = 5.0
"""Longest wait for one endpoint's first answer: a few lost packets over a long distance, no more."""
_OPTIONS: tuple[tuple[str, int | str], ...] = (
    ("grpc.use_local_subchannel_pool", 1),  # a connection of its own: servers behind one port share the load
    ("grpc.max_receive_message_length", -1),  # the server checks its limit before it sends, and says so better
    ("grpc.max_send_message_length", -1),  # likewise checked by us, in `Connection`
    ("grpc.keepalive_time_ms", 2_000),  # a broken connection is noticed within 2 s, one that swallows all within 12 s
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.http2.ping_timeout_ms", 10_000),  # of every ping; one that is under way already holds up the keepalive's
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.enable_retries", 0),  # gRPC must not repeat a call by itself; `Connection` does, with its number
)


@dataclass(frozen=True, slots=True)
class Server:
    """A channel and what goes with every call on it.

    Attributes:
        endpoint: Where it leads.
        channel: Open until `close`.
        metadata: For every call: contract version and token.
    """

    endpoint: Endpoint
    channel: grpc.Channel
    metadata: tuple[tuple[str, str], ...]

    def info(self, timeout: float) -> GetServerInfoResponse:
        """Ask for limits and load; also the quick way to learn whether a server is there at all.

        Raises:
            ConnectionFailed: No server answers within the timeout (or 5 s).
            StepwireError: A server answers with a fault, such as NotAuthenticated.
        """
        return self._ask("GetServerInfo", GetServerInfoRequest(), GetServerInfoResponse.FromString, timeout)

    def has_room(self, env_id: str, count: int, timeout: float) -> bool:
        """Tell whether that many instances of a game are free; what is made on demand always has room.

        Raises:
            ConnectionFailed: No server answers within the timeout (or 5 s).
            StepwireError: A server answers with a fault, such as NotAuthenticated.
        """
        listed = self._ask("ListEnvs", ListEnvsRequest(), ListEnvsResponse.FromString, timeout)
        return any(env.env_id == env_id and (env.free >= count or not env.HasField("free")) for env in listed.envs)

    def _ask(self, method: str, request: Message, read: Callable[[bytes], T], timeout: float) -> T:
        ask = self.channel.unary_unary(
            SERVICE + method, request_serializer=type(request).SerializeToString, response_deserializer=read
        )
        try:
            answer: T = ask(request, timeout=min(timeout, _DIAL_SECONDS), metadata=self.metadata)
        except grpc.RpcError as error:
            raise self._not_reached(failure(error)) from error
        return answer

    def close(self) -> None:
        """Close the channel; calls on it end."""
        self.channel.close()

    def _not_reached(self, why: Exception) -> Exception:
        if not isinstance(why, Broken):
            return why
        return ConnectionFailed(
            f"no stepwire server answers at {self.endpoint.target}: {why}. "
            "Start one with `stepwire serve`, or check the address, the port, and tls=."
        )


def open_server(endpoint: Endpoint, target: Target) -> Server:
    """A server with a fresh channel. Nothing is sent yet, so nothing fails yet but a missing CA file."""
    options = [*_OPTIONS, *_name_options(endpoint)]
    return Server(endpoint, _channel(endpoint, target, options), _metadata(target))


def _channel(endpoint: Endpoint, target: Target, options: list[tuple[str, int | str]]) -> grpc.Channel:
    if target.tls is None:
        return grpc.insecure_channel(endpoint.target, options=options)
    try:
        roots = Path(target.tls).read_bytes() if target.tls else None
    except OSError as error:
        raise InvalidOptions.of("tls", target.tls, "a readable file of CA certificates") from error
    return grpc.secure_channel(endpoint.target, grpc.ssl_channel_credentials(roots), options=options)


def _name_options(endpoint: Endpoint) -> list[tuple[str, int | str]]:
    if not endpoint.name:
        return []
    return [("grpc.default_authority", endpoint.name), ("grpc.ssl_target_name_override", endpoint.name)]


def _metadata(target: Target) -> tuple[tuple[str, str], ...]:
    contract = ("stepwire-contract", CONTRACT_VERSION)
    return (contract, ("authorization", f"Bearer {target.token}")) if target.token else (contract,)
