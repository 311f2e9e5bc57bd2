"""What a session that does nothing costs: a thousand of them on one server, in memory on both ends.

    python -m bench.idle [SESSIONS]

Each is a RemoteEnv on a no-op environment, reset, and at the end stepped once, to see that it still lives. It is done
twice: with each environment in a thread of its own, and with all of them on the server's event loop. Prints JSON: how
many failed, and by how many KB each made server and client grow (resident memory, after some sessions to warm up).
"""

import contextlib
import json
import os
import sys
from pathlib import Path

import stepwire
from bench.drivers.stepwire_server import stepwire_server
from bench.rows import NOOP

SESSIONS = 1000
WARM_UP = 20


def main(count: int) -> dict[str, float]:
    """Both servers, one after the other."""
    threads, inline = sessions(count), sessions(count, "--inline", NOOP)
    return {
        "sessions": count,
        "failed": threads["failed"] + inline["failed"],
        "server_kb": threads["server_kb"],
        "inline_server_kb": inline["server_kb"],
        "client_kb": threads["client_kb"],
    }


def sessions(count: int, *flags: str) -> dict[str, float]:
    """Open the sessions on a server with these flags, look at both processes, step each."""
    with stepwire_server(*flags) as (address, server), contextlib.ExitStack() as stack:

        def opened() -> stepwire.RemoteEnv:
            env = stack.enter_context(contextlib.closing(stepwire.RemoteEnv(NOOP, address)))
            env.reset(seed=0)
            env.step(0)
            return env

        for _ in range(WARM_UP):
            opened()
        before = resident_kb(server.pid), resident_kb(os.getpid())
        envs = [opened() for _ in range(count)]
        after = resident_kb(server.pid), resident_kb(os.getpid())
        failed = sum(not _steps(env) for env in envs)
    grown = [(late - early) / count for early, late in zip(before, after, strict=True)]
    return {"failed": failed, "server_kb": round(grown[0], 1), "client_kb": round(grown[1], 1)}


def _steps(env: stepwire.RemoteEnv) -> bool:
    try:
        env.step(0)
    except stepwire.StepwireError:
        return False
    return True


def resident_kb(pid: int) -> int:
    """The resident memory of a process, as Linux counts it."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]) if sys.argv[1:] else SESSIONS)))
