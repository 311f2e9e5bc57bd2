"""Checks that every source file with behaviour has its test file, in the mirrored place.

    service/stepwire_service/fronts/rpc.py   ->  tests/service/fronts/test_rpc.py
    js_client/src/transports/wechat.js       ->  tests/js_client/transports/wechat.test.js
    js_client/examples/plane/js/main.js      ->  tests/js_client/host/games/plane.test.js (a whole game is played)

A file has behaviour when a function in it has a body: constants, records and interfaces need no test of their own.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent

ROOMS = {
    "client_py/stepwire": "tests/client_py",
    "client_py/examples": "tests/client_py/examples",
    "service/stepwire_service": "tests/service",
    "bridge/stepwire_bridge": "tests/bridge",
    "tools": "tests/tools",
    "js_client/src": "tests/js_client",
    "js_client/agent": "tests/js_client/agent",
    "js_client/compat": "tests/js_client/compat",
    "js_client/host": "tests/js_client/host",
    "js_client/examples": "tests/js_client/examples",
}
"""Where the tests of a folder lie. The generated `stepwire/v1` is nobody's to test."""

EXCEPTIONS: dict[str, str] = {
    "js_client/examples/snake/page.js": "tests/js_client/browser/snake.test.js",
    "js_client/examples/lander/page.js": "tests/js_client/browser/lander.test.js",
    "js_client/examples/shared/page.js": "tests/js_client/browser/snake.test.js",
    "js_client/host/chromium/browser.js": "tests/js_client/browser/verify.test.js",
    "js_client/host/chromium/game.js": "tests/js_client/browser/verify.test.js",
    "js_client/host/chromium/page.js": "tests/js_client/browser/verify.test.js",
    "js_client/host/commands/verify.js": "tests/js_client/browser/verify.test.js",
    "js_client/host/realm/entries/chromium.js": "tests/js_client/browser/verify.test.js",
    "js_client/host/realm/real-page.js": "tests/js_client/browser/verify.test.js",
    "js_client/host/verify.js": "tests/js_client/browser/verify.test.js",
}
"""Files with behaviour that have no test file of their own, each with where they are tested instead."""

PLAYED: dict[str, str] = {
    f"js_client/examples/{name}": f"tests/js_client/host/games/{name}.test.js"
    for name in ("dodge", "lights", "merge", "phaser-stars", "plane", "tetris-js")
}
"""Whole games that know nothing of stepwire, each with the test that plays it instead of a test for each file."""


def main() -> int:
    """Print what is missing; give the exit code."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py", "*.js"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    complaints = [*missing_tests(listed), *idle_exceptions()]
    print("\n".join(complaints))
    return 1 if complaints else 0


def missing_tests(sources: list[str]) -> Iterator[str]:
    """Give a line for every source file with behaviour that has no test file."""
    for source in sources:
        test = test_of(PurePosixPath(source))
        if test is None or source in EXCEPTIONS or (ROOT / test).exists() or not (ROOT / source).exists():
            continue
        if has_behaviour(source, (ROOT / source).read_text()):
            yield f"{source} has no {test}"


def idle_exceptions() -> Iterator[str]:
    """Give a line for every exception that excuses nothing any more."""
    for source in EXCEPTIONS:
        test = test_of(PurePosixPath(source))
        if not (ROOT / source).exists() or (test is not None and (ROOT / test).exists()):
            yield f"{source} needs no exception in tools/mirror.py any more"


def test_of(source: PurePosixPath) -> PurePosixPath | None:
    """Give the place of a source file's test file, or None for a file that is in no room."""
    played = next((test for game, test in PLAYED.items() if source.is_relative_to(game)), None)
    if played is not None:
        return PurePosixPath(played)
    room = next((room for room in ROOMS if source.is_relative_to(room)), None)
    if room is None or "v1" in source.parts:
        return None
    name = f"{source.stem}.test.js" if source.suffix == ".js" else f"test_{source.stem.strip('_')}.py"
    return ROOMS[room] / source.relative_to(room).with_name(name)


def has_behaviour(name: str, text: str) -> bool:
    """Tell whether a function in the file has a body."""
    if name.endswith(".js"):
        return bool(re.search(r"\bfunction\b|=>|\bclass\b", re.sub(r"/\*.*?\*/|//.*", "", text, flags=re.DOTALL)))
    return any(map(has_body, ast.walk(ast.parse(text))))


def has_body(node: ast.AST) -> bool:
    """Tell whether a node is a function that does something: more than a docstring and `...`."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return not all(isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant) for line in node.body)


if __name__ == "__main__":
    sys.exit(main())
