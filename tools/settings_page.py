"""Writes docs/settings.md from the settings themselves. With --check it only says whether the page is current.

Knows the layout of the page; does not know any setting.
"""

import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

from stepwire_service.settings import Settings, descriptions, expected, flag, kinds, variable

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"

INTRODUCTION = """\
# Settings

<!-- Written by tools/settings_page.py from the docstring of stepwire_service.settings.Settings: change it there. -->

A flag of `stepwire serve` wins over a variable of the environment, which wins over a TOML file, which wins over the
default. The file is the one that `--config` names, else the one in `STEPWIRE_CONFIG`, else `stepwire.toml` in the
working directory if it is there. `stepwire serve --print-config` prints the outcome as such a file, with a comment on
each line that says where the value came from.

```toml
# stepwire.toml
address = "127.0.0.1:50051"
games = ["snake=16"]
step_deadline = 5.0
```

Times are in seconds, sizes in bytes. A list is written with commas in the environment
(`STEPWIRE_GAMES=snake=16,lander=4`) and by repeating its flag (`--games snake=16 --games lander=4`). Relative paths
start at the working directory. A key that does not exist, a value of the wrong kind or one out of range is refused in
one line that names the flag, the variable or the file; the exit code is 2.

`STEPWIRE_ADDRESS` tells the server where to listen and clients where to dial. `embedded(games=["snake=4"])` takes these
settings as keyword arguments and reads neither environment nor file.

"""


def page() -> str:
    """The whole page as Markdown."""
    rows = [_row(name, getattr(Settings(), name)) for name in (field.name for field in fields(Settings))]
    return INTRODUCTION + "\n".join(
        ["| setting | flag and variable | value | default | what it does |", "|---|---|---|---|---|", *rows, ""]
    )


def _row(name: str, default: Any) -> str:
    cells = (
        f"`{name}`",
        f"`{flag(name)}` `{variable(name)}`",
        expected(kinds()[name]),
        _default(default),
        descriptions()[name],
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(value: Any) -> str:
    match value:
        case None:
            return "none"
        case tuple():
            return ", ".join(f"`{item}`" for item in value) or "empty"
        case int() if value >= 2**20 and value % 2**20 == 0:
            return f"{value} ({value // 2**20} MiB)"
        case bool():
            return str(value).lower()
        case "":
            return "empty"
        case str():
            return f"`{value}`"
    return f"{value:g}"


def main(arguments: list[str]) -> int:
    """Write the page, or compare it. Returns the exit code."""
    if arguments != ["--check"]:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    print("docs/settings.md is not current: run python tools/settings_page.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
