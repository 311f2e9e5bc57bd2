"""The wheel carries, file by file, what the server starts and serves; here the list meets the tree."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("client_py/examples", "js_client/examples", "js_client/host", "js_client/src")
JAVASCRIPT_IS_MODULES = "js_client/package.json"  # says so to Node


def assets() -> list[str]:
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    return sorted([JAVASCRIPT_IS_MODULES, *(str(p.relative_to(ROOT)) for p in found if "__pycache__" not in p.parts)])


def test_the_wheel_is_told_of_every_asset_and_of_nothing_else() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    told = config["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    wanted = {path: f"stepwire_service/_assets/{path}" for path in assets()}
    lines = "\n".join(f'"{source}" = "{target}"' for source, target in wanted.items())
    assert told == wanted, f"[tool.hatch.build.targets.wheel.force-include] should be:\n{lines}"
