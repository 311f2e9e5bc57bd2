"""Every fault is known everywhere: to the gRPC front, to the client, and to whoever reads the documentation."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from google.rpc import code_pb2

from stepwire import errors
from stepwire_bridge import faults
from stepwire_bridge.faults import Fault
from stepwire_service.fronts.status import CODES

ROOT = Path(__file__).parents[2]


def leaves(kind: type[Fault]) -> Iterator[type[Fault]]:
    """The faults that are raised, in the order of the module."""
    for subclass in kind.__subclasses__():
        yield from leaves(subclass)
    if not kind.__subclasses__():
        yield kind


FAULTS = [kind for kind in leaves(Fault) if kind.__module__ == faults.__name__]


def documented() -> dict[str, tuple[str, str]]:
    """Owner and status of each fault in the table of docs/architecture.md."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+(?:, \w+)*) \| (\w+)[^|]*\| ([A-Z_]+)", text, re.MULTILINE)
    return {name: (owner, code) for names, owner, code in rows for name in names.split(", ")}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_has_a_status_a_client_exception_and_a_row_in_the_documentation(fault: type[Fault]) -> None:
    code = code_pb2.Code.Name(CODES[fault])
    assert documented()[fault.__name__] == (fault.owner, code)
    reason = re.sub(r"(?<!^)(?=[A-Z])", "_", fault.__name__).upper()
    assert errors.BY_REASON[reason].__name__ == fault.__name__


def test_nothing_else_is_documented() -> None:
    assert set(documented()) == {fault.__name__ for fault in FAULTS}
