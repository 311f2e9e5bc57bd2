"""Checks that relative links in Markdown files lead to files, and to headings that exist.

Links to other sites are left alone: a check that needs the network fails for reasons that are not ours.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+\s+(.+?)\s*#*$", re.MULTILINE)


def main() -> int:
    """Print every link that leads nowhere; give the exit code."""
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    broken = [line for name in listed.stdout.split() for line in broken_links(ROOT / name)]
    print("\n".join(broken))
    return 1 if broken else 0


def broken_links(document: Path) -> Iterator[str]:
    """Give a line for every link of a document that leads nowhere; none for a document that is gone."""
    text = CODE.sub("", document.read_text()) if document.is_file() else ""
    for target in LINK.findall(text):
        if not re.match(r"[a-z]+:", target) and not leads_somewhere(document, target):
            yield f"{document.relative_to(ROOT) if document.is_relative_to(ROOT) else document}: {target}"


def leads_somewhere(document: Path, target: str) -> bool:
    """Tell whether a relative link, `path`, `path#heading` or `#heading`, names a file and a heading in it."""
    name, _, anchor = target.partition("#")
    path = (document.parent / name).resolve() if name else document
    if not path.exists():
        return False
    return not anchor or path.suffix != ".md" or anchor in anchors(path.read_text())


def anchors(text: str) -> set[str]:
    """Give the anchors of a document's headings, as GitHub makes them."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in plain}


if __name__ == "__main__":
    sys.exit(main())
