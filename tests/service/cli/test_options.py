"""Options: the token may be written down or lie in a file."""

from pathlib import Path

import pytest

from stepwire_service.cli.options import token_of
from stepwire_service.settings import ConfigError


def test_the_token_itself_wins_over_its_file() -> None:
    assert token_of("secret", Path("missing")) == "secret"


def test_without_either_the_client_decides() -> None:
    assert token_of(None, None) is None


def test_the_first_token_of_a_servers_file_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text("# of the server\n\nfirst\nsecond\n")
    assert token_of(None, file) == "first"


@pytest.mark.parametrize(("text", "words"), [(None, "No such file"), (" \n", "has no token in it")])
def test_a_file_without_a_token_is_wrong_usage(tmp_path: Path, text: str | None, words: str) -> None:
    file = tmp_path / "tokens"
    if text is not None:
        file.write_text(text)
    with pytest.raises(ConfigError, match=words):
        token_of(None, file)
