"""`stepwire version`: what is installed, in a form that a bug report can use."""

import platform
from importlib.metadata import version as installed

import typer

import stepwire
from stepwire_service.cli import console

STANDS_ON = ("gymnasium", "numpy", "grpcio", "protobuf", "websockets")


def version() -> None:
    """Say which versions are installed.

    With those of Python and of what stepwire stands on, for a bug report.

    For example:

        stepwire version
    """
    lines = [f"stepwire {stepwire.__version__}", *(f"{name} {installed(name)}" for name in STANDS_ON)]
    console.out().print("\n".join([*lines, f"python {platform.python_version()} on {platform.system()}"]))


def print_version(wanted: bool) -> None:
    """The callback of `--version`: one line."""
    if wanted:
        console.out().print(f"stepwire {stepwire.__version__}")
        raise typer.Exit()
