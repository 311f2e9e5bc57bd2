import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("chosen", "used"),
    [(None, "-event_engine_client,-event_engine_listener"), ("", ""), ("tcp_frame_size", "tcp_frame_size")],
)
def test_grpcs_experiments_are_set_where_the_user_has_not_chosen(chosen: str | None, used: str) -> None:
    code = "import os, stepwire_service.fronts.rpc; print(os.environ['GRPC_EXPERIMENTS'])"
    environment = {name: value for name, value in os.environ.items() if name != "GRPC_EXPERIMENTS"}
    environment |= {} if chosen is None else {"GRPC_EXPERIMENTS": chosen}

    assert subprocess.check_output([sys.executable, "-c", code], env=environment, text=True).strip() == used
