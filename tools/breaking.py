"""Compares the contract with that of an earlier commit and fails where older clients would break.

The earlier commit is where this branch left main; on main itself, the commit before. A place and not a stored image,
because main is the promise: whatever has landed there may be in use. BREAKING_AGAINST=<commit> names another one.
Knows git and buf; the rules are in protos/buf.yaml.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUF = Path(sys.executable).with_name("buf")
MAIN_NAMES = ("origin/main", "main")


def main() -> int:
    """Compare the working tree with the earlier commit; give the exit code."""
    base = os.environ.get("BREAKING_AGAINST") or earlier_commit(ROOT)
    if base is None or not git(ROOT, "ls-tree", base, "protos/buf.yaml"):
        print("no earlier contract to compare with (a clone of a single commit, or the contract's first commit)")
        return 0
    return compare(ROOT, base)


def earlier_commit(repository: Path) -> str | None:
    """Find the commit that this one must not break, or None where the clone does not reach back to it."""
    head = git(repository, "rev-parse", "HEAD")
    left_main = (git(repository, "merge-base", "HEAD", name) for name in MAIN_NAMES)
    candidates = [commit for commit in left_main if commit and commit != head]
    return candidates[0] if candidates else git(repository, "rev-parse", "--verify", "--quiet", "HEAD~1")


def compare(repository: Path, base: str) -> int:
    """Let buf compare the protos of the working tree with those of a commit.

    The commit is unpacked and not named to buf, since buf cannot fetch any commit from a shallow clone.
    """
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", base, "protos"], cwd=repository, stdout=subprocess.PIPE, check=True)
        subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
        command = ["breaking", str(repository / "protos"), "--against", str(Path(folder) / "protos")]
        return subprocess.run([BUF, *command], cwd=repository).returncode


def git(repository: Path, *arguments: str) -> str | None:
    """Give what git prints, or None where it fails or has nothing to say."""
    answer = subprocess.run(["git", *arguments], cwd=repository, capture_output=True, text=True)
    return answer.stdout.strip() or None if answer.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main())
