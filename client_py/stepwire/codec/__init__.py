"""Between numpy, Gymnasium and protobuf: tensors, values, infos and spaces.

Pure functions: no input or output, no clock, no gRPC. `encode_…` makes a fresh message, `write_…` fills one in place,
`decode_…` makes fresh Python objects that share no memory with the message. What cannot be carried, and messages that
make no value, raise `CodecError`.

On the way of every step there are no messages: `requests` and `value_writing` write the wire format itself, `replies`
and `plain_reading` read it; docs/decisions/values-in-the-wire-format.md says why.
"""

from stepwire.codec.errors import CodecError
from stepwire.codec.infos import encode_info, write_info
from stepwire.codec.space_reading import decode_space
from stepwire.codec.space_writing import encode_space
from stepwire.codec.tensors import decode_tensor, encode_tensor, write_tensor
from stepwire.codec.value_reading import decode_map, decode_value
from stepwire.codec.value_writing import encode_map, encode_value, write_map, write_value

__all__ = [
    "CodecError",
    "decode_map",
    "decode_space",
    "decode_tensor",
    "decode_value",
    "encode_info",
    "encode_map",
    "encode_space",
    "encode_tensor",
    "encode_value",
    "write_info",
    "write_map",
    "write_tensor",
    "write_value",
]
