"""The server processes of a run: stepwire as users start it, and a bare gRPC echo. Prints its address, stops on EOF."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc

import stepwire_service

GAMES = Path(__file__).parent / "games"


def stepwire() -> None:
    """The whole service with 150 snakes: rows hold their leases side by side."""
    with stepwire_service.embedded(games=("snake=150",), log_level="WARNING") as address:
        print(address, flush=True)
        sys.stdin.read()


def timed() -> None:
    """The whole service with the 16 games of bench.asynchronous."""
    games = f"{GAMES / 'quick.js'}=15", f"{GAMES / 'slow.js'}=1"
    with stepwire_service.embedded(games=games, log_level="WARNING") as address:
        print(address, flush=True)
        sys.stdin.read()


class Echo(grpc.GenericRpcHandler):
    """Answers every message of a stream with the stream's first one."""

    def service(self, handler_call_details: Any) -> "grpc.RpcMethodHandler[bytes, bytes]":
        """Every method is the same."""
        return grpc.stream_stream_rpc_method_handler(self.answer)

    async def answer(self, requests: AsyncIterator[bytes], context: Any) -> AsyncIterator[bytes]:
        """Bytes in, bytes out: nothing is parsed."""
        response: bytes | None = None
        async for request in requests:
            response = request if response is None else response
            yield response


async def echo() -> None:
    """The bare echo, on the same kind of server that stepwire uses."""
    server = grpc.aio.server(options=[("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)])
    server.add_generic_rpc_handlers((Echo(),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    print(f"127.0.0.1:{port}", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await server.stop(None)


if __name__ == "__main__":
    match sys.argv[1]:
        case "stepwire":
            stepwire()
        case "timed":
            timed()
        case "echo":
            asyncio.run(echo())
