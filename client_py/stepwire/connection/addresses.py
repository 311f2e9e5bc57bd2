"""From what a user writes as an address to the endpoints that can be dialled.

Forms: `host:port`, `unix:/path`, `dns:///name:port` (every address the name has, looked up anew on each call, so that
servers that came later are found), several of them in a list or separated by commas. It looks names up and does not
connect.
"""

import os
import random
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from stepwire.errors import ConnectionFailed, InvalidOptions

DEFAULT_ADDRESS = "localhost:50051"
_DNS = "dns:///"
_RANDOM = random.SystemRandom()  # a trainer's seeded random stream must not move because of us


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One server to dial.

    Attributes:
        target: What gRPC is given: host:port or unix:/path.
        name: The host's name where the target is one of its numeric addresses; certificates are checked against it.
    """

    target: str
    name: str = ""


def addresses(given: str | Sequence[str] | None) -> tuple[str, ...]:
    """The addresses a user means, in the order given; with None those of STEPWIRE_ADDRESS, else localhost:50051.

    Raises:
        InvalidOptions: An address has none of the known forms.
    """
    if given is None:
        given = os.environ.get("STEPWIRE_ADDRESS") or DEFAULT_ADDRESS
    if not isinstance(given, Sequence) or not all(isinstance(part, str) for part in given):
        raise _refused(given)  # such as the 16 of RemoteVectorEnv(env_id, 16)
    parts = given.split(",") if isinstance(given, str) else given
    found = tuple(part.strip() for part in parts if part.strip())
    for address in found or ("",):
        _check(address)
    return found


def endpoints(of: Sequence[str]) -> list[Endpoint]:
    """All endpoints of some addresses, in random order, so that many trainers spread over many servers.

    Raises:
        ConnectionFailed: A name of dns:/// cannot be looked up, and there is nothing else to dial.
    """
    found: list[Endpoint] = []
    failed: OSError | None = None
    for address in of:
        try:
            found += _looked_up(address)
        except OSError as error:
            failed = error
    if not found:
        raise ConnectionFailed(f"no address is known for {', '.join(of)} ({failed}). Check the name.") from failed
    return shuffled(found)


def shuffled(found: list[Endpoint]) -> list[Endpoint]:
    """The same in random order."""
    return _RANDOM.sample(found, len(found))


def elsewhere(given: str, dialled: Endpoint) -> Endpoint:
    """The endpoint that a server names, in the words of `MakeResponse.endpoint`; "" is the one that was dialled.

    Without a host, as in ":50052", the host is the one that was dialled.
    """
    if not given:
        return dialled
    host = dialled.target.rpartition(":")[0] if given.startswith(":") else ""
    return Endpoint(host + given, dialled.name)


def _check(address: str) -> None:
    if address.startswith("unix:") and len(address) > len("unix:"):
        return
    host, colon, port = address.removeprefix(_DNS).rpartition(":")
    if not (host and "/" not in host and colon and port.isascii() and port.isdigit() and int(port) < 2**16):
        raise _refused(address)


def _refused(address: object) -> InvalidOptions:
    return InvalidOptions.of("address", address, "host:port, dns:///name:port or unix:/path")


def _looked_up(address: str) -> list[Endpoint]:
    if not address.startswith(_DNS):
        return [Endpoint(address)]
    name, _, port = address.removeprefix(_DNS).rpartition(":")
    found = socket.getaddrinfo(name.strip("[]"), int(port), type=socket.SOCK_STREAM)
    hosts = dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found)
    return [Endpoint(f"[{host}]:{port}" if ":" in host else f"{host}:{port}", name) for host in hosts]
