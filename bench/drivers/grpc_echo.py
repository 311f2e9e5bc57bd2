"""Floors: a bare gRPC echo of a step's messages, with what grpcio's public API offers.

    python -m bench.drivers.grpc_echo (stream | aio | aio-inside | unary) [--pin-server]

A case is the name of a payload. `stream` is the synchronous client, a queue of requests and an iterator of responses;
`aio` runs grpc.aio's loop for each call, as a synchronous trainer has to; `aio-inside` stays in the loop.
"""

import argparse
import asyncio
import contextlib
import functools
import queue
from collections.abc import Callable, Iterator
from typing import Any

from bench import payloads
from bench.drivers.driving import Timing, drive, repeated, repeated_in
from bench.drivers.serving import python

OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


@contextlib.contextmanager
def stream(address: str, name: str) -> Iterator[Timing]:
    """The synchronous client of a stream."""
    import grpc

    request, response = payloads.read(name)
    sending: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    with grpc.insecure_channel(address, options=OPTIONS) as channel:
        call: Any = channel.stream_stream("/bench/Stream")  # without serializers it takes and gives bytes
        replies = call(iter(sending.get, None))
        sending.put(response)
        next(replies)

        def once() -> None:
            sending.put(request)
            next(replies)

        yield repeated(once)
        sending.put(None)


@contextlib.contextmanager
def unary(address: str, name: str) -> Iterator[Timing]:
    """The synchronous client of unary calls."""
    import grpc

    request, _ = payloads.read(name)
    with grpc.insecure_channel(address, options=OPTIONS) as channel:
        call: Any = channel.unary_unary(f"/bench/{name}")
        yield repeated(lambda: call(request))


@contextlib.contextmanager
def aio(address: str, name: str, *, inside: bool) -> Iterator[Timing]:
    """The asynchronous client of a stream."""
    import grpc

    request, response = payloads.read(name)
    loop = _loop()

    async def opened() -> tuple[Any, Any]:
        channel = grpc.aio.insecure_channel(address, options=OPTIONS)
        call: Any = channel.stream_stream("/bench/Stream")()
        await call.write(response)
        await call.read()
        return channel, call

    channel, call = loop.run_until_complete(opened())

    async def once() -> None:
        await call.write(request)
        await call.read()

    yield repeated_in(loop, once) if inside else repeated(lambda: loop.run_until_complete(once()))
    call.cancel()
    loop.run_until_complete(channel.close())


@functools.cache
def _loop() -> asyncio.AbstractEventLoop:
    """One for all cases, as grpc.aio wants it."""
    return asyncio.new_event_loop()


CLIENTS: dict[str, Callable[[str, str], contextlib.AbstractContextManager[Timing]]] = {
    "stream": stream,
    "unary": unary,
    "aio": lambda address, name: aio(address, name, inside=False),
    "aio-inside": lambda address, name: aio(address, name, inside=True),
}


def main() -> None:
    """Start the server, then answer the bench."""
    parser = argparse.ArgumentParser()
    parser.add_argument("client", choices=CLIENTS)
    parser.add_argument("--pin-server", action="store_true")
    options = parser.parse_args()
    pin = ["--pin"] if options.pin_server else []
    with python("bench.drivers.grpc_echo_server", str(payloads.FOLDER), *pin) as address:
        drive(lambda name: CLIENTS[options.client](address, name))


if __name__ == "__main__":
    main()
