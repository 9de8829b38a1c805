from __future__ import annotations

import subprocess
import sys

BLOCKED = """
import socket, sys, runpy

def refuse(*args, **kwargs):
    raise AssertionError(f"network used: {args}")

socket.socket.connect = refuse
socket.socket.connect_ex = refuse
socket.getaddrinfo = refuse
socket.create_connection = refuse
sys.argv = ["chatbot", "ask", "--json", "Is LDN approved by the FDA for cancer?"]
runpy.run_module("chatbot", run_name="__main__")
"""


def test_the_chain_runs_without_a_network() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert '"kind": "quotes"' in done.stdout
    assert "investigational and isn't FDA-approved" in done.stdout
