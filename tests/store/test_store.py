from __future__ import annotations

import hashlib
import multiprocessing
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from einclusie_data.contract import settings
from einclusie_data.contract.errors import BusyStoreError, DamagedStoreError, OutdatedComparisonError, StoreError
from einclusie_data.store import database as store_database
from einclusie_data.store.notes import IGNORED
from einclusie_data.store.schema import MIGRATIONS, Migration
from einclusie_data.store.store import Store, open_store
from tests.store_child import race
from tests.stores import NOON, Clock, raw

XLSX = b"PK\x03\x04" + bytes(range(256))


# --- versions -----------------------------------------------------------------------------------------------------


def test_nothing_is_published_at_first(store: Store) -> None:
    assert store.latest() is None
    assert store.versions() == ()
    assert store.version_on(date(2026, 6, 1)) is None


def test_a_publication_keeps_everything(store: Store, clock: Clock) -> None:
    published = store.publish(XLSX, "aanbod juni.xlsx", "An", "Na het overleg in Kiel", based_on=None)
    assert store.latest() == published == store.version(1)
    assert published.number == 1
    assert published.name == "aanbod juni.xlsx"
    assert published.size_bytes == 260
    assert published.sha256 == hashlib.sha256(XLSX).hexdigest()
    assert published.published_by == "An"
    assert published.published_at == NOON
    assert published.published_here.hour == 14
    assert published.note == "Na het overleg in Kiel"
    assert (published.restored_from, published.based_on) == (None, None)
    assert store.content(1) == XLSX


