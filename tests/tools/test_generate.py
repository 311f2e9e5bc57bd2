import subprocess
from pathlib import Path

import pytest

from tools import generate

GENERATED = (
    "client_py/stepwire/v1/value_pb2.py",
    "client_py/stepwire/v1/value_pb2.pyi",
    str(generate.SCHEMA),
    str(generate.DESCRIPTION),
)


@pytest.fixture
def trees(tmp_path: Path) -> tuple[Path, Path]:
    """Two roots with the same generated files."""
    roots = tmp_path / "tree", tmp_path / "fresh"
    for root in roots:
        for name in GENERATED:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("as generated")
    return roots


def test_equal_trees_have_no_differing_files(trees: tuple[Path, Path]) -> None:
    assert generate.compare(*trees) == []


@pytest.mark.parametrize("name", GENERATED)
def test_a_file_that_somebody_edited_is_named(trees: tuple[Path, Path], name: str) -> None:
    (trees[0] / name).write_text("edited")
    assert generate.compare(*trees) == [Path(name)]


@pytest.mark.parametrize("name", GENERATED)
def test_a_file_that_was_not_written_yet_is_named(trees: tuple[Path, Path], name: str) -> None:
    (trees[0] / name).unlink()
    assert generate.compare(*trees) == [Path(name)]


def test_a_file_that_no_proto_stands_behind_any_more_is_named(trees: tuple[Path, Path]) -> None:
    left_over = Path("client_py/stepwire/v1/gone_pb2.py")
    (trees[0] / left_over).touch()
    assert generate.compare(*trees) == [left_over]


def test_the_page_of_descriptions_is_current() -> None:
    page = generate.ROOT / generate.DESCRIPTION
    assert generate.from_the_host("page", str(page)) == page.read_text(encoding="utf-8")


def test_the_schema_of_descriptions_is_current() -> None:
    there = (generate.ROOT / generate.DESCRIPTION_SCHEMA).read_text(encoding="utf-8")
    assert generate.from_the_host("schema") == there


def test_a_tool_of_the_host_that_fails_ends_the_generating() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        generate.from_the_host("page", "/no/such/page.md")
