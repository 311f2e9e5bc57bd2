"""A gRPC port: EnvService with its health and reflection, from bind to stop."""

from typing import Any, Final

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from stepwire_service.fronts.rpc.front import SERVICE, EnvFront
from stepwire_service.settings import ConfigError

HEADROOM_BYTES: Final = 2**20
"""gRPC's own size limit is that much higher than ours, so that ours is the one that speaks."""

STOP_SECONDS: Final = 2.0
"""How long calls may take to end once their sessions have ended."""


class Listener:
    """A listening gRPC server.

    Attributes:
        address: Where it listens, with the port that was picked where 0 was asked for.
    """

    def __init__(self, address: str, front: EnvFront, *, max_message_bytes: int, own: str | None = None) -> None:
        """Take the address; nothing is answered before `start`.

        Args:
            address: host:port or unix:path.
            front: What answers.
            max_message_bytes: The largest message in either direction.
            own: An address that leads here alone, where `address` is shared with other processes. A shared unix:path is
                not listened on, for only one process could: see `stepwire_service.doors`.

        Raises:
            ConfigError: The address cannot be listened on.
        """
        self._server = grpc.aio.server(options=_options(max_message_bytes, shared=own is not None))
        self._health = health.aio.HealthServicer()
        self._server.add_generic_rpc_handlers((front.handler(),))
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        names = (SERVICE, health.SERVICE_NAME, reflection.SERVICE_NAME)
        reflection.enable_server_reflection(names, self._server)
        if own is not None:
            self.address = address
            _bind(self._server, own)
        if own is None or not address.startswith("unix:"):
            self.address = _bind(self._server, address)

    async def start(self) -> None:
        """Answer calls. Health checks are told to wait for `say_ready`."""
        await self._say(health_pb2.HealthCheckResponse.NOT_SERVING)
        await self._server.start()

    async def say_ready(self) -> None:
        """Tell health checks that everything is up."""
        await self._say(health_pb2.HealthCheckResponse.SERVING)

    async def say_leaving(self) -> None:
        """Tell health checks to send nobody here any more, for good."""
        await self._health.enter_graceful_shutdown()

    async def stop(self) -> None:
        """Stop listening, and wait a moment for calls that end just now. May be called twice."""
        await self._server.stop(STOP_SECONDS)

    async def _say(self, status: health_pb2.HealthCheckResponse.ServingStatus) -> None:
        for service in ("", SERVICE):
            await self._health.set(service, status)


def _options(max_message_bytes: int, *, shared: bool) -> list[tuple[str, Any]]:
    largest = max_message_bytes + HEADROOM_BYTES
    return [
        ("grpc.max_receive_message_length", largest),
        ("grpc.max_send_message_length", largest),
        ("grpc.so_reuseport", int(shared)),  # a second server on the same port shall fail unless it belongs to us
        ("grpc.max_concurrent_streams", 2**31 - 1),
        # Clients may ping twice a second, also between calls (gRPC's default is 5 minutes, and then it hangs up).
        ("grpc.http2.min_ping_interval_without_data_ms", 500),
        ("grpc.keepalive_permit_without_calls", 1),
        # And we ping, so that a client whose machine vanished is noticed and its session's grace time begins.
        ("grpc.keepalive_time_ms", 20_000),
        ("grpc.keepalive_timeout_ms", 10_000),
        ("grpc.http2.max_pings_without_data", 0),
    ]


def _bind(server: grpc.aio.Server, address: str) -> str:
    try:
        port = server.add_insecure_port(address)
    except RuntimeError as error:
        raise ConfigError(f"address {address}: cannot be listened on. Is another server running there?") from error
    return address if address.startswith("unix:") else f"{address.rpartition(':')[0]}:{port}"
