from pathlib import Path

import pytest

from tools import links


@pytest.mark.parametrize(
    "link",
    ["other.md", "other.md#the-flow-of-one-step", "#words-one-word-one-thing", "https://example.org/x", "picture.svg"],
)
def test_a_link_to_what_exists_passes(tmp_path: Path, link: str) -> None:
    (tmp_path / "other.md").write_text("## The flow of one step\n")
    (tmp_path / "picture.svg").touch()
    document = tmp_path / "page.md"
    document.write_text(f"# Words: one word, one thing\n\nSee [this]({link}).\n")
    assert list(links.broken_links(document)) == []


@pytest.mark.parametrize("link", ["missing.md", "other.md#no-such-heading", "#no-such-heading"])
def test_a_link_to_nowhere_is_named_with_its_document(tmp_path: Path, link: str) -> None:
    (tmp_path / "other.md").write_text("# Other\n")
    document = tmp_path / "page.md"
    document.write_text(f"# Page\n\nSee [this]({link}) and [that](other.md).\n")
    assert list(links.broken_links(document)) == [f"{document}: {link}"]


def test_what_looks_like_a_link_in_code_is_none(tmp_path: Path) -> None:
    document = tmp_path / "page.md"
    document.write_text("```\n[a](b.md)\n```\nand `[c](d.md)`\n")
    assert list(links.broken_links(document)) == []
