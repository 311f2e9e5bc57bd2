"""The contract keeps the rules that make it readable for every language's generator."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUF = Path(sys.executable).with_name("buf")

pytestmark = pytest.mark.skipif(not BUF.exists(), reason="needs buf (pip install buf-bin)")


@pytest.mark.parametrize("check", [["lint"], ["format", "--diff", "--exit-code"]], ids=["rules", "form"])
def test_buf_has_no_complaint(check):
    command = [BUF, *check, "protos"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
