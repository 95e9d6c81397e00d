"""How much work something is, whatever else the machine is doing: time of the processor, children included."""

import os


def processor_seconds() -> float:
    """Seconds of processor that this process and its children that ended have used."""
    return sum(os.times()[:4])
