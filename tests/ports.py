"""Ports for the servers that tests start: below those that the system hands out, and apart for each worker of a run."""

import os
import socket
from itertools import cycle

FIRST, A_WORKER, WORKERS = 20_000, 500, 24
_worker = int("".join(filter(str.isdigit, os.environ.get("PYTEST_XDIST_WORKER", ""))) or 0)
# Runs beside one another on one machine begin at different blocks.
_block = (os.getppid() * 4 + _worker) % WORKERS
_ports = cycle(range(FIRST + _block * A_WORKER, FIRST + (_block + 1) * A_WORKER))


def take_port() -> int:
    """A port of this machine on which nobody listens, and which no other test of this run will take."""
    for port in (next(_ports) for _ in range(A_WORKER)):
        if is_free(port):
            return port
    raise AssertionError("no port is free")


def is_free(port: int) -> bool:
    """Whether a server may listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
