"""A TCP proxy that lets everything arrive later, as a long way would: nothing is lost, and nothing is slower.

    python -m bench.delay UPSTREAM SECONDS

SECONDS is the delay of each direction. A thread reads and stamps, another waits until the time has come and sends on,
which keeps it to within a fraction of a millisecond (an event loop's timers are rounded up to whole ones).
"""

import queue
import socket
import sys
import threading
from time import monotonic, sleep

CHUNK = 2**20


def serve(upstream: str, seconds: float) -> None:
    """Listen, say where, and forward until the process ends."""
    host, _, port = upstream.rpartition(":")
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(f"127.0.0.1:{server.getsockname()[1]}", flush=True)
        while True:
            near, _ = server.accept()
            far = socket.create_connection((host, int(port)))
            forward(near, far, seconds)
            forward(far, near, seconds)


def forward(source: socket.socket, target: socket.socket, seconds: float) -> None:
    """Carry one direction, on two threads."""
    source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    waiting: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(source, waiting, seconds), daemon=True).start()
    threading.Thread(target=_write, args=(target, waiting), daemon=True).start()


def _read(source: socket.socket, waiting: "queue.SimpleQueue[tuple[float, bytes]]", seconds: float) -> None:
    data = b"."
    while data:
        try:
            data = source.recv(CHUNK)
        except OSError:
            data = b""
        waiting.put((monotonic() + seconds, data))


def _write(target: socket.socket, waiting: "queue.SimpleQueue[tuple[float, bytes]]") -> None:
    while True:
        due, data = waiting.get()
        sleep(max(0.0, due - monotonic()))
        try:
            if not data:
                return target.shutdown(socket.SHUT_WR)
            target.sendall(data)
        except OSError:
            return None  # the other side is gone, and the connection with it


if __name__ == "__main__":
    serve(sys.argv[1], float(sys.argv[2]))
