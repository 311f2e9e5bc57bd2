"""Memory for large messages, which the C library would give back to the system after every step.

Knows how glibc decides on that; elsewhere it does nothing, and no harm.
"""

from typing import Final

import numpy as np

LARGE: Final = 64 * 1024
"""Bytes of the smallest message for which room is kept: glibc keeps that much by itself."""

_BUFFERS: Final = 4
"""Of a message's size, in a step: what gRPC collects it in, the message, and the arrays of two steps."""

_MOST: Final = 32 * 2**20 - 2**16
"""The largest block whose freeing glibc learns from, a little less than M_MMAP_THRESHOLD's limit: see mallopt(3)."""

_kept = 0


def keep_room(size: int) -> None:
    """Has freed memory for messages of that size stay with this process, to be used again by the next.

    glibc keeps at most twice the largest block that was ever freed, and gives the rest back; the next step then pays
    for every page anew. For 64 pictures of 84×84×4 that was 900 page faults and half of the time of a step. Freeing
    one larger block, which costs nothing since nobody touches it, has glibc keep enough. What a user has set by
    mallopt or its environment variables remains in force.

    Args:
        size: In bytes; only one that is larger than all before does something.
    """
    global _kept
    if size > _kept:
        _kept = size
        np.empty(min(_BUFFERS * size, _MOST), np.uint8)
