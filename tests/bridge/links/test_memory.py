"""Two ends inside one process behave as a socket's do."""

import pytest

from stepwire_bridge.links import LinkClosed
from stepwire_bridge.links.memory import pair


async def test_what_one_end_sends_the_other_receives_in_order() -> None:
    ours, theirs = pair()
    ours.send("one")
    ours.send(b"two")
    assert [await theirs.receive(), await theirs.receive()] == ["one", b"two"]


async def test_after_the_close_what_came_before_is_still_received() -> None:
    ours, theirs = pair()
    ours.send("last")
    await ours.close(1000, "done")
    await ours.close(1000, "done")
    assert await theirs.receive() == "last"
    for _ in range(2):
        with pytest.raises(LinkClosed, match="1000: done"):
            await theirs.receive()
    with pytest.raises(LinkClosed):
        theirs.send("late")
    with pytest.raises(LinkClosed):
        await ours.receive()
