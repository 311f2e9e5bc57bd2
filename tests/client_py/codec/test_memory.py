import platform
import subprocess
import sys

import pytest

ROUNDS = """
import resource
import numpy as np
from stepwire.codec.memory import keep_room

def rounds():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(50):
        blocks = [np.ones(2_000_000, np.uint8) for _ in range(3)]
        del blocks
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

for size in (1000, 2_000_000, 2_000_000):
    keep_room(size)
    print(rounds())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries decide otherwise")
def test_memory_of_messages_is_used_again_once_there_was_a_large_one():
    found = subprocess.run([sys.executable, "-c", ROUNDS], capture_output=True, text=True, check=True)
    before, first, again = map(int, found.stdout.split())
    pages = 3 * 2_000_000 // 4096
    assert before > 10 * pages  # nearly all pages in nearly all rounds; else there is nothing to mend here
    assert first < 2 * pages
    assert again < pages
