"""What others offer: a driver each, which runs in an environment of its own, and what that environment needs.

Peers are run as their own documentation shows them, with a client and a server process on this machine where they have
a wire. The versions are pinned to what was current and installs.
"""

from dataclasses import dataclass
from pathlib import Path

BUILD = Path(__file__).parents[2] / ".build"


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer.

    Attributes:
        name: As in the table.
        module: The driver.
        home: The folder of its environment.
        requirements: What pip installs there.
        cases: What the driver times; the first one for quick runs.
        is_networked: Whether there is a wire between trainer and environment.
        has_grpc: Whether that wire is gRPC's, which can be tuned.
    """

    name: str
    module: str
    home: Path
    requirements: tuple[str, ...]
    cases: tuple[str, ...]
    is_networked: bool = True
    has_grpc: bool = False


PEERS = (
    Peer(
        "dm_env_rpc",
        "bench.peers.dm_env_rpc_peer",
        BUILD / "bench-dm-env-rpc-venv",
        ("dm-env-rpc==1.1.7", "gymnasium==1.4.0"),
        ("CartPole×1",),
        has_grpc=True,
    ),
    Peer(
        "OpenEnv",
        "bench.peers.openenv_peer",
        BUILD / "bench-openenv-venv",
        ("openenv==0.10.0", "gymnasium==1.4.0"),
        ("inside:CartPole×1", "CartPole×1"),
    ),
    Peer(
        "remote-gym",
        "bench.peers.remote_gym_peer",
        BUILD / "bench-remote-gym-venv",
        ("remote-gym==0.7.3", "dm-env-rpc==1.1.6", "gymnasium==0.29.1", "numpy<2", "opencv-python<4.11"),
        ("CartPole×1",),
        has_grpc=True,
    ),
    Peer(
        "EnvPool",
        "bench.peers.envpool_peer",
        BUILD / "bench-envpool-venv",
        ("envpool==1.2.5",),
        ("CartPole×64", "CartPole×1"),
        is_networked=False,
    ),
)
