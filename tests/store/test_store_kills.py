"""A publication that is really stopped: killed at every step and system call, at random, or by a full disk.

The table of what was done is printed (`pytest -s`) and kept in ``build/kills.txt``.
"""

from __future__ import annotations

import itertools
import random
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from einclusie_data.contract import settings
from einclusie_data.store.store import open_store
from tests.store_child import KILLED, PUBLISHED, Job, publish_next, save_plan, workbook

TIMES = 5
BEFORE = 2
"""Versions in the store before something goes wrong."""
SMALL = 10_000
LARGE = 2_500_000
"""More than SQLite keeps in memory: it writes to the file before the commit too."""

STEPS = {
    "before begin": BEFORE,
    "after begin": BEFORE,
    "before parts": BEFORE,
    "after a part": BEFORE,
    "after parts": BEFORE,
    "after version": BEFORE,
    "before commit": BEFORE,
    "after commit": BEFORE + 1,
}
"""Checkpoint -> the latest version after a kill there."""

CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,?unlink,unlinkat,?rename,renameat"
REMOVE = ("unlink", "unlinkat")
"""The name differs per kind of processor."""

NOTHING_KEPT = "Er is niets bewaard"
LOOK_FIRST = "kijk eerst of je wijziging er al bij staat"

Calls = list[tuple[str, int, str]]
"""System calls of one publication in order: name, which one of that name, and the file."""


class Report:
    """What was stopped where, how often, and what was left."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, what: str, where: str, times: int, old: int, new: int) -> None:
        assert old + new == times
        self.lines.append(f"{what:32} {where:42} {times:>4} x   oude versie {old:>3}   nieuwe versie {new:>3}   half 0")


@pytest.fixture(scope="module")
def report() -> Iterator[Report]:
    report = Report()
    yield report
    file = settings.PROJECT_FOLDER / "build" / "kills.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(report.lines) + "\n")
    sys.stdout.write(f"\n{file.read_text()}")


def do(jobs: Sequence[Job], plan: Path, *before: str) -> list[str]:
    """Do the jobs in another process; what each one came to."""
    command = [*before, sys.executable, "-m", "tests.store_child", str(save_plan(list(jobs), plan))]
    ran = subprocess.run(command, cwd=settings.PROJECT_FOLDER, check=True, stdout=subprocess.PIPE, text=True)
    outcomes = ran.stdout.splitlines()
    assert len(outcomes) == len(jobs)
    return outcomes


def strace(log: Path, names: str, *inject: str) -> list[str]:
    """Strace; not with --seccomp-bpf, which is faster but drops the signals."""
    expressions = [part for expression in inject for part in ("-e", f"inject={expression}")]
    return ["strace", "-f", "-qq", "-y", "-o", str(log), "-e", f"trace={names}", *expressions]


def one_more(calls: Calls) -> dict[str, int]:
    """Per name: one call more than a publication makes, so that it is only reached after idle ones."""
    return {name: nth + 1 for name, nth, _ in calls}


def stop(calls: Calls, effect: str, from_then_on: str = "") -> list[str]:
    """Strace, acting in every process on the call of each name that is one too many ("+": and on all after it)."""
    inject = (f"{name}:{effect}:when={nth}{from_then_on}" for name, nth in one_more(calls).items())
    return strace(Path("/dev/null"), ",".join(one_more(calls)), *inject)


def idle_before(calls: Calls) -> list[tuple[str, int]]:
    """Per call: its name, and how many idle ones make strace act on it."""
    limits = one_more(calls)
    return [(name, limits[name] - nth) for name, nth, _ in calls]


def intact(target: str, size: int, *, goes_on: bool = True) -> int:
    """The latest version, after looking whether everything is whole (and publishing goes on)."""
    with open_store(target) as store:
        numbers = [version.number for version in store.versions()]
        assert numbers == list(range(len(numbers), 0, -1))
        for number in numbers:
            assert store.content(number) == workbook(number, size), f"version {number} is half"
        if goes_on:
            assert publish_next(store, size) == numbers[0] + 1
            assert store.content(numbers[0] + 1) == workbook(numbers[0] + 1, size)
    if "://" not in target:
        with closing(sqlite3.connect(Path(target) / settings.STORE_FILE)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return numbers[0]


class Folders:
    """Copies of a store with two versions."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder, self._size = folder, size
        self._numbers = itertools.count()
        with open_store(folder / "first") as store:
            for _ in range(BEFORE):
                publish_next(store, size)

    def job(self, step: str = "", call: str = "", idle: int = 0, largest_file: int = 0) -> Job:
        """A publication in a copy of its own."""
        target = self._folder / str(next(self._numbers))
        shutil.copytree(self._folder / "first", target)
        return Job(str(target), self._size, step, call, idle, largest_file)

    @property
    def file_size(self) -> int:
        return (self._folder / "first" / settings.STORE_FILE).stat().st_size


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path, SMALL)


