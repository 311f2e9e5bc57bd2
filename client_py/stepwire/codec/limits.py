"""What the codec refuses to exceed, so that a stranger's bytes cost no more than their length."""

from stepwire.codec.errors import TooDeepError

MAX_DEPTH = 32
"""How deep values and spaces may nest. Each level takes two messages and protobuf's own readers stop at 100."""

MAX_AXES = 64
"""Most axes of an array in any version of numpy."""

MAX_DIGITS = 4300
"""Longest whole number, in digits: Python's own default limit, against slow conversions of huge ones."""

MAX_PIXELS = 64 * 1024 * 1024
"""Largest unpacked picture, in pixels: 8K takes half of it, and a file of a few kilobytes may claim any size."""

MAX_SPACE_BYTES = 256 * 1024 * 1024
"""Most memory that a decoded space may take: as much as the bounds and flags of a 64 MiB uint8 picture."""


def check_depth(depth: int) -> None:
    """Refuses what lies deeper than `MAX_DEPTH` containers.

    Raises:
        TooDeepError: when it does.
    """
    if depth > MAX_DEPTH:
        raise TooDeepError(f"nested deeper than {MAX_DEPTH} levels")
