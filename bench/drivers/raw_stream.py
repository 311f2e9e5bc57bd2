"""Half of stepwire at a time: a stream as the client opens it, with nothing of the client above it.

    python -m bench.drivers.raw_stream echo [--pin-server]      against the bare echo: what the stream costs
    python -m bench.drivers.raw_stream serve [FLAGS …]          against the real server, with these flags

A case is the name of a payload for the echo (bench/payloads.py), ENV_ID×N for the server. Responses are not parsed.
"""

import contextlib
import itertools
import sys
from collections.abc import Iterator

import grpc

from bench import payloads
from bench.drivers.driving import Timing, drive, repeated
from bench.drivers.serving import python
from bench.drivers.stepwire_server import stepwire_server
from stepwire.connection.calls import open_call
from stepwire.v1.env_service_pb2 import ResetRequest, StepStreamRequest, StepStreamResponse

UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
CONTRACT = (("stepwire-contract", "1"),)


@contextlib.contextmanager
def echoed(address: str, name: str) -> Iterator[Timing]:
    """A payload there and back."""
    request, response = payloads.read(name)
    with grpc.insecure_channel(address, options=UNLIMITED) as channel:
        call = open_call(channel, "/bench/Stream", ())
        call.send(response)
        call.receive()

        def once() -> None:
            call.send(request)
            call.receive()

        yield repeated(once)
        call.close()


@contextlib.contextmanager
def stepped(address: str, case: str) -> Iterator[Timing]:
    """Steps of a session, as bytes; a single environment must not end its episode."""
    env_id, _, count = case.rpartition("×")
    with grpc.insecure_channel(address, options=UNLIMITED) as channel:
        call = open_call(channel, "/stepwire.v1.EnvService/StepStream", CONTRACT)

        def ask(request: StepStreamRequest) -> bytes:
            call.send(request.SerializeToString())
            return call.receive()

        made = StepStreamResponse.FromString(
            ask(StepStreamRequest(make=payloads.make_request(env_id, int(count))))
        ).make
        ask(StepStreamRequest(number=1, reset=ResetRequest()))
        steps = itertools.cycle(payloads.random_steps(made.spaces, int(count)))
        numbers = itertools.count(2)

        def once() -> None:
            number = next(numbers)
            ask(StepStreamRequest(number=number, acked=number - 1, step=next(steps)))

        yield repeated(once)
        call.close()


def main(kind: str, *flags: str) -> None:
    """Start the server, then answer the bench."""
    if kind == "echo":
        pin = ["--pin"] if "--pin-server" in flags else []
        with python("bench.drivers.grpc_echo_server", str(payloads.FOLDER), *pin) as address:
            drive(lambda name: echoed(address, name))
    else:
        with stepwire_server(*flags) as (address, _):
            drive(lambda case: stepped(address, case))


if __name__ == "__main__":
    main(*sys.argv[1:])
