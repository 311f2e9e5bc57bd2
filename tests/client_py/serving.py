"""A server in a process of its own."""

SERVER = """
import sys
from stepwire_service import embedded
with embedded() as address:
    print(address, flush=True)
    sys.stdin.read()
"""
"""Python code that serves until its standard input ends, and prints its address first."""
