"""Asks a server something for which no session is needed.

Knows the client's connection and its addresses; what is asked is known to the commands.
"""

from collections.abc import Callable
from typing import TypeVar

import grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from stepwire.connection.addresses import Endpoint, endpoints
from stepwire.connection.channel import Server, open_server
from stepwire.connection.statuses import exception_of, status_of
from stepwire.connection.target import Target, Timeouts, target_for
from stepwire.errors import ConnectionFailed

Answer = TypeVar("Answer")


def where(address: str | None, token: str | None) -> Target:
    """What to ask, from a command's options."""
    return target_for(address, token=token, tls=None, transport="unary", timeouts=Timeouts())


def ask(whom: Target, question: Callable[[Server], Answer]) -> Answer:
    """Ask the endpoints one after the other until one answers.

    Args:
        whom: Its endpoints are asked in random order.
        question: Makes one call on a server's channel; what gRPC raises becomes the client's exception.

    Raises:
        ConnectionFailed: No endpoint answers.
        StepwireError: What the server answered.
    """
    silent = ConnectionFailed("no address to ask.")
    for endpoint in endpoints(whom.addresses):
        server = open_server(endpoint, whom)
        try:
            server.info(whom.timeouts.connect)  # says quickly, and in one line, when no server is there
            return question(server)
        except grpc.RpcError as error:
            raise exception_of(status_of(error)) from error
        except ConnectionFailed as error:
            silent = error
        finally:
            server.close()
    raise silent


def health(address: str | None, timeout: float) -> dict[str, bool]:
    """Ask every endpoint of an address, by the standard health service, whether it takes sessions.

    Returns:
        Whether it does, by endpoint.

    Raises:
        ConnectionFailed: One of them does not answer in time.
        InvalidOptions: The address has none of the known forms.
    """
    whom = where(address, token="")
    return {endpoint.target: _serving(endpoint, whom, timeout) for endpoint in endpoints(whom.addresses)}


def _serving(endpoint: Endpoint, whom: Target, timeout: float) -> bool:
    server = open_server(endpoint, whom)
    try:
        answer = HealthStub(server.channel).Check(HealthCheckRequest(), timeout=timeout)
    except grpc.RpcError as error:
        why = status_of(error).message
        raise ConnectionFailed(
            f"no stepwire server answers at {endpoint.target} within {timeout:g} s: {why}."
        ) from error
    finally:
        server.close()
    return bool(answer.status == HealthCheckResponse.SERVING)