def calls_of_a_publish(folders: Folders, folder: Path) -> Calls:
    """Every system call with which a publication reaches the disk."""
    log = folder / "calls"
    assert do([folders.job()], folder / "plan", *strace(log, CALLS)) == [PUBLISHED]
    found = re.findall(r"^\d+ +(\w+)\(.*?(opslag\.sqlite[\w-]*|/\d+>)", log.read_text(errors="replace"), re.MULTILINE)
    counts: Counter[str] = Counter()
    calls = []
    for name, file in found:
        counts[name] += 1
        calls.append((name, counts[name], "map" if file.endswith(">") else file))
    return calls


# --- SQLite -------------------------------------------------------------------------------------------------------


def test_killed_at_every_step(folders: Folders, tmp_path: Path, report: Report) -> None:
    jobs = {step: [folders.job(step) for _ in range(TIMES)] for step in STEPS}
    outcomes = do([job for group in jobs.values() for job in group], tmp_path / "plan")
    assert outcomes == [KILLED] * TIMES * len(STEPS)
    for step, latest in STEPS.items():
        assert [intact(job.target, SMALL) for job in jobs[step]] == [latest] * TIMES
        new = TIMES if latest > BEFORE else 0
        report.add("SQLite, kill bij stap", step, TIMES, TIMES - new, new)


def kill_at(calls: Calls, folders: Folders, folder: Path, size: int) -> list[list[int]]:
    """Kill a publication just before each of the calls, five times; the latest versions that were left, per call."""
    jobs = [[folders.job(call=name, idle=idle) for _ in range(TIMES)] for name, idle in idle_before(calls)]
    kill = stop(calls, "signal=SIGKILL")
    outcomes = do([job for group in jobs for job in group], folder / "plan", *kill)
    assert outcomes == [KILLED] * TIMES * len(calls)
    return [[intact(job.target, size, goes_on=job is group[0]) for job in group] for group in jobs]


def check_commit(calls: Calls, left: list[list[int]], report: Report, what: str) -> None:
    """Until the journal is removed the old version is the last one; from then on it is the new one."""
    commit = next(place for place, (name, _, _) in enumerate(calls) if name in REMOVE)
    for place, ((name, nth, file), latest) in enumerate(zip(calls, left, strict=True)):
        assert latest == [BEFORE if place <= commit else BEFORE + 1] * TIMES
        report.add(what, f"{name} {nth} ({file})", TIMES, latest.count(BEFORE), latest.count(BEFORE + 1))


@pytest.mark.strace
def test_killed_at_every_write_sync_and_commit(folders: Folders, tmp_path: Path, report: Report) -> None:
    calls = calls_of_a_publish(folders, tmp_path)
    names = Counter(name for name, _, _ in calls)
    assert names["pwrite64"] >= 10
    assert names["fdatasync"] + names["fsync"] >= 4
    assert sum(names[name] for name in REMOVE) == 1
    left = kill_at(calls, folders, tmp_path, SMALL)
    check_commit(calls, left, report, "SQLite, kill voor")


