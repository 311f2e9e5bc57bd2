"""A bare grpc.aio server: answers each message of a stream, and each unary call, with bytes that it was given.

The first message of a stream is what the stream's later messages are answered with. A unary call of the method NAME is
answered with the response of the payload NAME. Nothing is parsed. `--pin` holds the process on one core.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from bench.drivers.serving import held_on_one_core

if "--pin" in sys.argv:
    held_on_one_core()

import grpc  # starts threads, which would not be held

OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


class Echo(grpc.GenericRpcHandler):
    """Streams under /bench/Stream, unary calls under /bench/NAME."""

    def __init__(self, payloads: Path) -> None:
        self._payloads = payloads

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> "grpc.RpcMethodHandler[bytes, bytes]":
        """Bytes in, bytes out."""
        name = handler_call_details.method.rpartition("/")[2]
        if name == "Stream":
            return grpc.stream_stream_rpc_method_handler(_stream)
        response = (self._payloads / f"{name}.response").read_bytes()

        async def answer(request: bytes, context: object) -> bytes:
            return response

        return grpc.unary_unary_rpc_method_handler(answer)


async def _stream(requests: AsyncIterator[bytes], context: object) -> AsyncIterator[bytes]:
    response: bytes | None = None
    async for request in requests:
        response = request if response is None else response
        yield response


async def main(payloads: Path) -> None:
    """Serve until the input ends."""
    server = grpc.aio.server(options=OPTIONS)
    server.add_generic_rpc_handlers((Echo(payloads),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    print(f"127.0.0.1:{port}", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await server.stop(None)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
