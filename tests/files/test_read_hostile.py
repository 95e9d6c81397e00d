"""Files that mean harm, or were damaged on the way: one clear sentence, in time, without hurting anyone else."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from einclusie_data.contract import settings
from einclusie_data.contract.errors import DataFileError, OversizedFileError, UnreadableFileError
from einclusie_data.contract.workbook import RawSheet
from einclusie_data.files.read import workbook as read
from einclusie_data.files.read.workbook import read_workbook
from einclusie_data.files.read.worker import read_content
from tests.processor import processor_seconds
from tests.raw_files import biff_records, ods_bytes, ods_table, ole_bytes, text_cell, xlsx_parts, zip_bytes
from tests.xlsx import workbook_bytes

DATA = Path(__file__).parents[1] / "data"
SECONDS = 10
PARENT_BYTES = 20_000_000


@contextmanager
def guarded() -> Iterator[None]:
    """What happens within is done with little work and takes hardly any memory of this process."""
    tracemalloc.start()
    start = processor_seconds()
    try:
        yield
        seconds, (_, peak) = processor_seconds() - start, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert seconds < SECONDS
    assert peak < PARENT_BYTES


def sheet_of(content: bytes) -> RawSheet:
    """The first sheet, read as the app reads it."""
    with guarded():
        return read_workbook(content, "aanbod.xlsx").sheets[0]


def refusal(content: bytes, name: str = "aanbod.xlsx") -> str:
    """The sentence with which a file is refused: one line, and not too short to help."""
    with guarded(), pytest.raises(DataFileError) as caught:
        read_workbook(content, name)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert len(sentence) > 60
    return sentence


# --- other kinds of files --------------------------------------------------------------------------------------------

WORD = zip_bytes({"[Content_Types].xml": "", "word/document.xml": "<w/>"})
ODT = zip_bytes({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is leeg"),
        (b" \r\n ", "is leeg"),
        (b"%PDF-1.7 ...", "een pdf"),
        (b"\x89PNG\r\n\x1a\n....", "een afbeelding"),
        (b"\xff\xd8\xff\xe0..JFIF", "een foto"),
        (b"\x00\x00\x00\x18ftypheic", "een foto"),
        (b"\x1f\x8b\x08....", "een ingepakt bestand"),
        (b"{\\rtf1 a}", "een tekstdocument"),
        (b'{"type": "FeatureCollection"}', "een JSON-bestand"),
        (b"\x09\x08\x10\x00\x00\x06....", "een heel oude Excel-werkmap"),
        (b"<html><table><tr><td>Naam</td></tr></table></html>", "een webpagina"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><body>", "een webpagina"),
        (b"<table><tr><td>Naam</td></tr></table>", "een webpagina"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "een webpagina"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "een XML-werkblad"),
        (b'<?xml version="1.0"?><office:document>', "een plat OpenDocument-bestand"),
        (b'<?xml version="1.0"?><office:document><table:table/></office:document>', "een plat OpenDocument-bestand"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table/></Workbook>',
            "een XML-werkblad",
        ),
        (b'<?xml version="1.0"?><kml/>', "een XML-bestand"),
        (b"\x7fELF\x02\x01\x01\x00\x00", "geen tekst en geen Excel-bestand"),
        (WORD, "een Word-document"),
        (zip_bytes({"ppt/presentation.xml": ""}), "een presentatie"),
        (zip_bytes({"Index/Document.iwa": "", "Metadata/x": ""}), "een werkmap van Apple Numbers"),
        (zip_bytes({"xl/workbook.bin": ""}), ".xlsb"),
        (zip_bytes({"foto.jpg": "x"}), "een zip-bestand"),
        (ODT, "een OpenDocument-tekst"),
        (ole_bytes("WordDocument"), "een oud Word-document"),
        (ole_bytes("PowerPoint Document"), "een oude presentatie"),
        (ole_bytes("__substg1.0_0037001F"), "een e-mailbericht"),
        (ole_bytes("EncryptedPackage", "EncryptionInfo"), "beveiligd met een wachtwoord"),
    ],
)
def test_another_kind_of_file_under_the_name_of_a_workbook(content: bytes, words: str) -> None:
    assert words in refusal(content)


def test_a_web_page_that_was_saved_as_xls_says_so() -> None:
    sentence = refusal(b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table>", "aanbod.xls")
    assert "webpagina" in sentence
    assert "bewaar het als Excel-werkmap (.xlsx)" in sentence


@pytest.mark.parametrize("name", ["aanbod.csv", "aanbod.txt"])
def test_text_that_nobody_can_read(name: str) -> None:
    assert "geen leesbare tekst" in refusal(bytes(range(1, 32)) * 40, name)


# --- damage ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def good_workbook() -> bytes:
    return workbook_bytes({"Aanbod": [["Nr", "Naam aanbod"], *([str(n), f"hulp {n}"] for n in range(50))]})


def with_encrypted_member(content: bytes) -> bytes:
    """The zip with the flag "encrypted" on every member."""
    central = content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    return central.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04",
        good_workbook()[:1000],
        good_workbook()[:-30],
        good_workbook().replace(b"sheet1.xml", b"sheet9.xml", 1),
        xlsx_parts("<row><c><v>1</v></c>"),
        xlsx_parts('<row><c t="s"><v>5</v></c></row>'),
        xlsx_parts('<row><c t="s"><v>-1</v></c></row>', shared="<sst><si><t>a</t></si></sst>"),
        xlsx_parts('<row r="5"/><row r="3"/>'),
        xlsx_parts('<row r="1048577"/>'),
        xlsx_parts('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'),
        xlsx_parts('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
        xlsx_parts('<row r="een"/>'),
        xlsx_parts('<row r="1e999"/>'),
        xlsx_parts(workbook="<workbook/>"),
        xlsx_parts(relations="<Relationships/>"),
        zip_bytes({"xl/styles.xml": "<styleSheet/>"}),
        ods_bytes(""),
        ods_bytes("<table:table>"),
        ods_bytes(ods_table("<table:table-row table:number-rows-repeated='x'><table:table-cell/></table:table-row>")),
        (DATA / "klein.xls").read_bytes()[:3000],
        ole_bytes("Workbook"),
    ],
)
def test_a_damaged_workbook(content: bytes) -> None:
    assert "beschadigd" in refusal(content)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl\\worksheets\\Sheet1.xml", "docProps/app.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice(name: str) -> None:
    """We read the last, Excel may read the first: nobody would see what was published."""
    buffer = BytesIO(good_workbook())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, "<worksheet><sheetData/></worksheet>")
    assert "staat er twee keer in" in refusal(buffer.getvalue())


def test_zip_and_ods_with_a_password() -> None:
    assert "wachtwoord" in refusal(with_encrypted_member(zip_bytes({"xl/workbook.xml": "<workbook/>"})))
    manifest = {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert "wachtwoord" in refusal(ods_bytes(ods_table(""), **manifest), "aanbod.ods")


# --- more than anyone can mean ---------------------------------------------------------------------------------------


def test_cells_in_the_first_and_the_last_corner() -> None:
    rows = f'<row r="1">{text_cell("a", "A1")}</row><row r="1048576">{text_cell("b", "XFD1048576")}</row>'
    assert "cel XFD1048576" in refusal(xlsx_parts(rows))
    empty = "table:number-columns-repeated='16383'"
    ods = (
        "<table:table-row table:number-rows-repeated='1048575'><table:table-cell/></table:table-row>"
        f"<table:table-row><table:table-cell {empty}/><table:table-cell><text:p>b</text:p></table:table-cell>"
        "</table:table-row>"
    )
    assert "cel XFD1048576" in refusal(ods_bytes(ods_table(ods)), "aanbod.ods")


def test_a_last_row_far_below_is_read() -> None:
    rows = f'<row r="1">{text_cell("a", "A1")}</row><row r="1048576">{text_cell("b", "A1048576")}</row>'
    assert sheet_of(xlsx_parts(rows)).numbers == (1, 1_048_576)


def test_a_million_empty_rows_with_a_format() -> None:
    rows = f'<row r="1">{text_cell("Naam")}</row>'.encode()
    rows += b"".join(b'<row r="%d" s="3" customFormat="1"><c s="3"/></row>' % n for n in range(2, 1_000_000))
    assert sheet_of(xlsx_parts(rows)).rows == (("Naam",),)


def test_more_rows_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = f"<row>{text_cell('a')}</row>"
    assert len(read_content(xlsx_parts(rows * 150)).sheets[0].rows) == 150
    monkeypatch.setattr(settings, "MAX_ROWS", 150)
    assert len(read_content(xlsx_parts(rows * 150)).sheets[0].rows) == 150
    with pytest.raises(OversizedFileError, match="meer dan 150 ingevulde rijen"):
        read_content(xlsx_parts(rows * 151))
    with pytest.raises(OversizedFileError, match="meer dan 150 ingevulde rijen"):
        read_content(b"a;b\n" * 151)


def test_columns_up_to_the_limit() -> None:
    row = "<row>" + text_cell("a") * settings.MAX_COLUMNS
    assert len(read_content(xlsx_parts(row + "<c/></row>")).sheets[0].rows[0]) == settings.MAX_COLUMNS
    with pytest.raises(OversizedFileError, match="cel GS1"):
        read_content(xlsx_parts(f"{row}{text_cell('b')}</row>"))


def test_sheets_up_to_the_limit() -> None:
    tables = ods_table("") * settings.MAX_SHEETS
    assert len(read_content(ods_bytes(tables)).sheets) == settings.MAX_SHEETS
    with pytest.raises(OversizedFileError, match="meer dan 60 bladen"):
        read_content(ods_bytes(tables + ods_table("")))
    with pytest.raises(OversizedFileError, match="meer dan 60 bladen"):
        read_content(workbook_bytes({f"Blad {n}": [] for n in range(settings.MAX_SHEETS + 1)}))


def test_a_file_over_the_limit() -> None:
    assert "te groot (30 MB" in refusal(bytes(settings.MAX_FILE_BYTES + 1))


def test_a_zip_bomb_that_tells_its_size() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as member:
            for _ in range(310):
                member.write(bytes(1_000_000))
    assert "te groot" in refusal(buffer.getvalue())


def test_a_zip_bomb_that_lies_about_its_size() -> None:
    spaces = 290_000_000
    content = xlsx_parts(b" " * spaces)
    real = struct.pack("<I", spaces + len("<worksheet><sheetData></sheetData></worksheet>"))
    assert content.count(real) == 2
    assert "beschadigd" in refusal(content.replace(real, struct.pack("<I", 500)))


def test_one_text_repeated_in_every_cell() -> None:
    shared = f"<sst><si><t>{'a' * 30_000}</t></si></sst>"
    rows = ("<row>" + '<c t="s"><v>0</v></c>' * 200 + "</row>") * 1000
    assert "te veel tekst" in refusal(xlsx_parts(rows, shared=shared))


def test_an_ods_that_repeats_a_row_a_million_times() -> None:
    row = (
        "<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='200'>"
        "<text:p>a</text:p></table:table-cell></table:table-row>"
    )
    assert "te veel cellen" in refusal(ods_bytes(ods_table(row)), "aanbod.ods")


def test_too_many_members() -> None:
    assert "te groot" in refusal(zip_bytes({f"xl/{n}": "" for n in range(settings.MAX_MEMBERS + 1)}))


def test_too_many_merged_cells_and_formulas() -> None:
    merged = '<mergeCell ref="A1:B1"/>' * (settings.MAX_REMARKS + 1)
    assert "samengevoegde cellen" in refusal(xlsx_parts(after=f"<mergeCells>{merged}</mergeCells>"))
    rows = ("<row>" + "<c><f>A1</f></c>" * 1000 + "</row>") * (settings.MAX_REMARKS // 1000 + 1)
    assert "formules zonder resultaat" in refusal(xlsx_parts(rows))


def test_a_cell_that_is_too_long() -> None:
    longest = "a" * settings.MAX_CELL_CHARACTERS
    assert read_content(xlsx_parts(f"<row>{text_cell(longest)}</row>")).sheets[0].rows == ((longest,),)
    assert "Kolom A van rij 1" in refusal(xlsx_parts(f"<row>{text_cell(longest + 'a')}</row>"))
    assert "aanhalingsteken te veel" in refusal(b'Naam;x\n"a;' + b"b;c\n" * 100_000, "aanbod.csv")


# --- XML that does things --------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [BILLION_LAUGHS, OUTSIDE, '<!DOCTYPE x SYSTEM "http://voorbeeld.example/x.dtd">'])
def test_entities_are_refused(doctype: str) -> None:
    contents = [
        xlsx_parts(workbook=f"{doctype}<workbook><sheets/></workbook>"),
        xlsx_parts(shared=f"{doctype}<sst><si><t>&a9;</t></si></sst>"),
        xlsx_parts(styles=f"{doctype}<styleSheet/>"),
        xlsx_parts(relations=f"{doctype}<Relationships/>"),
        zip_bytes({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": f"{doctype}<x/>"}),
    ]
    for content in contents:
        assert "XML-entiteiten" in refusal(content)


def test_elements_within_elements_without_end() -> None:
    after = "<a>" * 500_000 + "</a>" * 500_000
    assert sheet_of(xlsx_parts(after=after)).rows == ()


# --- whatever happens to the process ---------------------------------------------------------------------------------


def with_worker(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the reading process run this code instead."""
    monkeypatch.setattr(read, "_COMMAND", (sys.executable, "-c", code))


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "raise SystemExit(1)",
        "pass",
        "print('geen JSON')",
        "print('[1, 2]')",
        "print('{}')",
        """print('{"error": "SystemExit", "message": "x"}')""",
        """print('{"error": "UnreadableFileError", "message": 5}')""",
        """print('{"sheets": 1000000000}')""",
        """print('{"sheets": 1}')""",
        """print('{"sheets": true}')""",
        "print('[' * 100000)",
    ],
)
def test_a_process_that_dies_or_talks_nonsense(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    with_worker(monkeypatch, code)
    assert refusal(good_workbook())


ONE_SHEET = '{{"sheets": 1}}\n{{"name": "A", "numbers": {numbers}, "hidden_rows": [], "merged": {merged}, '
ONE_SHEET += '"uncached_formulas": []}}\n{rows}'


@pytest.mark.parametrize(
    ("numbers", "merged", "rows"),
    [
        ("[1, 1]", "[]", '["a"]\n["b"]\n'),
        ("[0]", "[]", '["a"]\n'),
        ("[1.5]", "[]", '["a"]\n'),
        ("[1, 2]", "[]", '["a"]\n["b", "c"]\n'),
        ("[1, 2]", "[]", '["a"]\n'),
        ("[1]", "[]", '["a"]\n["b"]\n'),
        ("[1]", "[]", "[1]\n"),
        ("[1]", "[]", '"a"\n'),
        ("[1]", "[[1, 2]]", '["a"]\n'),
        ("[1]", "[]", '["' + "a" * 40_000 + '"]\n'),
        ("[1]", "[]", "[" + ", ".join(['"a"'] * 300) + "]\n"),
    ],
)
def test_an_answer_of_the_wrong_shape(monkeypatch: pytest.MonkeyPatch, numbers: str, merged: str, rows: str) -> None:
    answer = ONE_SHEET.format(numbers=numbers, merged=merged, rows=rows)
    with_worker(monkeypatch, f"print({answer!r}, end='')")
    assert refusal(good_workbook())


def test_texts_of_the_process_are_cleaned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = ONE_SHEET.format(numbers="[1]", merged="[]", rows='["a\\u0007\\ud83d", "\\u202eb"]\n')
    with_worker(monkeypatch, f"print({answer!r}, end='')")
    assert sheet_of(good_workbook()).rows == (("a", "b"),)


def test_a_process_that_takes_too_long_is_stopped_with_all_that_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    stay = f"import time; pipe = open({str(pipe)!r}, 'wb', 0); pipe.write(b'x'); time.sleep(60)"
    with_worker(monkeypatch, f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {stay!r}]); {stay}")
    monkeypatch.setattr(settings, "READ_SECONDS", 2)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert "duurde langer" in refusal(good_workbook())
    time.sleep(0.2)
    assert os.read(reader, 10) == b"xx"
    assert os.read(reader, 10) == b""  # nobody holds the other end any more; else this raises BlockingIOError
    os.close(reader)


