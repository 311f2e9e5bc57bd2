"""The wheel carries whole folders of what the server starts and serves; here it is checked what lies in them."""

import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (
    "client_py/examples",
    "js_client/agent",
    "js_client/compat",
    "js_client/examples",
    "js_client/host",
    "js_client/src",
)
JAVASCRIPT_IS_MODULES = "js_client/package.json"  # says so to Node


def test_the_wheel_is_told_of_every_folder_of_assets_and_of_nothing_else() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    told = config["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert told == {path: f"stepwire_service/_assets/{path}" for path in (*FOLDERS, JAVASCRIPT_IS_MODULES)}


def test_nothing_that_git_ignores_lies_in_the_folders_since_it_would_be_carried_too() -> None:
    command = ["git", "ls-files", "--others", "--ignored", "--exclude-standard", *FOLDERS]
    ignored = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert [path for path in ignored if "__pycache__" not in path] == []
