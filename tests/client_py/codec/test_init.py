import subprocess
import sys

import stepwire.codec


def test_every_name_is_there():
    for name in stepwire.codec.__all__:
        assert callable(getattr(stepwire.codec, name))


def test_the_codec_loads_no_grpc():
    code = "import stepwire.codec, sys; print([name for name in sys.modules if name.startswith('grpc')])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
