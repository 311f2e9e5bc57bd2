"""Protobuf's wire format, as much of it as is faster by hand: pieces of a message that become one string of bytes.

A message is written as a list of parts, bytes and arrays, that are joined once. So an array is copied once on its way
out, where protobuf copies it three times, and a small message needs no objects. What comes out is what protobuf's own
classes write, byte for byte. Knows fields and lengths; nothing of what they mean.

The format: https://protobuf.dev/programming-guides/encoding/.
"""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from google.protobuf.message import Message

Parts: TypeAlias = list[Any]
"""What a message is joined of: bytes, and arrays in C order."""

VARINT: Final = 0
FIXED64: Final = 1
SIZED: Final = 2
"""How a field's content goes on after its tag: as a number, as eight bytes, or as a length and so many bytes."""


class NotPlain(ValueError):
    """Bytes that protobuf may be able to read, but the quick readers here leave to it."""


def tag_of(kind: type[Message], field: str, wire_type: int = SIZED) -> bytes:
    """What a field begins with: its number and its wire type."""
    return varint(kind.DESCRIPTOR.fields_by_name[field].number << 3 | wire_type)


def varint(number: int) -> bytes:
    """A whole number, at least 0, in as many bytes as it needs."""
    if number < 128:
        return _SHORT[number]
    if number < 16384:  # most lengths: twice as fast as the loop
        return bytes((number & 127 | 128, number >> 7))
    encoded = bytearray()
    while number > 127:
        encoded.append(number & 127 | 128)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


_SHORT: Final = [bytes([number]) for number in range(128)]


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """The number that begins there, and where it ends.

    Raises:
        NotPlain: It has more than 64 bits.
        IndexError: The bytes end before it does.
    """
    byte = data[at]
    if byte < 128:
        return byte, at + 1
    number = byte & 127
    for shift in _SHIFTS:
        at += 1
        byte = data[at]
        number |= (byte & 127) << shift
        if byte < 128 and number < 2**64:
            return number, at + 1
    raise NotPlain("a number of more than 64 bits")


_SHIFTS: Final = tuple(range(7, 64, 7))


def sized(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Where the content of a field with a length begins and ends, given where its tag is.

    Raises:
        NotPlain: It is longer than what it is in.
        IndexError: As `read_varint`.
    """
    size, start = data[at + 1], at + 2
    if size > 127:  # most lengths have one byte or two, and calling a function takes as long as this does
        if data[start] < 128:
            size, start = size + (data[start] - 1 << 7), start + 1
        else:
            size, start = read_varint(data, at + 1)
    stop = start + size
    if stop > end:
        raise NotPlain("longer than what it is in")
    return start, stop


def write_sized(parts: Parts, tag: bytes, write: Callable[[Parts, Any, int], int], content: Any, depth: int) -> int:
    """Writes a field whose content another function writes; gives its size in bytes, as that function does."""
    place = len(parts)
    parts.append(b"")  # tag and length stand before what has to be written to be measured
    size = write(parts, content, depth)
    parts[place] = head = tag + varint(size)
    return len(head) + size


def write_bytes(parts: Parts, tag: bytes, content: bytes) -> int:
    """Writes a field of bytes or text; gives its size."""
    head = tag + varint(len(content))
    parts.append(head)
    parts.append(content)
    return len(head) + len(content)
