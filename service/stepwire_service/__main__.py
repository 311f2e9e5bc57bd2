"""`stepwire` and `python -m stepwire_service`: starts the command line, or says what to install for it.

The light client comes with this command too, but without what it needs; so nothing is imported here before that has
been looked for.
"""

import importlib.util
import sys

NEEDED = ("grpc_health", "grpc_reflection", "msgspec", "PIL", "rich", "typer", "websockets")
"""The modules of the extra `server` that are imported; `tests/service/test_main.py` compares it with pyproject.toml."""


def main() -> int:
    """Run the command line. Returns the exit code."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        sys.stderr.write(
            "stepwire: this is the light client, without a server and its commands "
            f"(missing: {', '.join(missing)}). Install them: pip install 'stepwire[server]'\n"
        )
        return 2
    from stepwire_service.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