@pytest.mark.strace
def test_killed_while_a_large_workbook_is_written(tmp_path: Path, report: Report) -> None:
    """SQLite then writes pages to the file long before the commit."""
    folders = Folders(tmp_path, LARGE)
    every = calls_of_a_publish(folders, tmp_path)
    writes = [call for call in every if call[0] == "pwrite64"]
    chosen = {*writes[:: len(writes) // 3], writes[-1], *(call for call in every if call[0] != "pwrite64")}
    calls = [call for call in every if call in chosen]
    left = kill_at(calls, folders, tmp_path, LARGE)
    check_commit(calls, left, report, "SQLite, 2,5 MB, kill voor")


@pytest.mark.strace
@pytest.mark.parametrize(
    ("names", "error"),
    [(("pwrite64",), "ENOSPC"), (("pwrite64",), "EIO"), (("fsync", "fdatasync"), "EIO"), (REMOVE, "EIO")],
)
def test_the_disk_fails_at_every_call(
    folders: Folders, tmp_path: Path, report: Report, names: tuple[str, ...], error: str
) -> None:
    calls = [call for call in calls_of_a_publish(folders, tmp_path) if call[0] in names]
    assert calls
    jobs = [folders.job(call=name, idle=idle) for name, idle in idle_before(calls)]
    outcomes = do(jobs, tmp_path / "plan", *stop(calls, f"error={error}", "+"))
    for (name, nth, file), job, outcome in zip(calls, jobs, outcomes, strict=True):
        latest = intact(job.target, SMALL)
        if NOTHING_KEPT in outcome:
            assert latest == BEFORE
        else:
            assert LOOK_FIRST in outcome
            assert latest in {BEFORE, BEFORE + 1}
        if error == "ENOSPC":
            assert "geen plaats meer op de schijf" in outcome
        report.add(f"SQLite, {error}", f"{name} {nth} ({file})", 1, int(latest == BEFORE), int(latest > BEFORE))


@pytest.mark.parametrize("room", [0, 4096, 8192])
def test_a_file_that_may_not_grow(folders: Folders, tmp_path: Path, report: Report, room: int) -> None:
    job = folders.job(largest_file=folders.file_size + room)
    [outcome] = do([job], tmp_path / "plan")
    assert NOTHING_KEPT in outcome or LOOK_FIRST in outcome
    assert intact(job.target, SMALL) == BEFORE
    report.add("SQLite, geen ruimte", f"{room} bytes te kort", 1, 1, 0)


# --- both ---------------------------------------------------------------------------------------------------------


def test_killed_at_random_loses_nothing_that_was_confirmed(store_target: str, tmp_path: Path, report: Report) -> None:
    """Each process publishes as fast as it can until it is killed; the next one goes on in the same store."""
    with open_store(store_target) as store:
        publish_next(store, SMALL)
    noted, chance, times = tmp_path / "noted", random.Random(4), 15
    jobs = [Job(store_target, SMALL, noted=str(noted), seconds=chance.uniform(0.1, 0.4)) for _ in range(times)]
    assert do(jobs, tmp_path / "plan") == [KILLED] * times
    confirmed = [int(number) for number in noted.read_text().split()]
    assert confirmed == sorted(set(confirmed))
    assert confirmed
    assert intact(store_target, SMALL) >= confirmed[-1]
    kind = "PostgreSQL" if "://" in store_target else "SQLite"
    report.lines.append(f"{kind}, kill op goed geluk: {times} x, {len(confirmed)} bevestigd, 0 verloren, half 0")


# --- PostgreSQL ---------------------------------------------------------------------------------------------------


@pytest.mark.postgresql
def test_postgresql_killed_at_every_step(postgresql: str, tmp_path: Path, report: Report) -> None:
    with open_store(postgresql) as store:
        publish_next(store, SMALL)
    jobs = [Job(postgresql, SMALL, step) for step in STEPS for _ in range(TIMES)]
    assert do(jobs, tmp_path / "plan") == [KILLED] * len(jobs)
    assert intact(postgresql, SMALL) == 1 + TIMES  # the last step comes after the commit
    for step, latest in STEPS.items():
        new = TIMES if latest > BEFORE else 0
        report.add("PostgreSQL, kill bij stap", step, TIMES, TIMES - new, new)


@pytest.mark.postgresql
@pytest.mark.strace
def test_postgresql_killed_at_every_message(postgresql: str, tmp_path: Path, report: Report) -> None:
    """Every message to the server, from the first of the connection to the last."""
    with open_store(postgresql) as store:
        publish_next(store, SMALL)
    log = tmp_path / "calls"
    assert do([Job(postgresql, SMALL)], tmp_path / "plan", *strace(log, "sendto")) == [PUBLISHED]
    messages = len(re.findall(r"sendto\(", log.read_text(errors="replace")))
    calls = [("sendto", nth, "") for nth in range(1, messages + 1)]
    jobs = [Job(postgresql, SMALL, call=name, idle=idle) for name, idle in idle_before(calls) for _ in range(TIMES)]
    assert do(jobs, tmp_path / "plan", *stop(calls, "signal=SIGKILL")) == [KILLED] * len(jobs)
    new = intact(postgresql, SMALL) - 2
    assert messages > 8
    assert new % TIMES == 0
    report.add("PostgreSQL, kill voor bericht", f"1 tot {messages}", len(jobs), len(jobs) - new, new)
