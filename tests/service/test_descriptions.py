"""Descriptions are found and read here, and checked by the host's own tools in a real Node."""

import json
from pathlib import Path
from typing import Any

import pytest

from stepwire_service import descriptions
from stepwire_service.descriptions import BadDescription, Described, describe, node_options, read, source_of
from tests.service.games import DESCRIPTION, counter


def written(folder: Path, text: str, name: str = "stepwire.game.toml") -> Path:
    file = folder / name
    file.write_text(text)
    return file


# ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_means_the_first_description_in_it(tmp_path: Path) -> None:
    assert source_of(tmp_path) is None
    for name in reversed(descriptions.USUAL_NAMES):
        written(tmp_path, "", name)
        assert source_of(tmp_path) == tmp_path / name


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("a.toml", True), ("a.json", True), ("stepwire.game.mjs", True), ("a.game.js", True), ("game.mjs", False)],
)
def test_a_file_is_a_description_by_its_name(name: str, is_one: bool, tmp_path: Path) -> None:
    file = written(tmp_path, "", name)
    assert source_of(file) == (file if is_one else None)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_toml_comes_as_what_json_can_say(tmp_path: Path) -> None:
    table = read(
        written(
            tmp_path,
            "[time]\nstart = 2024-01-01T00:00:00Z\n[observation]\nspace = { low = -inf, high = [inf, 1.5] }\nok = true",
        )
    )
    assert table == {
        "time": {"start": "2024-01-01T00:00:00+00:00"},
        "observation": {"space": {"low": None, "high": [None, 1.5]}, "ok": True},
    }


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ('name = "a\n', "stepwire.game.toml", r"stepwire\.game\.toml: is not TOML: .*line 1"),
        ("{", "stepwire.game.json", r"stepwire\.game\.json: is not JSON: .*line 1"),
        ("[]", "stepwire.game.json", "is not a table of fields"),
    ],
)
def test_what_cannot_be_read_is_one_line_with_file_and_place(
    text: str, name: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(BadDescription, match=message) as raised:
        read(written(tmp_path, text, name))
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadDescription, match="cannot be read: No such file"):
        read(tmp_path / "missing.toml")


def test_code_is_left_to_node(tmp_path: Path) -> None:
    assert read(written(tmp_path, "export default {}", "stepwire.game.mjs")) is None


# ── describing ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_game_is_described_with_all_defaults(tmp_path: Path) -> None:
    described = describe(counter(tmp_path / "toy"), trusted=False)
    assert described.name == "counter"
    assert described.root == tmp_path / "toy"
    assert described.source == tmp_path / "toy" / "stepwire.game.toml"
    assert json.loads(described.given or "")["observation"]["space"]["high"] is None
    assert described.fields["limits"]["memory_mb"] == 1024
    assert described.declaration("toy") is None


@pytest.mark.parametrize(
    ("name", "text"), [("apart.json", json.dumps), ("stepwire.game.mjs", "export default {}".format)]
)
def test_a_description_may_lie_apart_from_its_game(name: str, text: Any, tmp_path: Path) -> None:
    counter(tmp_path / "toy")
    table = read(tmp_path / "toy" / "stepwire.game.toml") or {}
    table["root"] = "../toy"
    (tmp_path / "apart").mkdir()
    said = json.dumps(table) if name.endswith("json") else f"export default {json.dumps(table)}"
    described = describe(written(tmp_path / "apart", said, name), trusted=True)
    assert (described.root, described.given) == (tmp_path / "toy", None)


def test_a_folder_without_description_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(BadDescription, match="stepwire host --init"):
        describe(tmp_path, trusted=True)


def test_all_problems_are_told_in_one_line(tmp_path: Path) -> None:
    folder = counter(tmp_path, description="nmae = 1\n" + DESCRIPTION.replace("frame_skip = 1", "frame_skip = 0"))
    with pytest.raises(BadDescription) as raised:
        describe(folder, trusted=True)
    text = str(raised.value)
    assert "nmae" in text and "frame_skip" in text and "stepwire.game.toml" in text
    assert "\n" not in text


HOSTILE = """
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
const refused = [];
for (const work of [() => readFileSync('%s'), () => spawnSync('true')]) {
  try { work(); } catch (error) { refused.push(error.code); }
}
if (refused.length < 2) throw new Error('it is let do what it likes');
export default %s;
"""


def test_code_that_a_client_names_reads_nothing_else_and_starts_nothing(tmp_path: Path) -> None:
    folder = counter(tmp_path / "toy")
    table = json.dumps(read(folder / "stepwire.game.toml"))
    (folder / "stepwire.game.toml").unlink()
    secret = written(tmp_path, "", "secret")
    written(folder, HOSTILE % (secret, table), "stepwire.game.mjs")
    assert describe(folder, trusted=False).name == "counter"


# ── Node's options ───────────────────────────────────────────────────────────────────────────────────────────────────


def described(**fields: Any) -> Described:
    return Described(Path("/about/toy.toml"), Path("/games/toy"), (Path("/lib/phaser.js"),), None, fields)


def test_a_game_may_read_its_own_files_and_do_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPWIRE_NODE_MODULES", "/optional")
    options = node_options(described(limits={"memory_mb": 200}))
    allowed = [option.partition("=")[2] for option in options if option.startswith("--allow-fs-read=")]
    assert allowed == [str(descriptions.js_client()), "/games/toy", "/about", "/lib/phaser.js", "/optional"]
    assert "--permission" in options and "--max-old-space-size=200" in options
    assert not [option for option in options if option.startswith("--allow") and "fs-read" not in option]


def test_a_real_canvas_is_compiled_code() -> None:
    assert "--allow-addons" in node_options(described(screen={"canvas": "real"}))


def test_a_browser_confines_its_game_itself() -> None:
    assert "--permission" not in node_options(described(driver="chromium"))