def test_a_process_that_never_stops_talking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAX_RESULT_BYTES", 1_000_000)
    with_worker(monkeypatch, """print('{"sheets": 1}' + ' ' * 5_000_000)""")
    assert refusal(good_workbook())


def test_the_process_gets_no_more_memory_than_allowed() -> None:
    code = (
        "from einclusie_data.files.read.worker import limit_process; limit_process()\n"
        "try: bytearray(3_000_000_000)\n"
        "except MemoryError: raise SystemExit(7)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=settings.PROJECT_FOLDER, check=False).returncode == 7


def test_the_process_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EINCLUSIE_WACHTWOORD", "geheim")
    with_worker(monkeypatch, "import os; raise SystemExit('EINCLUSIE_WACHTWOORD' in os.environ)")
    with read._process(read._COMMAND) as process:
        assert process.wait() == 0


def test_many_files_at_once_wait_for_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "READ_SECONDS", 0.1)
    with read._slot(), read._slot():
        assert "tegelijk" in refusal(good_workbook())
    monkeypatch.undo()
    assert sheet_of(good_workbook()).rows[0] == ("Nr", "Naam aanbod")


def test_a_process_that_was_killed_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    with_worker(monkeypatch, f"import os; os.kill(os.getpid(), {signal.SIGKILL.value})")
    with pytest.raises(OversizedFileError, match="te groot of beschadigd"):
        read_workbook(good_workbook(), "x.xlsx")


