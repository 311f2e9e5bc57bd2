"""Installs the peers, each into an environment of its own under .build, only where that is not there yet."""

import os

from bench.peers import PEERS, Peer
from tools import bootstrap


def install_peers() -> None:
    """Install all that are missing; one that cannot be installed is told, and its rows are then left out."""
    os.environ.update(bootstrap.QUIET)
    for peer in PEERS:
        try:
            bootstrap.ensure(f"bench-{peer.name}", _part(peer))
        except bootstrap.Failed as problem:
            print(f"\nbench: {peer.name} cannot be installed and is left out: {problem}")


def _part(peer: Peer) -> bootstrap.Part:
    return bootstrap.Part(
        says=f"{peer.name}, to compare with, into .build",
        home=peer.home,
        made_from=lambda: " ".join(peer.requirements),
        install=bootstrap.install_in(peer.home, *peer.requirements),
    )
