from pathlib import PurePosixPath

import pytest

from tools import mirror


@pytest.mark.parametrize(
    ("source", "test"),
    [
        ("client_py/stepwire/env.py", "tests/client_py/test_env.py"),
        ("client_py/stepwire/codec/tensors.py", "tests/client_py/codec/test_tensors.py"),
        ("service/stepwire_service/fronts/rpc.py", "tests/service/fronts/test_rpc.py"),
        ("js_client/src/transports/wechat.js", "tests/js_client/transports/wechat.test.js"),
        ("js_client/examples/plane/js/main.js", "tests/js_client/host/games/plane.test.js"),
        ("js_client/examples/snake/rules.js", "tests/js_client/examples/snake/rules.test.js"),
        ("tools/mirror.py", "tests/tools/test_mirror.py"),
        ("service/stepwire_service/__main__.py", "tests/service/test_main.py"),
    ],
)
def test_a_source_file_has_its_test_file_in_the_mirrored_place(source: str, test: str) -> None:
    assert mirror.test_of(PurePosixPath(source)) == PurePosixPath(test)


@pytest.mark.parametrize("source", ["client_py/stepwire/v1/value_pb2.py", "tests/tools/test_mirror.py", "README.md"])
def test_generated_files_and_files_outside_the_rooms_need_none(source: str) -> None:
    assert mirror.test_of(PurePosixPath(source)) is None


@pytest.mark.parametrize(
    ("name", "text", "behaves"),
    [
        ("records.py", "class Point:\n    x: int\nLIMIT = 3\n", False),
        (
            "interface.py",
            'class Backend(Protocol):\n    def close(self) -> None:\n        """Close."""\n        ...\n',
            False,
        ),
        ("function.py", "def double(x):\n    return 2 * x\n", True),
        ("method.py", "class Counter:\n    async def next(self):\n        self.n += 1\n", True),
        ("constants.js", "// function of a game\n/* class */ export const LIMIT = 3;\n", False),
        ("exports.js", 'export { serve } from "./serve.js";\n', False),
        ("arrow.js", "export const double = (x) => 2 * x;\n", True),
        ("function.js", "export function double(x) { return 2 * x; }\n", True),
    ],
)
def test_behaviour_is_a_function_with_a_body(name: str, text: str, behaves: bool) -> None:
    assert mirror.has_behaviour(name, text) is behaves


def test_a_source_file_without_its_test_file_is_named(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirror, "ROOT", tmp_path)
    for name in ("tools/tested.py", "tools/untested.py", "tests/tools/test_tested.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("def f():\n    return 1\n")
    missing = list(mirror.missing_tests(["tools/tested.py", "tools/untested.py"]))
    assert missing == ["tools/untested.py has no tests/tools/test_untested.py"]


def test_an_exception_that_excuses_nothing_is_named(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirror, "ROOT", tmp_path)
    monkeypatch.setattr(mirror, "EXCEPTIONS", {"tools/gone.py": "was tested elsewhere"})
    assert list(mirror.idle_exceptions()) == ["tools/gone.py needs no exception in tools/mirror.py any more"]


def test_every_game_that_is_played_is_there_with_its_test() -> None:
    missing = [path for pair in mirror.PLAYED.items() for path in pair if not (mirror.ROOT / path).exists()]
    assert missing == []