# --- anything at all -------------------------------------------------------------------------------------------------

CHANGES = st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255))
SAMPLES = (good_workbook(), (DATA / "klein.ods").read_bytes())


def reads_or_refuses(content: bytes) -> None:
    """Whatever the bytes are: a DataFileError, or sheets of the promised shape."""
    with suppress(DataFileError):
        for sheet in read_content(content).sheets:
            assert list(sheet.numbers) == sorted(set(sheet.numbers))
            assert len(sheet.numbers) == len(sheet.rows)
            assert len({len(row) for row in sheet.rows}) <= 1
            assert all(any(row) for row in sheet.rows)


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n"]))
def test_random_bytes(content: bytes, start: bytes) -> None:
    reads_or_refuses(start + content)


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAMPLES), st.lists(CHANGES, max_size=6))
def test_workbooks_with_changed_bytes(sample: bytes, changes: list[tuple[float, int]]) -> None:
    content = bytearray(sample)
    for place, byte in changes:
        content[int(place * len(content))] = byte
    reads_or_refuses(bytes(content))


XML_PIECES = [
    "<row>", "</row>", '<row r="2">', '<row r="x">', "<c>", "</c>", '<c t="s">', '<c r="B2" s="9">', "<v>", "</v>", "1",
    "-", "1e999", "&lt;", "<f>", "</f>", "<is><t>", "</t></is>", "<t/>",
    '<mergeCell ref="A1:"/>', '<mergeCell ref="A:B"/>',
]  # fmt: skip


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(XML_PIECES), max_size=25))
def test_sheets_of_any_shape(pieces: list[str]) -> None:
    reads_or_refuses(xlsx_parts("".join(pieces)))


