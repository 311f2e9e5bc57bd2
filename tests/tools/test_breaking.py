import subprocess
from pathlib import Path

import pytest

from tools import breaking

MESSAGE = """syntax = "proto3";
package stepwire.v1;
message Greeting {
  string name = 1;
}
"""


def git(repository: Path, *arguments: str) -> None:
    who = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=repository, check=True, capture_output=True)


def commit(repository: Path, text: str) -> None:
    (repository / "protos" / "greeting.proto").write_text(text)
    git(repository, "add", ".")
    git(repository, "commit", "-m", "Change the greeting")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose only commit, on main, has a contract of one message."""
    git(tmp_path, "init", "--initial-branch=main")
    (tmp_path / "protos").mkdir()
    (tmp_path / "protos" / "buf.yaml").write_text("version: v2\nbreaking:\n  use: [FILE]\n")
    commit(tmp_path, MESSAGE)
    return tmp_path


def test_the_only_commit_of_a_clone_has_nothing_earlier(repository: Path) -> None:
    assert breaking.earlier_commit(repository) is None


def test_a_new_field_breaks_nobody(repository: Path) -> None:
    commit(repository, MESSAGE.replace("= 1;\n", "= 1;\n  string tongue = 2;\n"))
    assert breaking.compare(repository, "HEAD~1") == 0


def test_a_field_with_another_number_breaks_older_clients(repository: Path) -> None:
    commit(repository, MESSAGE.replace("= 1", "= 2"))
    assert breaking.compare(repository, "HEAD~1") != 0


def test_what_is_not_committed_yet_is_compared_as_well(repository: Path) -> None:
    (repository / "protos" / "greeting.proto").write_text(MESSAGE.replace("= 1", "= 2"))
    assert breaking.compare(repository, "HEAD") != 0


def test_on_a_branch_the_promise_is_where_it_left_main(repository: Path) -> None:
    left = breaking.git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "-b", "change")
    for text in (MESSAGE + "\n", MESSAGE + "\n\n"):
        commit(repository, text)
    assert breaking.earlier_commit(repository) == left


def test_on_main_the_promise_is_the_commit_before(repository: Path) -> None:
    before = breaking.git(repository, "rev-parse", "HEAD")
    commit(repository, MESSAGE + "\n")
    assert breaking.earlier_commit(repository) == before
