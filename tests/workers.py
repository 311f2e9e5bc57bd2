"""A server of two processes, and a network that leads to it: proxies in front of every port that it has.

The server listens on all addresses, so clients keep the host that they dialled: 127.0.0.2, where the proxies are.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any

from stepwire.connection.addresses import Endpoint, elsewhere
from stepwire.connection.channel import open_server
from stepwire.connection.target import Target
from stepwire_service import embedded
from tests.proxy import Proxy

HOST = "127.0.0.2"
ODD = "tests.odd_envs:Odd/Counter-v0"
COUNTER = f"gym:{ODD}"
"""An environment that counts its own steps: a worker imports its module when it is first asked for."""


@contextmanager
def workers(**settings: Any) -> Iterator[str]:
    """The address of a server of two processes that has Counter, and listens on all addresses."""
    anywhere = {"address": "0.0.0.0:0", "insecure": True, "gym_allow": ("*", ODD)}
    with embedded(**{"workers": 2, **anywhere, **settings}) as address:
        yield address.replace("0.0.0.0", "127.0.0.1")


def processes(address: str) -> list[str]:
    """Where each of a server's processes is reached by itself."""
    dialled = Endpoint(address)
    with closing(open_server(dialled, Target((address,)))) as server:
        return [elsewhere(given, dialled).target for given in server.info(10).endpoints]


def sessions(address: str) -> list[int]:
    """How many sessions each of a server's processes has."""
    counts = []
    for process in processes(address):
        with closing(open_server(Endpoint(process), Target((process,)))) as server:
            counts.append(server.info(10).load.sessions)
    return counts


@dataclass(frozen=True, slots=True)
class Network:
    """The proxies in front of a server.

    Attributes:
        shared: The one in front of the address that all processes share.
        own: Those in front of each process.
    """

    shared: Proxy
    own: tuple[Proxy, ...]

    @property
    def address(self) -> str:
        """What a client dials."""
        return self.shared.address

    @property
    def cuts(self) -> int:
        """How many connections were cut for their bytes."""
        return sum(proxy.cuts for proxy in (self.shared, *self.own))

    def cut(self) -> None:
        """Cut all connections now."""
        for proxy in (self.shared, *self.own):
            proxy.cut()

    def limit(self, budget: Callable[[], float]) -> None:
        """Cut all connections now, and let each of those that follow have so many bytes."""
        for proxy in (self.shared, *self.own):
            proxy.limit(budget)


@contextmanager
def network(address: str, *, one_port_only: bool = False) -> Iterator[Network]:
    """Proxies on another host before a server's ports; those of its processes lead nowhere if one is let through."""
    with ExitStack() as stack:

        def proxy(upstream: str, *, dead: bool = False) -> Proxy:
            listen = f"{HOST}:{upstream.rpartition(':')[2]}"
            return stack.enter_context(Proxy("127.0.0.1:1" if dead else upstream, listen=listen))

        yield Network(proxy(address), tuple(proxy(own, dead=one_port_only) for own in processes(address)))
