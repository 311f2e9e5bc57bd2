"""The code in README.md and in the guide for games, taken from the pages and run."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import stepwire
from stepwire_service import embedded

ROOT = Path(__file__).parents[2]
SERVING = re.compile(r"^serve\(.*\n", re.MULTILINE)
"""The last line of a game that connects by itself; one that the server starts leaves it out, as the guide says."""


def code(page: str, language: str) -> str:
    """The first block of code in that language."""
    found = re.search(rf"```{language}\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
    assert found, f"{page} shows no {language}"
    return found[1]


@pytest.fixture(scope="module", params=["README.md", "docs/bring-your-own-game.md"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the bundled snakes, and with the page's own game."""
    game = tmp_path_factory.mktemp("game") / "guess.js"
    game.write_text(SERVING.sub("", code(request.param, "js")))
    with embedded(games=("snake=16", f"{game}=2")) as address:
        yield address


def test_the_trainer_runs(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(code("README.md", "python").replace("localhost:50051", address), {})

    assert capsys.readouterr().out.startswith("16,000 env steps in 1,000 messages, score -")


def test_the_page_for_users_of_gymnasium_runs() -> None:
    made, ahead, vectorised, local = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs/gymnasium.md").read_text(), re.DOTALL
    )
    found: dict[str, Any] = {}
    with embedded(games=("snake=16",)) as address:
        exec(made.replace("localhost:50051", address), found)
        with found["env"] as env:
            assert env.reset(seed=1)[1]["length"] == 3
        observations, _ = found["envs"].reset(seed=1)
        found["envs"].close()
        exec(ahead.replace("localhost:50051", address), {})
        exec(vectorised.replace("localhost:50051", address), found)
        found["envs"].close()
    exec(local, {})

    assert observations.shape == (16, 3, 10, 10)


def test_the_game_is_won_by_who_follows_its_hints(address: str) -> None:
    with stepwire.RemoteEnv("game:guess", address) as env:
        env.reset(seed=3)
        low, high, tries = 0, 9, 0
        while low <= high and tries < 5:
            guess, tries = (low + high) // 2, tries + 1
            hint, reward, terminated, _, _ = env.step(guess)
            if terminated:
                break
            low, high = (guess + 1, high) if hint[0] > 0 else (low, guess - 1)

        assert terminated
        assert reward == 1


@pytest.mark.parametrize("language", ["python", "js"])
def test_a_trainer_and_a_game_have_at_most_twelve_lines(language: str) -> None:
    assert len(code("README.md", language).splitlines()) <= 12
