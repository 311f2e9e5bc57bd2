"""A bare gRPC server, for the tests of calls."""

from collections.abc import Iterator
from concurrent import futures
from typing import Any

import grpc
import pytest


class Echo(grpc.GenericRpcHandler):
    """Gives every message back; "end", "fail" and "silence" do what they say."""

    def service(self, handler_call_details: Any) -> Any:
        return grpc.stream_stream_rpc_method_handler(self._answer)

    def _answer(self, requests: Iterator[bytes], context: grpc.ServicerContext) -> Iterator[bytes]:
        for request in requests:
            match request:
                case b"end":
                    return
                case b"fail":
                    context.set_trailing_metadata((("why-bin", b"\0because"),))
                    context.abort(grpc.StatusCode.NOT_FOUND, "nothing here")
                case b"metadata":
                    yield dict(context.invocation_metadata())["said"].encode()
                case b"silence":
                    pass
                case _:
                    yield request


@pytest.fixture(scope="module")
def echo() -> Iterator[str]:
    unlimited = [("grpc.max_receive_message_length", -1)]
    server = grpc.server(futures.ThreadPoolExecutor(20), handlers=(Echo(),), options=unlimited)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"127.0.0.1:{port}"
    server.stop(None)
