"""What a process uses, from Linux' /proc."""

from __future__ import annotations

import os
from pathlib import Path


def memory_mb(process: int) -> float:
    """Resident memory now."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def cpu_s(process: int) -> float:
    """Seconds of processor time used so far."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    user, system = fields[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
