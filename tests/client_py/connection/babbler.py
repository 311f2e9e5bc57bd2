"""A server that lets everybody make a session, and answers everything else with the same bytes."""

from collections.abc import Iterator
from concurrent import futures
from contextlib import contextmanager
from typing import Any

import grpc

from stepwire.v1.env_service_pb2 import MakeResponse, StepStreamResponse


@contextmanager
def babbler(answer: bytes) -> Iterator[str]:
    """One that answers so; gives its address."""
    server = grpc.server(futures.ThreadPoolExecutor(4), handlers=(_Babbler(answer),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(None).wait()


class _Babbler(grpc.GenericRpcHandler):
    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def service(self, handler_call_details: Any) -> Any:
        if handler_call_details.method.endswith("StepStream"):
            return grpc.stream_stream_rpc_method_handler(self._stream)
        made = handler_call_details.method.endswith("Make")
        answer = MakeResponse().SerializeToString() if made else self._answer
        return grpc.unary_unary_rpc_method_handler(lambda request, context: answer)

    def _stream(self, requests: Iterator[bytes], context: grpc.ServicerContext) -> Iterator[bytes]:
        next(requests)
        yield StepStreamResponse(make=MakeResponse()).SerializeToString()
        for _ in requests:
            yield self._answer
