"""What an error has to be for whoever meets it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def says(kind: type[Exception], *words: str) -> Iterator[None]:
    """One error of that class, whose message has all these words and no line break."""
    with pytest.raises(kind) as caught:
        yield
    assert type(caught.value) is kind
    message = str(caught.value)
    assert not [word for word in words if word not in message], message
    assert "\n" not in message and "Traceback" not in message
