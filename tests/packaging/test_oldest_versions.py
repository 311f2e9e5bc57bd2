"""The oldest versions that are tested are those that pyproject.toml promises."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TESTED = re.findall(r"^([\w-]+)==([\d.]+)", (ROOT / "tools" / "oldest-constraints.txt").read_text(), re.MULTILINE)


def floors() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    promised = [*project["dependencies"], *project["optional-dependencies"]["server"]]
    return dict(re.match(r"([\w-]+)>=([\d.]+)", requirement).groups() for requirement in promised)


@pytest.mark.parametrize(("name", "tested"), TESTED, ids=[name for name, _ in TESTED])
def test_what_is_tested_is_the_floor(name: str, tested: str) -> None:
    assert f"{tested}.".startswith(f"{floors()[name]}.")
