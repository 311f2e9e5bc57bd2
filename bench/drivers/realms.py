"""Unmodified games stepped inside Node, without any network: bench/games/realms.mjs, which answers the bench itself.

    python -m bench.drivers.realms

A case is GAME×N or GAME+pixels×N.
"""

import os

from stepwire_service import assets
from stepwire_service.descriptions import LEAN

FLAGS = (*LEAN, "--experimental-vm-modules", "--disable-warning=ExperimentalWarning")
PROGRAM = "bench/games/realms.mjs"

if __name__ == "__main__":
    node = str(assets.node())
    os.execv(node, [node, *FLAGS, PROGRAM])
