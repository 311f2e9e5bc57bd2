"""Writes the files that are generated, or compares them with what would be written (`--check`).

Generated are the Python classes of the contract, the JSON Schemas of the messages with games and of descriptions of
games, the page of settings, and the tables in the page of descriptions. They are committed, so that nobody needs a
generator to install or read stepwire. Knows the generators; knows nothing of what they write.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from stepwire_bridge import schema
from stepwire_service import assets
from tools import settings_page

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = Path("client_py/stepwire/v1")
SCHEMA = Path("docs/game-protocol.schema.json")
SETTINGS = Path("docs/settings.md")
DESCRIPTION = Path("docs/game-description.md")
DESCRIPTION_SCHEMA = Path("docs/game-description.schema.json")
GENERATOR = ROOT / ".build" / "protos-venv" / "bin"
OUTPUTS = ("--python_out=", "--pyi_out=", "--grpc_python_out=", "--mypy_grpc_out=quiet:")


def main() -> int:
    """Write into the source tree, or compare with it; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare only, and fail where a file differs")
    if not parser.parse_args().check:
        write(ROOT)
        return 0
    with tempfile.TemporaryDirectory() as fresh:
        write(Path(fresh))
        differing = compare(ROOT, Path(fresh))
    for path in differing:
        print(f"{path} is not what its generator writes: run make protos")
    return 1 if differing else 0


def write(root: Path) -> None:
    """Generate everything below a folder."""
    write_contract(root / CONTRACT.parent.parent)
    (root / SETTINGS.parent).mkdir(parents=True, exist_ok=True)
    (root / SCHEMA).write_text(schema.text())
    (root / SETTINGS).write_text(settings_page.page())
    (root / DESCRIPTION).write_text(from_the_host("page", str(ROOT / DESCRIPTION)), encoding="utf-8")
    (root / DESCRIPTION_SCHEMA).write_text(from_the_host("schema"), encoding="utf-8")


def from_the_host(*words: str) -> str:
    """Give what one of the host's tools prints: it knows the fields of descriptions."""
    command = [str(assets.node()), str(ROOT / "js_client/host/tools.js"), *words]
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout


def write_contract(package_root: Path) -> None:
    """Generate Python from the protos into a folder that holds, or will hold, the package `stepwire`."""
    package_root.mkdir(parents=True, exist_ok=True)
    protos = sorted(path.relative_to(ROOT / "protos") for path in (ROOT / "protos" / "stepwire").rglob("*.proto"))
    command = [str(GENERATOR / "python"), "-m", "grpc_tools.protoc", "-I."]
    outputs = [f"{option}{package_root}" for option in OUTPUTS]
    environment = {"PATH": str(GENERATOR)}  # protoc looks there for the mypy plugin
    subprocess.run([*command, *outputs, *map(str, protos)], cwd=ROOT / "protos", env=environment, check=True)
    for module in package_root.rglob("*_pb2_grpc.py"):
        if "Stub" not in module.read_text():  # no service in that file: nothing but boilerplate
            module.unlink()
            module.with_suffix(".pyi").unlink(missing_ok=True)


def compare(tree: Path, fresh: Path) -> list[Path]:
    """Give the generated files, relative to the root, that differ, are missing, or are there but not generated."""
    return sorted(path for path in {*generated(tree), *generated(fresh)} if read(tree / path) != read(fresh / path))


def generated(root: Path) -> Iterable[Path]:
    """Give the generated files that exist below a root."""
    found = [path for path in (root / CONTRACT).glob("*_pb2*.py*") if path.is_file()]
    return [SCHEMA, SETTINGS, DESCRIPTION, DESCRIPTION_SCHEMA, *(path.relative_to(root) for path in found)]


def read(path: Path) -> bytes | None:
    """Give a file's content, or None where there is no file."""
    return path.read_bytes() if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