@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 20, 25])
def test_content_around_the_size_of_a_part(store: Store, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(settings, "STORE_PART_BYTES", 10)
    content = os.urandom(size)
    store.publish(content, "a.xlsx", "An", based_on=None)
    assert store.content(1) == content


def test_a_workbook_of_the_largest_size(store: Store) -> None:
    content = os.urandom(settings.MAX_FILE_BYTES)
    store.publish(content, "groot.xlsx", "An", based_on=None)
    assert store.content(1) == content


def test_versions_are_numbered_and_listed_newest_first(store: Store) -> None:
    for number in (None, 1, 2):
        store.publish(f"inhoud {number}".encode(), "a.xlsx", "An", based_on=number)
    assert [version.number for version in store.versions()] == [3, 2, 1]
    assert [version.based_on for version in store.versions()] == [2, 1, None]
    assert store.content(2) == b"inhoud 1"


def test_a_store_that_is_opened_again_has_it_all(store: Store, store_target: str) -> None:
    published = store.publish(XLSX, "a.xlsx", "An", based_on=None)
    with open_store(store_target) as again:
        assert again.latest() == published
        assert again.content(1) == XLSX


def test_going_back_publishes_the_old_one_anew(store: Store, clock: Clock) -> None:
    store.publish(b"oud", "oud.xlsx", "An", based_on=None)
    store.publish(b"nieuw", "nieuw.xlsx", "Bo", based_on=1)
    clock.now += timedelta(hours=1)
    restored = store.restore(1, "Bo", "Nieuw was fout", based_on=2)
    assert restored == store.latest()
    assert (restored.number, restored.restored_from, restored.based_on) == (3, 1, 2)
    assert (restored.name, restored.published_by, restored.note) == ("oud.xlsx", "Bo", "Nieuw was fout")
    assert restored.published_at == NOON + timedelta(hours=1)
    assert [store.content(number) for number in (1, 2, 3)] == [b"oud", b"nieuw", b"oud"]


def test_a_version_that_is_not_there(store: Store) -> None:
    for ask in (store.version, store.content, lambda number: store.restore(number, "An", based_on=None)):
        with pytest.raises(StoreError, match="Versie 7 bestaat niet"):
            ask(7)


@pytest.mark.parametrize(("day", "number"), [(29, None), (30, 1), (31, 2)])
def test_what_was_published_at_the_end_of_a_day_in_antwerp(
    store: Store, clock: Clock, day: int, number: int | None
) -> None:
    clock.now = datetime(2026, 5, 30, 21, 59, 59, 999_999, tzinfo=UTC)  # a moment before midnight in summer
    store.publish(b"1", "a.xlsx", "An", based_on=None)
    clock.now = datetime(2026, 5, 30, 22, 0, tzinfo=UTC)
    store.publish(b"2", "a.xlsx", "An", based_on=1)
    found = store.version_on(date(2026, 5, day))
    assert (found.number if found else None) == number


def test_a_day_in_winter_ends_an_hour_later_in_utc(store: Store, clock: Clock) -> None:
    clock.now = datetime(2026, 1, 10, 22, 30, tzinfo=UTC)
    store.publish(b"1", "a.xlsx", "An", based_on=None)
    assert store.version_on(date(2026, 1, 9)) is None
    assert store.version_on(date(2026, 1, 10)) == store.version(1)


def test_text_that_a_database_would_refuse(store: Store) -> None:
    version = store.publish(b"1", "a\x00\ud800.xlsx", "A\x07n", "re\x00gel\neen", based_on=None)
    assert (version.name, version.published_by, version.note) == ("a?.xlsx", "An", "regel\neen")
    assert store.latest() == version


# --- two at once --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("based_on", [None, 1, 3])
def test_an_outdated_comparison_changes_nothing(store: Store, based_on: int | None) -> None:
    store.publish(b"1", "a.xlsx", "An", based_on=None)
    store.publish(b"2", "a.xlsx", "Bo", based_on=1)
    with pytest.raises(OutdatedComparisonError, match="Ondertussen publiceerde Bo versie 2") as caught:
        store.publish(b"3", "a.xlsx", "An", based_on=based_on)
    with pytest.raises(OutdatedComparisonError):
        store.restore(1, "An", based_on=based_on)
    assert caught.value.latest == 2
    assert [version.number for version in store.versions()] == [2, 1]


def test_a_comparison_with_a_version_of_another_store(store: Store) -> None:
    with pytest.raises(OutdatedComparisonError, match="nog geen versie 4") as caught:
        store.publish(b"1", "a.xlsx", "An", based_on=4)
    assert caught.value.latest is None
    assert store.latest() is None


def test_two_processes_publish_at_the_same_moment(store: Store, store_target: str) -> None:
    """In every round both compared with the same version: one publishes, the other is told."""
    rounds = 10
    spawn = multiprocessing.get_context("spawn")
    barrier, results = spawn.Barrier(2), spawn.Queue()
    people = [spawn.Process(target=race, args=(store_target, name, rounds, barrier, results)) for name in ("An", "Bo")]
    for person in people:
        person.start()
    outcomes = [results.get(timeout=60) for _ in range(2 * rounds)]
    for person in people:
        person.join(timeout=30)
        assert person.exitcode == 0
    for turn in range(rounds):
        assert sorted(outcome for when, _, outcome in outcomes if when == turn) == ["outdated", "published"]
    winners = {turn: name for turn, name, outcome in outcomes if outcome == "published"}
    assert [version.number for version in store.versions()] == list(range(rounds, 0, -1))
    for turn, name in winners.items():
        assert store.version(turn + 1).published_by == name
        assert store.content(turn + 1) == f"{name} {turn}".encode() * 1000


def test_threads_of_one_server_publish_at_the_same_moment(store: Store) -> None:
    outcomes: list[str] = []

    def publish(name: str) -> None:
        try:
            store.publish(name.encode(), "a.xlsx", name, based_on=None)
            outcomes.append(name)
        except OutdatedComparisonError:
            outcomes.append("outdated")

    threads = [threading.Thread(target=publish, args=(f"trekker {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("outdated") == 7
    [winner] = [outcome for outcome in outcomes if outcome != "outdated"]
    assert store.content(1) == winner.encode()


def test_several_processes_make_the_same_store(store_target: str) -> None:
    stores: list[Store] = []
    threads = [threading.Thread(target=lambda: stores.append(open_store(store_target))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [store.latest() for store in stores] == [None] * 6
    for store in stores:
        store.close()


def test_whoever_waits_too_long_is_told(store: Store, store_target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "STORE_WAIT_SECONDS", 1)
    with (
        open_store(store_target) as other,
        store._database.writing(),
        pytest.raises(StoreError, match="Iemand anders is aan het opslaan"),
    ):
        other.publish(b"1", "a.xlsx", "An", based_on=None)
    assert store.latest() is None


# --- never changed ------------------------------------------------------------------------------------------------

TAMPERING = [
    "UPDATE versions SET published_by = 'iemand anders'",
    "DELETE FROM versions",
    "UPDATE version_parts SET content = content",
    "DELETE FROM version_parts",
    "INSERT INTO version_parts (number, part, content) SELECT 1, 9, content FROM version_parts",
    "INSERT INTO versions SELECT * FROM versions",
]
TAMPERING_SQLITE = [
    "REPLACE INTO versions SELECT * FROM versions",
    "REPLACE INTO version_parts SELECT number, part, 'anders' FROM version_parts",
]
TAMPERING_POSTGRESQL = ["TRUNCATE versions CASCADE", "TRUNCATE version_parts"]


@pytest.mark.parametrize("statement", TAMPERING)
def test_the_database_refuses_to_change_what_was_published(store: Store, store_target: str, statement: str) -> None:
    published = store.publish(XLSX, "a.xlsx", "An", based_on=None)
    with pytest.raises(DBAPIError, match="published versions are never changed or deleted"):
        raw(store_target, statement)
    assert store.versions() == (published,)
    assert store.content(1) == XLSX


@pytest.mark.parametrize("statement", TAMPERING_SQLITE)
def test_sqlite_refuses_to_replace(tmp_path: Path, statement: str) -> None:
    store = open_store(tmp_path)
    store.publish(XLSX, "a.xlsx", "An", based_on=None)
    with pytest.raises(DBAPIError, match="published versions are never changed or deleted"):
        raw(str(tmp_path), statement)
    assert store.content(1) == XLSX


@pytest.mark.postgresql
@pytest.mark.parametrize("statement", TAMPERING_POSTGRESQL)
def test_postgresql_refuses_to_truncate(postgresql: str, statement: str) -> None:
    with open_store(postgresql) as store:
        store.publish(XLSX, "a.xlsx", "An", based_on=None)
        with pytest.raises(DBAPIError, match="published versions are never changed or deleted"):
            raw(postgresql, statement)
        assert store.content(1) == XLSX


def test_a_version_needs_no_parts_but_parts_need_a_version(store: Store, store_target: str) -> None:
    store.publish(b"", "leeg.csv", "An", based_on=None)
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        raw(store_target, "INSERT INTO version_parts (number, part, content) VALUES (2, 0, 'wees')")
    assert store.content(1) == b""


# --- damage -------------------------------------------------------------------------------------------------------

WITHOUT_GUARDS = {
    "sqlite": ["DROP TRIGGER version_parts_no_update", "DROP TRIGGER version_parts_no_delete"],
    "postgresql": ["SET session_replication_role = replica"],
}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE version_parts SET content = (SELECT content FROM version_parts WHERE part = 2)",
        "DELETE FROM version_parts WHERE part = 1",
        "UPDATE version_parts SET part = 10 - part",
    ],
)
def test_a_damaged_version_is_named(
    store: Store, store_target: str, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr(settings, "STORE_PART_BYTES", 100)
    store.publish(XLSX, "a.xlsx", "An", based_on=None)
    kind = "postgresql" if "://" in store_target else "sqlite"
    raw(store_target, *WITHOUT_GUARDS[kind], damage)
    store.publish(b"goed", "b.xlsx", "An", based_on=1)
    for ask in (store.content, lambda number: store.restore(number, "An", based_on=2)):
        with pytest.raises(DamagedStoreError, match="Versie 1 is beschadigd"):
            ask(1)
    assert store.content(2) == b"goed"
    assert len(store.versions()) == 2


def test_a_flipped_bit_on_the_disk_is_found(tmp_path: Path) -> None:
    content = b"herkenbaar" * 1000
    store = open_store(tmp_path)
    store.publish(content, "a.xlsx", "An", based_on=None)
    file = tmp_path / settings.STORE_FILE
    file.write_bytes(file.read_bytes().replace(b"herkenbaarherkenbaar", b"herkenbaarherkenbaas", 1))
    with pytest.raises(DamagedStoreError, match="Versie 1 is beschadigd"):
        store.content(1)


def test_a_page_of_rubbish_within_a_version_names_that_version(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.publish(os.urandom(900_000), "a.xlsx", "An", based_on=None)
    file = tmp_path / settings.STORE_FILE
    whole = file.read_bytes()
    cut = len(whole) - 500_000 - len(whole) % 4096
    file.write_bytes(whole[:cut] + b"\xff" * 200_000 + whole[cut + 200_000 :])
    with pytest.raises(DamagedStoreError, match="Versie 1 is beschadigd"):
        store.content(1)


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    (tmp_path / settings.STORE_FILE).write_bytes(b"dit is geen databank " * 100)
    with pytest.raises(DamagedStoreError, match="De opslag is beschadigd, of is geen opslag van deze app"):
        open_store(tmp_path)


# --- where it is --------------------------------------------------------------------------------------------------


def test_one_file_in_a_folder_for_this_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "nieuwe map" / "50% #1?"
    with open_store(folder) as store:
        store.publish(XLSX, "a.xlsx", "An", based_on=None)
    assert [file.name for file in folder.iterdir()] == [settings.STORE_FILE]
    assert (folder / settings.STORE_FILE).stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


def test_a_file_by_url(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/eigen.db") as store:
        store.publish(XLSX, "a.xlsx", "An", based_on=None)
    assert (tmp_path / "eigen.db").exists()


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(StoreError, match="map van de opslag"):
        open_store(tmp_path / "bestand")


@pytest.mark.parametrize("target", ["mysql://server/db", "://", "sqlite://", "sqlite:///:memory:", "oracle+x://a"])
def test_another_kind_of_database(target: str) -> None:
    with pytest.raises(StoreError, match="EINCLUSIE_OPSLAG"):
        open_store(target)


def test_a_server_that_is_not_there_tells_no_password() -> None:
    with pytest.raises(StoreError, match="De opslag antwoordt niet") as caught:
        open_store("postgres://an:geheim@127.0.0.1:1/opslag")
    assert "geheim" not in f"{caught.value} {caught.value.__cause__!r}"


def test_sqlite_waits_for_the_disk_and_checks_what_belongs_together(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store._database.writing() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "foreign_keys")]
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
    assert found == [3, 1]


def test_a_backup_that_is_put_back_is_seen_at_once(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    file = tmp_path / settings.STORE_FILE
    store.publish(b"1", "a.xlsx", "An", based_on=None)
    backup = file.read_bytes()
    store.publish(b"2", "a.xlsx", "An", based_on=1)
    (tmp_path / "terug").write_bytes(backup)
    (tmp_path / "terug").replace(file)
    assert [version.number for version in store.versions()] == [1]


READ_ONLY = """
import os
import sys
from einclusie_data.contract.errors import StoreError
from einclusie_data.store.store import open_store
store = open_store(sys.argv[2])  # what is needed later is imported now
store.publish(b"x", "x.xlsx", "An", based_on=None)
if os.geteuid() == 0:  # nothing is read-only for the one who may do anything
    os.setegid(65534)
    os.seteuid(65534)
store = open_store(sys.argv[1])
print([one.number for one in store.versions()], store.content(1), [one.name for one in store.trekkers.all()])
try:
    store.publish(b"2", "b.xlsx", "An", based_on=1)
except StoreError as error:
    print(error)
"""


def test_a_store_that_may_only_be_read_is_read_from_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "opslag"
    with open_store(folder) as store:
        store.publish(b"1", "a.xlsx", "An", based_on=None)
        store.trekkers.add("An", "$argon2id$1", "test")
    (folder / settings.STORE_FILE).chmod(0o444)
    folder.chmod(0o555)
    for parent in (tmp_path, *tmp_path.parents):
        if parent.stat().st_uid == os.getuid() and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    command = [sys.executable, "-c", READ_ONLY, str(folder), str(tmp_path / "ander")]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=settings.PROJECT_FOLDER)
    finally:
        folder.chmod(0o755)
    assert done.stdout.splitlines() == [
        "[1] b'1' ['An']",
        "De app mag niet schrijven in de opslag. Er is niets bewaard. Vraag de beheerder om de rechten na te kijken.",
    ], done.stderr


@pytest.mark.parametrize("lost", ["file", "folder"])
def test_a_store_that_was_deleted_is_said_and_not_made_anew(tmp_path: Path, lost: str) -> None:
    folder = tmp_path / "opslag"
    store = open_store(folder)
    store.publish(b"1", "a.xlsx", "An", based_on=None)
    (folder / settings.STORE_FILE).unlink()
    if lost == "folder":
        folder.rmdir()
    acts: list[Callable[[], object]] = [store.latest, store.trekkers.all]
    acts.append(lambda: store.publish(b"2", "b.xlsx", "An", based_on=1))
    for act in acts:
        with pytest.raises(StoreError, match="De opslag is weg"):
            act()
    assert not (folder / settings.STORE_FILE).exists()


def test_an_emptied_store_is_damaged_and_never_new(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.publish(b"1", "a.xlsx", "An", based_on=None)
    (tmp_path / settings.STORE_FILE).write_bytes(b"")
    for act in (store.latest, store.trekkers.all, lambda: store.publish(b"2", "b.xlsx", "An", based_on=1)):
        with pytest.raises(DamagedStoreError, match="haar bestand is leeg"):
            act()
    with pytest.raises(DamagedStoreError, match="haar bestand is leeg"):  # after a restart too
        open_store(tmp_path)


def test_a_store_without_its_tables_is_damaged(store: Store, store_target: str) -> None:
    raw(store_target, "DROP TABLE points")
    with pytest.raises(DamagedStoreError, match="De opslag is beschadigd"):
        store.points.all()


def test_a_new_store_is_never_an_empty_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that stops while it makes a store leaves none, or one that is opened as new."""
    sizes: list[int] = []
    real = store_database.create_engine

    def spy(*args: Any, **options: Any) -> Any:
        sizes.extend(file.stat().st_size for file in tmp_path.iterdir())
        return real(*args, **options)

    monkeypatch.setattr(store_database, "create_engine", spy)
    assert open_store(tmp_path).latest() is None
    assert len(sizes) == 1
    assert sizes[0] > 0


def test_a_disk_without_links_can_hold_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_self: Path, _target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    with open_store(tmp_path) as store:
        assert store.publish(b"1", "a.xlsx", "An", based_on=None).number == 1
    assert [file.name for file in tmp_path.iterdir()] == [settings.STORE_FILE]
    assert (tmp_path / settings.STORE_FILE).stat().st_mode & 0o077 == 0


def test_whoever_looks_does_not_wait_long_for_a_lock_and_the_next_ones_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "STORE_READ_SECONDS", 0.3)
    store = open_store(tmp_path)
    store.publish(b"1", "a.xlsx", "An", based_on=None)
    waits = []
    with closing(sqlite3.connect(tmp_path / settings.STORE_FILE, isolation_level=None)) as backup:
        backup.execute("BEGIN EXCLUSIVE")
        for _ in range(3):
            start = time.monotonic()
            with pytest.raises(BusyStoreError, match="even bezet"):
                store.latest()
            waits.append(time.monotonic() - start)
        backup.execute("ROLLBACK")
    assert store.latest() is not None
    assert waits[0] >= 0.25
    # An upper bound that only a real wait would pass: the machine may be busy.
    assert max(waits) < settings.STORE_WAIT_SECONDS / 2
    assert store._database._patience.seconds() < 0.3


def test_a_full_disk(tmp_path: Path) -> None:
    """SQLite's own limit on the number of pages fails in the same way as a full disk."""
    store = open_store(tmp_path)
    store.publish(b"1", "a.xlsx", "An", based_on=None)
    engine = store._database.engine

    @store_database.event.listens_for(engine, "connect")
    def _limit(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 10}")

    with pytest.raises(StoreError, match="geen plaats meer op de schijf"):
        store.publish(bytes(100_000), "b.xlsx", "An", based_on=1)
    assert [version.number for version in store.versions()] == [1]
    assert store.publish(b"klein", "b.xlsx", "An", based_on=1).number == 2


def test_a_mistake_of_ours_is_not_hidden(store: Store) -> None:
    with pytest.raises(DBAPIError), store._database.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM geen_tabel")


@pytest.mark.postgresql
def test_a_server_that_stops_a_connection(postgresql: str) -> None:
    with open_store(postgresql) as store:
        with pytest.raises(StoreError, match="De opslag antwoordt niet"), store._database.writing() as connection:
            connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        assert store.publish(b"1", "a.xlsx", "An", based_on=None).number == 1


# --- the shape of the store ---------------------------------------------------------------------------------------


def test_a_later_app_adds_tables(store: Store, store_target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    published = store.publish(XLSX, "a.xlsx", "An", based_on=None)
    later = MIGRATIONS[-1].version + 1
    added = Migration(later, lambda connection: connection.exec_driver_sql("CREATE TABLE later (id INTEGER)") and None)
    monkeypatch.setattr(store_database, "MIGRATIONS", (*MIGRATIONS, added))
    for _ in range(2):  # the second time there is nothing left to do
        with open_store(store_target) as newer:
            assert newer.latest() == published
            raw(store_target, "INSERT INTO later VALUES (1)")
    monkeypatch.undo()
    with pytest.raises(StoreError, match="nieuwere versie van deze app"):
        open_store(store_target)


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    store: Store, store_target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: store_database.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE later (id INTEGER)")
        raise RuntimeError("half-way")

    with monkeypatch.context() as patch:
        patch.setattr(store_database, "MIGRATIONS", (*MIGRATIONS, Migration(MIGRATIONS[-1].version + 1, broken)))
        with pytest.raises(RuntimeError, match="half-way"):
            open_store(store_target)
    with open_store(store_target) as again:
        assert again.latest() is None
    with pytest.raises(DBAPIError):
        raw(store_target, "INSERT INTO later VALUES (1)")


# --- what trekkers taught -----------------------------------------------------------------------------------------


def test_columns_matched_by_hand(store: Store, store_target: str) -> None:
    store.columns.choose("offers", "Waar precies?", "address", "An")
    store.columns.choose("offers", "Kleur", IGNORED, "An")
    store.columns.choose("methods", "Kleur", "topic", "An")
    store.columns.choose("offers", "  WAAR précies ", "place", "Bo")
    with open_store(store_target) as again:
        assert again.columns.all() == {
            ("offers", "waarprecies"): "place",
            ("offers", "kleur"): IGNORED,
            ("methods", "kleur"): "topic",
        }
    store.columns.forget("offers", "kleur", "Bo")
    assert ("offers", "kleur") not in store.columns.all()
    store.columns.choose("offers", "Kleur", "note", "An")
    assert store.columns.all()["offers", "kleur"] == "note"


def test_points_put_by_hand(store: Store, clock: Clock) -> None:
    assert store.points.all() == {}
    store.points.put("Kerkstraat 1", 51.2, 4.4, "An")
    store.points.put("Dam 2", 51.23, 4.42, "An")
    clock.now += timedelta(days=1)
    store.points.put("Kerkstraat 1", 51.21, 4.41, "Bo")
    point = store.points.all()["Kerkstraat 1"]
    assert (point.lat, point.lon, point.by, point.at) == (51.21, 4.41, "Bo", NOON + timedelta(days=1))
    store.points.withdraw("Kerkstraat 1", "An")
    assert list(store.points.all()) == ["Dam 2"]


def test_answers_of_the_geocoder(store: Store, clock: Clock) -> None:
    assert store.geocodes.get("Kerkstraat 1, 2060") is None
    assert store.geocodes.all() == {}
    store.geocodes.keep("Kerkstraat 1, 2060", {"LocationResult": []}, "geen")
    store.geocodes.keep("Dam 2", None, "geen")
    answer = {"LocationResult": [{"Municipality": "Antwerpen é \x00", "Lat": 51.2}]}
    store.geocodes.keep("Kerkstraat 1, 2060", answer, "huisnummer")
    kept = store.geocodes.get("Kerkstraat 1, 2060")
    assert kept is not None
    assert (kept.answer, kept.precision, kept.at) == (answer, "huisnummer", NOON)
    assert store.geocodes.all()["Kerkstraat 1, 2060"] == kept
    assert store.geocodes.all()["Dam 2"].answer is None


# --- who ----------------------------------------------------------------------------------------------------------


def test_trekkers(store: Store, clock: Clock) -> None:
    assert store.trekkers.all() == ()
    store.trekkers.add("Zoë (Kiel)", "", "begincode")
    store.trekkers.add("An", "$argon2id$1", "begincode")
    clock.now += timedelta(days=1)
    store.trekkers.set_password("  zoe kiel", "$argon2id$2", "Zoë (Kiel)")
    assert [trekker.name for trekker in store.trekkers.all()] == ["An", "Zoë (Kiel)"]
    zoe = store.trekkers.get("ZOË (KIEL)")
    assert zoe is not None
    assert (zoe.password_hash, zoe.disabled) == ("$argon2id$2", False)
    assert (zoe.changed_by, zoe.changed_at) == ("Zoë (Kiel)", NOON + timedelta(days=1))
    assert store.trekkers.get("Bo") is None


def test_a_trekker_who_left_and_came_back(store: Store) -> None:
    store.trekkers.add("An", "$argon2id$1", "Bo")
    store.trekkers.disable("an", "Bo")
    left = store.trekkers.get("An")
    assert left is not None
    assert (left.disabled, left.password_hash, left.changed_by) == (True, "$argon2id$1", "Bo")
    store.trekkers.set_password("An", "$argon2id$2", "Bo")
    assert [trekker.disabled for trekker in store.trekkers.all()] == [True]
    store.trekkers.enable("An", "Bo")
    assert [trekker.disabled for trekker in store.trekkers.all()] == [False]


@pytest.mark.parametrize("name", ["An", "AN", " án "])
def test_one_account_per_name(store: Store, name: str) -> None:
    store.trekkers.add("An", "$argon2id$1", "Bo")
    store.trekkers.disable("An", "Bo")
    with pytest.raises(StoreError, match="al een trekker die zo heet: An"):
        store.trekkers.add(name, "$argon2id$2", "Bo")
    assert len(store.trekkers.all()) == 1


def test_accounts_that_cannot_be(store: Store) -> None:
    with pytest.raises(StoreError, match="Vul een naam in"):
        store.trekkers.add(" \x00-", "$argon2id$1", "Bo")
    for change in (store.trekkers.disable, store.trekkers.enable):
        with pytest.raises(StoreError, match="geen trekker met die naam"):
            change("An", "Bo")
    with pytest.raises(StoreError, match="geen trekker met die naam"):
        store.trekkers.set_password("An", "$argon2id$1", "Bo")


def test_the_log_counts_attempts(store: Store, clock: Clock) -> None:
    for who in ("An", "An", "onbekend"):
        store.log.add("aanmelden-mislukt", who)
        clock.now += timedelta(minutes=10)
    store.log.add("gepubliceerd", "An", 3)
    assert store.log.count("aanmelden-mislukt", NOON) == 3
    assert store.log.count("aanmelden-mislukt", NOON, "An") == 2
    assert store.log.count("aanmelden-mislukt", NOON + timedelta(minutes=10), "An") == 1
    assert store.log.count("aanmelden-mislukt", NOON + timedelta(minutes=10, microseconds=1), "An") == 0
    [newest, second] = store.log.last(2)
    assert (newest.what, newest.who, newest.number, newest.at) == ("gepubliceerd", "An", 3, clock.now)
    assert (second.what, second.who, second.number) == ("aanmelden-mislukt", "onbekend", None)


@pytest.mark.parametrize("what", ["", "Rij 12: Jan Peeters", "a@b.be", "A", "1", "x" * 61])
def test_the_log_takes_codes_only(store: Store, what: str) -> None:
    with pytest.raises(ValueError, match="code"):
        store.log.add(what, "An")
    assert store.log.last() == ()


def test_a_moment_needs_a_time_zone(store: Store, clock: Clock) -> None:
    clock.now = datetime(2026, 6, 1, 12)  # noqa: DTZ001 - the mistake under test
    with pytest.raises(Exception, match="time zone"):
        store.log.add("gepubliceerd", "An")
