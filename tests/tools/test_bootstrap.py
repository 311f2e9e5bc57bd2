import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import bootstrap

ROOT = Path(__file__).parents[2]
STAMP_EVERYTHING = """
from tools.bootstrap import PARTS, fingerprint
for name, part in PARTS.items():
    part.home.mkdir(parents=True, exist_ok=True)
    (part.home / f".stepwire-{name}").write_text(fingerprint(part))
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree with everything that the bootstrap reads, and nothing installed."""
    for name in ("Makefile", "pyproject.toml", "js_client/package.json", "js_client/package-lock.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def make(tree: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(["make", *arguments], cwd=tree, env=variables, capture_output=True, text=True)


def program(path: Path, text: str) -> str:
    path.write_text(text)
    path.chmod(0o755)
    return str(path)


def test_make_alone_lists_the_commands(tree: Path) -> None:
    listed = make(tree).stdout
    assert "make demo" in listed
    assert all(line.startswith("make ") for line in listed.splitlines())


def test_a_python_that_is_too_old_is_named_with_the_remedy(tree: Path, tmp_path: Path) -> None:
    old = program(tmp_path / "old-python", "#!/bin/sh\n[ $1 = --version ] && echo Python 3.9.2\n")
    answer = make(tree, "demo", f"PYTHON={old}")
    assert answer.returncode != 0
    assert "stepwire needs Python 3.11 or newer; here is Python 3.9.2" in answer.stderr
    assert "make PYTHON=" in answer.stderr


def test_a_python_that_is_missing_is_named(tree: Path) -> None:
    answer = make(tree, "demo", "PYTHON=/no/such/python")
    assert "here is no /no/such/python that runs" in answer.stderr


def test_without_ensurepip_the_package_to_install_is_named(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None")
    answer = make(tree, "demo", f"PYTHON={sys.executable}", PYTHONPATH=str(tmp_path / "without"))
    assert answer.returncode != 0
    assert "sudo apt install python3-venv" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tree / ".venv").exists()


def test_a_bootstrap_with_nothing_to_do_is_silent_and_takes_at_most_two_seconds(tree: Path) -> None:
    subprocess.run([sys.executable, "-c", STAMP_EVERYTHING], cwd=tree, check=True)
    assert min(idle_bootstrap(tree) for _ in range(3)) <= 2  # the best of three: the machine may be busy


def idle_bootstrap(tree: Path) -> float:
    """Seconds that a bootstrap takes which has nothing to do."""
    environment = {**os.environ, "PYTHON": sys.executable}
    command = ["tools/bootstrap.sh", *bootstrap.PARTS]
    began = time.monotonic()
    answer = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    return time.monotonic() - began


def test_a_part_is_installed_again_when_what_it_is_made_from_changes(tmp_path: Path) -> None:
    source, installs = ["1"], []
    part = bootstrap.Part("a part", tmp_path, lambda: source[0], lambda: installs.append(source[0]))
    for text in ("1", "1", "2", "2"):
        source[0] = text
        bootstrap.ensure("part", part)
    assert installs == ["1", "2"]


def test_a_part_whose_installation_failed_is_tried_again(tmp_path: Path) -> None:
    def fail() -> None:
        bootstrap.run("false")

    part = bootstrap.Part("a part", tmp_path, lambda: "1", fail)
    for _ in range(2):
        with pytest.raises(bootstrap.Failed, match="this failed: false"):
            bootstrap.ensure("part", part)


def test_settings_of_the_linters_do_not_cause_an_installation(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    before = bootstrap.project("dependency-groups")()
    config = tree / "pyproject.toml"
    config.write_text(config.read_text().replace("line-length = 120", "line-length = 100"))
    assert bootstrap.project("dependency-groups")() == before
    config.write_text(config.read_text().replace('"numpy>=1.26"', '"numpy>=2.0"'))
    assert bootstrap.project("dependency-groups")() != before


def test_a_virtual_environment_made_elsewhere_or_for_another_python_does_not_fit(tmp_path: Path) -> None:
    home = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    assert bootstrap.fits(home)
    home.rename(tmp_path / "moved")
    assert not bootstrap.fits(tmp_path / "moved")
    (tmp_path / "moved").rename(home)
    config = home / "pyvenv.cfg"
    config.write_text(config.read_text().replace(f"version = {bootstrap.python_version()}.", "version = 3.10."))
    assert not bootstrap.fits(home)
