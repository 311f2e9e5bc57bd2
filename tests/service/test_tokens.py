from pathlib import Path

import pytest

from stepwire_bridge.faults import NotAuthenticated
from stepwire_service.settings import ConfigError
from stepwire_service.tokens import owner_of, read_tokens


def test_tokens_are_the_lines_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text("# for the lab\n  first \n\nsecond\n")
    assert read_tokens(file) == ("first", "second")


def test_no_file_means_no_tokens() -> None:
    assert read_tokens(None) == ()


@pytest.mark.parametrize("content", [None, "", "# nothing\n\n", b"\xff\xfe"])
def test_a_file_without_tokens_is_a_mistake(tmp_path: Path, content: str | bytes | None) -> None:
    file = tmp_path / "tokens"
    if content is not None:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(ConfigError, match="token_file"):
        read_tokens(file)


def test_whose_a_call_is_depends_on_its_token() -> None:
    assert owner_of("Bearer second", ("first", "second")) == "second"


@pytest.mark.parametrize(
    "authorization", [None, "", "second", "Bearer", "Bearer ", "Bearer third", "bearer second", "Bearer second "]
)
def test_without_a_good_token_nobody_comes_in(authorization: str | None) -> None:
    with pytest.raises(NotAuthenticated):
        owner_of(authorization, ("first", "second"))


def test_where_no_token_is_wanted_everybody_is_the_same() -> None:
    assert owner_of(None, ()) == owner_of("Bearer anything", ()) == ""