ODS_PIECES = [
    "<table:table-row>", "</table:table-row>", "<table:table-cell>", "</table:table-cell>", "<text:p>", "</text:p>",
    '<table:table-cell table:number-columns-repeated="-3" office:value-type="float" office:value="x">', "<text:s/>",
    "a", "<table:table>", "</table:table>", "<office:annotation>", "</office:annotation>",
    '<table:table-cell office:value-type="time" office:time-value="PT99999999H">',
]  # fmt: skip


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(ODS_PIECES), max_size=25))
def test_ods_of_any_shape(pieces: list[str]) -> None:
    reads_or_refuses(ods_bytes(ods_table("".join(pieces))))


@pytest.mark.parametrize("place", [520, 1040, 1500, 2100, 2600, 3200, 4000])
def test_an_old_workbook_with_changed_bytes(place: int) -> None:
    content = bytearray((DATA / "klein.xls").read_bytes())
    content[place : place + 40] = b"\xfe" * 40
    with suppress(UnreadableFileError, OversizedFileError):
        read_workbook(bytes(content), "aanbod.xls")


def test_an_old_workbook_with_a_cell_in_the_last_corner() -> None:
    content = (DATA / "klein.xls").read_bytes()
    number = biff_records((0x203, struct.pack("<HHHd", 2, 8, 0, 0.0)))[:8]
    assert content.count(number[:8]) <= 1
    start = content.find(struct.pack("<HHHH", 0x203, 14, 2, 8))
    assert start > 0
    corner = content[: start + 4] + struct.pack("<HH", 65_535, 255) + content[start + 8 :]
    assert "cel IV65536" in refusal(corner, "aanbod.xls")
