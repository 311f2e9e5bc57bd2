"""For all tests of the service: logging that a command has set up in this process does not outlive its test."""

import logging
from collections.abc import Iterator

import pytest

from stepwire_service import logs


@pytest.fixture(autouse=True)
def _logging_put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in logs.OURS:
        logging.getLogger(name).setLevel(logging.NOTSET)
