"""docker-compose.yml brought up as a project of its own, beside whatever else runs on the machine."""

import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
READ_STATUS = "import urllib.request as u; print(u.urlopen('http://127.0.0.1:8080/status').read().decode())"


@dataclass(frozen=True, slots=True)
class Stack:
    """One compose project, named so that two runs at one time keep apart."""

    project: str

    def compose(self, *arguments: str, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run docker-compose, 2 or 1; the output carries what went wrong."""
        plugin = subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0
        command = ["docker", "compose"] if plugin else ["docker-compose"]
        # The host's network serves where containers have no road to a package registry, and does no harm elsewhere.
        variables = {"STEPWIRE_BUILD_NETWORK": "host", **os.environ, **environment}
        return run([*command, "--project-name", self.project, *arguments], check=check, env=variables)

    def containers(self, service: str) -> list[str]:
        """Give the ids of a service's containers, stopped ones included."""
        labels = (f"label=com.docker.compose.project={self.project}", f"label=com.docker.compose.service={service}")
        listed = docker("ps", "--all", "--quiet", *(word for label in labels for word in ("--filter", label)))
        return listed.split()

    def left_over(self) -> str:
        """Give what is left of the project's containers and networks; empty after it was taken down."""
        label = f"label=com.docker.compose.project={self.project}"
        return docker("ps", "--all", "--quiet", "--filter", label) + docker("network", "ls", "-q", "--filter", label)


def run(command: list[str], *, check: bool = True, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command; one that fails shows what it printed."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    assert not check or done.returncode == 0, f"{' '.join(command)} gave {done.returncode}:\n{done.stdout[-5000:]}"
    return done


def docker(*arguments: str) -> str:
    """Give what a docker command printed."""
    return run(["docker", *arguments]).stdout


def status(container: str) -> dict[str, Any]:
    """Give what a server says of itself on its web port."""
    return dict(json.loads(docker("exec", container, "python", "-c", READ_STATUS)))


def sessions(container: str) -> int:
    """Give how many sessions a server holds now."""
    return int(status(container)["sessions"])


def exit_code(container: str) -> int | None:
    """Give the exit code of a container, or None while it runs."""
    state = json.loads(docker("inspect", "--format", "{{json .State}}", container))
    return None if state["Running"] else int(state["ExitCode"])


def wait_until(condition: Callable[[], bool], what: str, *, seconds: float, told: Callable[[], str] = str) -> None:
    """Ask until something is so; when it does not come, fail with what there is to tell."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}\n{told()}"
        time.sleep(0.5)
