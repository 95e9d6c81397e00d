"""What other processes do to a store: publish at the same moment, be killed on the way, run into a full disk.

``python -m tests.store_child plan.json`` does the jobs of a plan, each in a process of its own, and writes one line per
job: ``killed``, ``published``, or the message of the `StoreError`. Strace can stop it at a system call: at the same
number of that call in every process. A job that must be stopped earlier first makes idle calls, so that one strace
serves all jobs.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import random
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from einclusie_data.contract.errors import OutdatedComparisonError, StoreError
from einclusie_data.store.database import open_engine
from einclusie_data.store.store import Store, open_store

KILLED, PUBLISHED = "killed", "published"


@dataclass(frozen=True)
class Job:
    """One publication, in a process of its own.

    Attributes
    ----------
    target : str
    size : int
        Bytes of the workbook.
    step : str
        Checkpoint at which the process kills itself; "" = none.
    call, idle : str, int
        A system call, and how often it is made before the publication.
    largest_file : int
        Bytes that a file may have before writing fails; 0 = no limit.
    noted, seconds : str, float
        Publish again and again, noting in this file each number that was confirmed, until killed after so many seconds.
    """

    target: str
    size: int
    step: str = ""
    call: str = ""
    idle: int = 0
    largest_file: int = 0
    noted: str = ""
    seconds: float = 0.0


def save_plan(jobs: list[Job], file: Path) -> Path:
    """Write the jobs where `main` reads them."""
    file.write_text(json.dumps([asdict(job) for job in jobs]))
    return file


@functools.cache
def workbook(number: int, size: int) -> bytes:
    """What version `number` holds in these tests."""
    return random.Random(number).randbytes(size)


def publish_next(store: Store, size: int) -> int:
    """Publish the version that comes next; its number."""
    latest = store.latest()
    number = latest.number + 1 if latest else 1
    based_on = latest.number if latest else None
    return store.publish(workbook(number, size), f"{number}.xlsx", "An", based_on=based_on).number


def race(target: str, name: str, rounds: int, barrier: Barrier, results: Queue[tuple[int, str, str]]) -> None:
    """Publish at the same moment as another process that compared with the same version, several times."""
    with open_store(target) as store:
        for turn in range(rounds):
            barrier.wait(30)
            latest = store.latest()
            barrier.wait(30)
            try:
                content = f"{name} {turn}".encode() * 1000
                store.publish(content, "a.xlsx", name, based_on=latest.number if latest else None)
                results.put((turn, name, "published"))
            except OutdatedComparisonError:
                results.put((turn, name, "outdated"))


def _die_at(step: str) -> Callable[[str], None]:
    """A checkpoint that kills its process at a step, as `kill -9` does."""

    def checkpoint(name: str) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return checkpoint


def _idle_calls(call: str, times: int) -> None:
    """Make system calls that have nothing to do with the store."""
    one, other = socket.socketpair(type=socket.SOCK_DGRAM)
    with one, other, os.fdopen(os.memfd_create("idle"), "wb") as file:
        for _ in range(times):
            match call:
                case "pwrite64":
                    os.pwrite(file.fileno(), b"-", 0)
                case "fdatasync":
                    os.fdatasync(file.fileno())
                case "fsync":
                    os.fsync(file.fileno())
                case "ftruncate":
                    os.ftruncate(file.fileno(), 0)
                case "unlink" | "unlinkat":
                    with contextlib.suppress(FileNotFoundError):
                        os.unlink("/tmp/not-there-at-all")  # noqa: PTH108, S108 - the bare system call
                case "sendto":
                    one.send(b"-")
                    other.recv(1)
                case _:
                    raise ValueError(call)


def _publish(job: Job) -> str:
    if job.call:
        _idle_calls(job.call, job.idle)
    if job.largest_file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job.largest_file, job.largest_file))
    try:
        with open_store(job.target, checkpoint=_die_at(job.step)) as store:
            publish_next(store, job.size)
            if job.noted:
                _publish_on(store, job)
    except StoreError as error:
        return str(error)
    return PUBLISHED


def _publish_on(store: Store, job: Job) -> None:
    with Path(job.noted).open("a", buffering=1) as noted:
        while True:
            noted.write(f"{publish_next(store, job.size)}\n")


def _in_own_process(job: Job) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, _publish(job).encode())
        os._exit(0)
    os.close(writing)
    if job.noted:
        time.sleep(job.seconds)
        os.kill(child, signal.SIGKILL)
    said = os.read(reading, 10_000).decode()
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return KILLED
    return said or f"crashed with status {status}"


def main(plan: Path) -> None:
    """Do the jobs of a plan."""
    jobs = [Job(**job) for job in json.loads(plan.read_text())]
    open_engine(jobs[0].target)  # loads the driver once, for all
    for job in jobs:
        sys.stdout.write(_in_own_process(job) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
