import stat
import subprocess
from pathlib import Path

TOOL = Path(__file__).parents[2] / "tools" / "make_token.sh"


def test_a_token_is_random_and_on_one_line(tmp_path: Path) -> None:
    files = tmp_path / "a" / "token", tmp_path / "b" / "token"
    for file in files:
        subprocess.run([TOOL, file], check=True)
    one, other = (file.read_text() for file in files)
    assert one != other
    assert len(one) == 64
    assert one.isalnum()


def test_containers_may_read_the_token_and_nobody_else_on_this_machine(tmp_path: Path) -> None:
    file = tmp_path / "secrets" / "token"
    subprocess.run([TOOL, file], check=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o444
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
