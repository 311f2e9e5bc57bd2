"""What holds for all tests."""

import signal

# A shell that starts tests in the background has them ignore Ctrl-C, and so all that they start; some tests press it.
signal.signal(signal.SIGINT, signal.default_int_handler)
