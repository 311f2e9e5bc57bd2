"""A process that floods the games port until its input ends: each connection says hello and then does not stop talking.

    python tests/e2e/flood.py ws://… KIND

KIND is `small` (messages that nobody asked for), `large` (the same, near the largest size) or `hellos` (nothing but new
connections). It says when it begins, and at its end how often the bridge has hung up.
"""

import json
import sys
import threading

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

DISCRETE = {"type": "Discrete", "n": 2}
HELLO = {"type": "hello", "protocol": 1, "name": "flood", "observation_space": DISCRETE, "action_space": DISCRETE}
LARGE = {"type": "state", "id": 1, "instances": [0], "observations": [1] * 20_000}
MESSAGES = {"small": '{"type": "pong"}', "large": json.dumps(LARGE), "hellos": ""}


def main(url: str, kind: str) -> None:
    stop, hung_up = threading.Event(), 0
    threading.Thread(target=lambda: (sys.stdin.read(), stop.set()), daemon=True).start()
    say("flooding")
    while not stop.is_set():
        try:
            flood(url, MESSAGES[kind])
        except ConnectionClosed:
            hung_up += 1
    say(str(hung_up))


def flood(url: str, message: str) -> None:
    """One connection, until the bridge has hung up."""
    with connect(url, subprotocols=["stepwire.v1"], compression=None, close_timeout=0.1) as connection:  # type: ignore[list-item]
        connection.send(json.dumps(HELLO))
        while message:
            connection.send(message)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
