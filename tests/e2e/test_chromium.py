"""Games in Chromium through the whole road, and the comparison with it, as a user calls them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import stepwire
from stepwire_service import assets, embedded

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.fixture
def dodge(tmp_path: Path) -> Path:
    """The example game, as one that needs a browser."""
    folder = tmp_path / "dodge"
    shutil.copytree(assets.path("js_client/examples/dodge"), folder)
    description = folder / "stepwire.game.toml"
    description.write_text(description.read_text().replace('kind = "browser"', 'kind = "browser"\ndriver = "chromium"'))
    return folder


def test_a_game_that_needs_a_browser_is_an_environment_like_any_other(dodge: Path) -> None:
    with embedded(games=(f"{dodge}=2",)) as address:
        envs = stepwire.RemoteVectorEnv("game:dodge", num_envs=2, address=address)
        first, _ = envs.reset(seed=[3, 4])
        episode = [envs.step([1, 2])[0] for _ in range(5)]
        again, _ = envs.reset(seed=[3, 4])
        assert (again == first).all()
        assert all((envs.step([1, 2])[0] == seen).all() for seen in episode)
        assert (first[0] != episode[-1][0]).any()
        envs.close()


def test_the_command_line_compares_a_game_with_chromium() -> None:
    lights = str(assets.path("js_client/examples/lights"))
    command = [sys.executable, "-m", "stepwire_service", "host", "--verify", lights, "--steps", "40", "--seed", "2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "equal      lights, seed 2: 40 frames in 1 episode\n")
