"""``build.py archive``: signed minutes are kept, looked through and given out."""

import json
import os
import random
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Self

import bagit
import click
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from minutes import __main__ as cli
from minutes import deposit
from minutes.archive import audit, bags, signed_copies
from minutes.archive.vault import Vault
from minutes.build import pipeline
from minutes.commands import archive
from minutes.commands.archive import frame, holdings
from minutes.model import pictures
from minutes.paths import ROOT
from minutes.problems.errors import MinutesError
from minutes.signing import match
from minutes.signing.match import Tie
from minutes.signing.verify import Signature, Verdict
from tests.support import scanned_pages
from tests.support.archived_meeting import A, trust
from tests.support.body_folder import Shelf
from tests.support.certificates import NOW, signed_with

MEETING = """
ครั้งที่: {number}/2569
วันที่: {day} มกราคม 2569
เวลาเริ่ม: 09.30
เวลาเลิก: 11.00
สถานะ: {status}
ระเบียบวาระ:
  - ชนิด: เพื่อพิจารณา
    เรื่อง:
      - {{ชื่อเรื่อง: แผนงานประจำปี, รายละเอียด: {matter}, มติ: เห็นชอบ}}
"""
ID = "board-2569-01"


@pytest.fixture(autouse=True)
def nobody_else_is_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MOMENT", 0)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.chdir(tmp_path)
    for module in (archive, frame, holdings):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(archive, "_now", lambda: NOW)
    shelf = Shelf(tmp_path / "agendas")
    meet(shelf, "ฉบับสมบูรณ์")
    return shelf


def meet(shelf: Shelf, status: str, matter: str = "ตามเอกสาร", number: int = 1) -> None:
    told = MEETING.format(status=status, matter=matter, number=number, day=4 + number)
    shelf.put(f"2569-{number:02}", told)


@pytest.fixture
def signed(shelf: Shelf) -> Path:
    return scanned_pages.scan(Path("signed.pdf"), right(2), scanned_pages.Glass(150))


def right(count: int, id_: str = ID, version: int = 1) -> list[str]:
    """Give the codes on the pages of a meeting's minutes as they are now."""
    meeting, _ = deposit.meeting(id_, Path("agendas"))
    return scanned_pages.pages(count, id_=id_, version=version, text=pipeline.text_of(meeting)[:32])


class Desk:
    """Runs the command; gives its exit status and what it said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self.capsys.readouterr()
        status = cli.main(["archive", *arguments])
        out, err = self.capsys.readouterr()
        return status, out, err

    def codes(self, *arguments: str) -> tuple[int, list[str]]:
        """Run it; gives its exit status and the codes of the problems."""
        status, _, err = self(arguments[0], "--errors", "json", *arguments[1:])
        return status, [json.loads(line)["code"] for line in err.splitlines()]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(capsys)


# --- put, verify, list ------------------------------------------------------------------------


def test_the_archive_that_the_office_names_is_used_by_every_command(
    shelf: Shelf, signed: Path, run: Desk
) -> None:
    office = shelf.root / "office.yaml"
    office.write_text(office.read_text("utf-8") + "คลัง: ../kept\n", "utf-8")
    assert run("put", ID, "signed.pdf")[0] == 0
    assert (Path("kept/register.jsonl").is_file(), Path("archive").exists()) == (True, False)
    for command in (["list"], ["show", ID], ["verify"], ["head", "-o", "."], ["due"]):
        assert run(*command)[0] == 0
    assert run("list", "--archive", "archive")[0] == 2
    shutil.copytree("kept", "archive")
    Shelf(shelf.root / "second", name="water")
    assert run.codes("list") == (2, ["D190"])
    assert run("list", "--archive", "archive")[0] == 0


def test_a_scanned_copy_is_kept_with_all_that_it_was_made_from(
    shelf: Shelf, signed: Path, run: Desk
) -> None:
    before = signed.read_bytes()
    status, out, _ = run("put", ID, "signed.pdf")
    assert (status, signed.read_bytes()) == (0, before)
    assert out.startswith("เก็บ board-2569-01/v1 แล้ว (ฉบับสมบูรณ์)\nรหัสบนหน้าที่ลงนามตรงกับข้อความ")
    bag = Path("archive/objects/board-2569-01/v1")
    bagit.Bag(str(bag)).validate()
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--strict", "-c", manifest], cwd=bag, check=True)
    assert set(bags.payload(bag)) == {
        "scan-original.pdf", "scan.pdf", "minutes.docx", "minutes.pdf", "source.yaml",
        "body.yaml", "office.yaml", "built-with.json", "verify.json",
    }  # fmt: skip
    assert (bag / "data/scan-original.pdf").read_bytes() == before
    assert (bag / "data/source.yaml").read_bytes() == shelf.files[0].read_bytes()


def test_what_was_kept_is_described_in_thai(signed: Path, run: Desk) -> None:
    assert run("put", ID, "signed.pdf")[0] == 0
    about = bagit.Bag(f"archive/objects/{ID}/v1").info
    assert about["Source-Organization"] == "ที่ว่าการอำเภอตัวอย่าง"
    assert about["External-Identifier"] == ID
    assert about["External-Description"] == "รายงานการประชุมคณะกรรมการตัวอย่าง ครั้งที่ 1/2569"
    assert about["Meeting-Date"] == "2026-01-05 (5 มกราคม 2569)"
    assert about["Retention-Class"] == "10 years"
    assert about["Minutes-Status"] == "ฉบับสมบูรณ์"
    assert "Minutes-Supersedes" not in about
    made = json.loads(Path(f"archive/objects/{ID}/v1/data/built-with.json").read_bytes())
    assert made["program"]
    assert set(made["fonts"]) >= {"THSarabunPSK.ttf"}
    record = json.loads(Path(f"archive/objects/{ID}/v1/data/verify.json").read_bytes())
    assert [page["codes"][0]["page"] for page in record["pages"]] == [1, 2]
    assert record["problems"] == []


def test_the_scan_beside_the_original_is_pdf_a(signed: Path, run: Desk) -> None:
    assert run("put", ID, "signed.pdf")[0] == 0
    with pikepdf.open(f"archive/objects/{ID}/v1/data/scan.pdf") as scan:
        told = scan.open_metadata()
        assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "B")
        assert len(scan.pages) == 2


def test_an_archive_is_verified_and_the_result_noted(signed: Path, run: Desk) -> None:
    assert run("put", ID, "signed.pdf")[0] == 0
    assert run.codes("verify") == (0, ["D157"])
    head = str(Vault(Path("archive")).read().head)
    status, out, err = run("verify", "--anchor", head)
    assert (status, err) == (0, "")
    assert "ครบถ้วน ไม่มีสิ่งใดเปลี่ยน: 1 ฉบับ" in out
    assert "ทะเบียนตรงกับหลักฐานถึงรายการที่ 2" in out
    noted = [json.loads(line) for line in Path("archive/checks.jsonl").read_text().splitlines()]
    assert [(one["sound"], one["anchored"]) for one in noted] == [(True, 0), (True, 2)]
    assert run("verify", "--no-log")[0] == 0
    assert len(Path("archive/checks.jsonl").read_text().splitlines()) == 2


def test_damage_is_told_with_the_exit_status_for_cron(signed: Path, run: Desk) -> None:
    assert run("put", ID, "signed.pdf")[0] == 0
    place = Path(f"archive/objects/{ID}/v1/data/scan-original.pdf")
    place.chmod(0o644)
    data = bytearray(place.read_bytes())
    data[500] ^= 1
    place.write_bytes(data)
    status, out, _ = run("verify")
    assert (status, "พบสิ่งผิดปกติ 1 รายการ" in out, "เลขทะเบียน" in out) == (1, True, False)
    assert run.codes("verify") == (1, ["D157", "D144"])
    status, out, _ = run("verify", "--quick", "--lang", "en")
    assert (status, "a quick look, no file was read" in out) == (0, True)


def test_every_version_is_listed(signed: Path, run: Desk) -> None:
    assert run("list")[0] == 2
    assert run("put", ID, "signed.pdf")[0] == 0
    status, out, _ = run("list")
    assert status == 0
    assert "board-2569-01/v1" in out
    assert "31 ธันวาคม 2579" in out  # the last day of the ten years after the meeting's
    assert "2036-12-31" in run("list", "--lang", "en")[1]


def test_an_archive_may_begin_in_a_folder_that_is_not_there_yet(signed: Path, run: Desk) -> None:
    assert run("put", ID, "signed.pdf", "--archive", "new/deep/archive")[0] == 0
    assert run("verify", "--archive", "new/deep/archive")[0] == 0


# --- what is refused --------------------------------------------------------------------------


def test_a_draft_is_refused(shelf: Shelf, signed: Path, run: Desk) -> None:
    meet(shelf, "ร่าง")
    assert run.codes("put", ID, "signed.pdf") == (1, ["D220"])
    assert not Path("archive").exists()


def test_a_meeting_with_errors_is_refused(shelf: Shelf, signed: Path, run: Desk) -> None:
    shelf.put("2569-01", shelf.files[0].read_text("utf-8").replace(": 5 ", ": วันอังคารที่ 5 "))
    assert run.codes("put", ID, "signed.pdf") == (1, ["D02"])
    assert not Path("archive").exists()


# --- what is not loaded -----------------------------------------------------------------------

PLAIN = [
    ["archive", "put", ID, "signed.pdf"],
    ["archive", "list"],
    ["archive", "show", ID],
    ["archive", "export", ID, "a.zip"],
    ["archive", "restore", ID, "out-of-it"],
    ["archive", "copy", "second"],
    ["archive", "compare", "second"],
    ["archive", "due"],
    ["archive", "head", "-o", "."],
    ["archive", "verify"],
    ["agendas", "--to", "pdf", "-o", "out", "--archive", "archive"],
]


def test_commands_that_look_at_no_signature_load_nothing_for_it(signed: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from minutes import __main__ as cli\n"
        "from minutes.commands import archive\n"
        "from minutes.commands.archive import frame, holdings\n"
        "for module in (archive, frame, holdings):\n"
        "    module.ROOT = pathlib.Path.cwd()\n"
        f"done = [cli.main(arguments) for arguments in {PLAIN}]\n"
        "heavy = ('pyhanko', 'cryptography', 'asn1crypto', 'oscrypto')\n"
        "print('loaded', done, [m for m in sys.modules if m.startswith(heavy)])"
    )
    root = ROOT
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == f"loaded {[0] * len(PLAIN)} []"


# --- what was handed out ----------------------------------------------------------------------

HANDED_OUT = """เอกสารแนบ:
  - {ไฟล์: เอกสาร/แผนงาน.PDF, ชื่อเอกสาร: แผนงานประจำปี}
  - {ไฟล์: เอกสาร/ตาราง.ตาราง}
  - {ไฟล์: ลิงก์.xlsx}
  - {ไฟล์: เอกสาร/แผนงาน.PDF}
  - {ชื่อเอกสาร: เอกสารที่แจกในที่ประชุม}
"""


@pytest.fixture
def handed_out(shelf: Shelf) -> dict[str, bytes]:
    """Let the agenda name attachments; gives what is in them, by their names in the bag."""
    folder = shelf.folder / "เอกสาร"
    folder.mkdir()
    contents = {"แผนงาน.PDF": os.urandom(3 << 20), "ตาราง.ตาราง": b"1", "สาม.xlsx": b"PK"}
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    (shelf.folder / "ลิงก์.xlsx").symlink_to(folder / "สาม.xlsx")
    agenda = shelf.files[0]
    agenda.write_text(agenda.read_text("utf-8") + HANDED_OUT, "utf-8")
    names = ("attachments/1.pdf", "attachments/2", "attachments/3.xlsx")
    return dict(zip(names, contents.values(), strict=True))


def test_what_was_handed_out_is_kept_shown_and_given_out(
    handed_out: dict[str, bytes], run: Desk
) -> None:
    assert run("put", ID, scan("a.pdf", 1))[0] == 0
    assert {name: kept_file(name).read_bytes() for name in handed_out} == handed_out
    bagit.Bag(f"archive/objects/{ID}/v1").validate()
    told = json.loads(kept_file("built-with.json").read_bytes())["attachments"]
    assert told["attachments/1.pdf"] == {"file": "เอกสาร/แผนงาน.PDF", "title": "แผนงานประจำปี"}
    assert {name: one["file"] for name, one in told.items()} == {
        "attachments/1.pdf": "เอกสาร/แผนงาน.PDF",
        "attachments/2": "เอกสาร/ตาราง.ตาราง",
        "attachments/3.xlsx": "ลิงก์.xlsx",
    }
    assert "attachments/2  (เอกสาร/ตาราง.ตาราง)" in run("show", ID)[1]
    assert run("restore", ID, "out")[0] == 0
    assert {name: Path("out", name).read_bytes() for name in handed_out} == handed_out
    assert run("export", ID, "a.zip")[0] == 0
    with zipfile.ZipFile("a.zip") as packed:
        for name, data in handed_out.items():
            assert packed.read(f"board-2569-01-v1/data/{name}") == data


def test_attachments_are_as_limited_as_pictures(
    handed_out: dict[str, bytes], shelf: Shelf, run: Desk
) -> None:
    large = shelf.folder / "เอกสาร/แผนงาน.PDF"
    scan("a.pdf", 1)
    os.truncate(large, pictures.LARGEST_FILE + 1)
    assert run.codes("put", ID, "a.pdf") == (1, ["D75", "D75"])
    large.unlink()
    os.mkfifo(large)
    assert run.codes("put", ID, "a.pdf") == (1, ["D73", "D73"])
    large.unlink()
    large.symlink_to("/etc/passwd")
    assert run.codes("put", ID, "a.pdf") == (1, ["D72", "D72"])
    assert not Path("archive").exists()


def test_an_attachment_that_goes_while_the_copy_is_looked_at_leaves_nothing(
    handed_out: dict[str, bytes], shelf: Shelf, run: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan("a.pdf", 1)
    monkeypatch.setattr(deposit, "_record", lambda *_: (shelf.folder / "ลิงก์.xlsx").unlink())
    status, codes = run.codes("put", ID, "a.pdf")
    assert (status, codes) in [(1, ["D70"]), (1, ["D71"])]
    assert not Path("archive").exists()


# --- corrected minutes ------------------------------------------------------------------------


def scan(name: str, seed: int, *told: str) -> str:
    """Scan a copy that is no other's."""
    scanned_pages.scan(Path(name), told or right(1), scanned_pages.Glass(150, specks=0.001), seed)
    return name


def test_a_correction_of_certified_minutes_names_the_meeting_that_decided_it(
    shelf: Shelf, run: Desk
) -> None:
    meet(shelf, "รับรองแล้ว")
    meet(shelf, "ฉบับสมบูรณ์", number=2)
    assert run("put", ID, scan("a.pdf", 1))[0] == 0
    assert run.codes("put", ID, scan("b.pdf", 2)) == (1, ["D234"])
    assert run.codes("put", ID, "a.pdf") == (0, [])
    assert len(Vault(Path("archive")).versions()) == 1
    status, out, _ = run("put", ID, "b.pdf", "--approved-in", "board-2569-02")
    assert (status, "board-2569-01/v2 แล้ว (แก้ไขหลังรับรอง)" in out) == (0, True)
    about = Vault(Path("archive")).versions()[1].info
    assert about["Minutes-Supersedes"] == "board-2569-01/v1"
    assert about["Minutes-Approved-In"] == "board-2569-02"
    assert run.codes("put", ID, scan("c.pdf", 3)) == (1, ["D234"])
    assert run.codes("put", ID, "b.pdf") == (0, [])


@pytest.mark.parametrize("other", ["board-2569-01", "board-2569-09", "heads-2569-02", "../x"])
def test_only_a_later_meeting_of_the_body_can_decide_a_correction(
    other: str, shelf: Shelf, signed: Path, run: Desk
) -> None:
    meet(shelf, "ฉบับสมบูรณ์", number=2)
    assert run.codes("put", ID, "signed.pdf", "--approved-in", other) == (1, ["D235"])
    assert not Path("archive").exists()


def test_the_meeting_that_decided_may_be_in_the_archive_alone(shelf: Shelf, run: Desk) -> None:
    meet(shelf, "ฉบับสมบูรณ์", number=2)
    told = right(1, "board-2569-02")
    assert run("put", "board-2569-02", scan("b.pdf", 1, *told))[0] == 0
    shelf.files[1].unlink()
    assert run("put", ID, scan("a.pdf", 2), "--approved-in", "board-2569-02")[0] == 0


def test_minutes_that_are_not_certified_yet_are_simply_signed_anew(run: Desk, shelf: Shelf) -> None:
    assert run("put", ID, scan("a.pdf", 1))[0] == 0
    meet(shelf, "รับรองแล้ว")
    assert run("put", ID, scan("b.pdf", 2))[0] == 0
    told = [one.info["Minutes-Status"] for one in Vault(Path("archive")).versions()]
    assert told == ["ฉบับสมบูรณ์", "รับรองแล้ว"]


def test_after_a_correction_the_old_version_is_named_and_the_new_one_kept(
    shelf: Shelf, run: Desk
) -> None:
    old, text = right(2), pipeline.text_of(deposit.meeting(ID, Path("agendas"))[0])
    assert run.codes("put", ID, scan("a.pdf", 1, *old)) == (0, [])
    meet(shelf, "ฉบับสมบูรณ์", "ตามเอกสารที่แก้ไข")
    assert run.codes("put", ID, scan("b.pdf", 2, *old)) == (1, ["D192"])
    new = right(2, version=2)
    assert run.codes("put", ID, scan("c.pdf", 3, old[0], new[1])) == (1, ["D227", "D224"])
    assert run.codes("put", ID, scan("d.pdf", 4, *new)) == (0, [])
    assert run.codes("put", ID, scan("e.pdf", 5, *right(2))) == (0, ["D193"])
    kept = Vault(Path("archive")).versions()
    told = [one.info["Minutes-Text-SHA256"] for one in kept]
    assert (len(told), told[0]) == (3, text)
    assert told[1] == told[2] != text
    built = Path("archive/objects") / kept[1].name / "data/minutes.pdf"
    assert ":v2:" in match.page_codes(built.read_bytes())[0]


def test_the_next_meeting_prints_the_register_and_its_reader_can_prove_it(
    shelf: Shelf, run: Desk
) -> None:
    assert run("put", ID, scan("a.pdf", 1))[0] == 0
    meet(shelf, "ฉบับสมบูรณ์", number=2)
    assert cli.main(["agendas", "--archive", "archive", "--to", "pdf", "-o", "out"]) == 0
    document = Path("out/board/2569-02/board-2569-02-minutes.pdf")
    (line,) = (
        line
        for line in pypdfium2.PdfDocument(document)[0].get_textpage().get_text_range().split("\r\n")
        if "ทะเบียน" in line
    )
    head = line[line.index("ทะเบียน") :].strip()
    assert head == f"ทะเบียน {Vault(Path('archive')).read().head}"
    run("put", ID, scan("b.pdf", 2))
    assert run("verify", "--anchor", head)[0] == 0
    assert run.codes("verify", "--anchor", head.replace(head[-4:], "0000"))[0] == 1


# --- what the codes say -----------------------------------------------------------------------


def test_a_page_that_is_missing_is_kept_only_when_a_person_has_looked(
    shelf: Shelf, run: Desk
) -> None:
    scan("a.pdf", 1, right(3)[0], right(3)[2], "")
    assert run.codes("put", ID, "a.pdf") == (1, ["D224", "D231"])
    assert not Path("archive").exists()
    assert run.codes("put", ID, "a.pdf", "--checked") == (0, ["D224", "D231"])
    record = json.loads(Path(f"archive/objects/{ID}/v1/data/verify.json").read_bytes())
    assert (record["checked_by_a_person"], record["tied_to_the_text"]) == (True, False)
    assert [one["code"] for one in record["problems"]] == ["D224", "D231"]


def test_a_text_that_was_changed_after_it_was_signed_is_told(
    shelf: Shelf, signed: Path, run: Desk
) -> None:
    meet(shelf, "ฉบับสมบูรณ์", "แก้แล้ว")
    assert run.codes("put", ID, "signed.pdf") == (1, ["D229"])
    assert run.codes("put", ID, "signed.pdf", "--checked") == (0, ["D229"])
    assert json.loads(kept_file("verify.json").read_bytes())["tied_to_the_text"] is False


def kept_file(name: str) -> Path:
    return Path(f"archive/objects/{ID}/v1/data") / name


def printed(resolution: int = 600) -> list[Image.Image]:
    """Build the minutes and print them."""
    meeting, _ = deposit.meeting(ID, Path("agendas"))
    built = pipeline.build(meeting, ["minutes"], ["pdf"])[f"{ID}-minutes.pdf"]
    with pypdfium2.PdfDocument(built) as document:
        scale = resolution / 72
        return [page.render(scale=scale, grayscale=True).to_pil() for page in document]


GLASSES = [
    scanned_pages.Glass(150, -3.0, jpeg=40, specks=0.03),
    scanned_pages.Glass(200, 2.0, True, 40),
    scanned_pages.Glass(300, 3.0, jpeg=40, specks=0.05),
]


@pytest.mark.parametrize("glass", GLASSES, ids=str)
def test_minutes_that_were_printed_and_scanned_are_tied_to_their_text(
    glass: scanned_pages.Glass, shelf: Shelf, run: Desk
) -> None:
    chance = random.Random(1)
    scanned_pages.pdf(
        Path("a.pdf"), [scanned_pages.scanned(page, glass, chance) for page in printed()]
    )
    status, out, err = run("put", ID, "a.pdf")
    assert (status, "รหัสบนหน้าที่ลงนามตรงกับข้อความ" in out, err) == (0, True, "")


# --- signed digitally -------------------------------------------------------------------------


@pytest.fixture
def built(shelf: Shelf) -> bytes:
    meeting, _ = deposit.meeting(ID, Path("agendas"))
    return pipeline.build(meeting, ["minutes"], ["pdf"])[f"{ID}-minutes.pdf"]


def deposited(data: bytes, checked: bool = False) -> list[str]:
    """Put a signed file; gives the codes of what was said, or of why it was refused."""
    Path("a.pdf").write_bytes(data)
    meeting, _ = deposit.meeting(ID, Path("agendas"))
    request = deposit.Request(meeting, Path("a.pdf"), Path("archive"), NOW, checked=checked)
    try:
        return [one.code for one in deposit.put(request).problems]
    except MinutesError as error:
        assert not Path("archive").exists()
        return [f"refused {one.code}" for one in error.problems]


def test_a_digitally_signed_copy_is_kept_untouched_with_what_proves_it(
    shelf: Shelf, built: bytes
) -> None:
    trust(shelf)
    data = signed_with(built, A.taker, "MinuteTaker")
    assert deposited(data) == []
    assert kept_file("signed.pdf").read_bytes() == data
    record = json.loads(kept_file("verify.json").read_bytes())
    (found,) = record["verdict"]["signatures"]
    assert (found["unchanged"], found["trusted"], found["unrevoked"]) == ("yes", "yes", "yes")
    assert (record["tie"]["bond"], record["tied_to_the_text"]) == ("signed", True)
    assert kept_file("crl/1.crl").read_bytes() == A.trust.revoked[0]
    bagit.Bag(f"archive/objects/{ID}/v1").validate()
    about = bagit.Bag(f"archive/objects/{ID}/v1").info
    assert about["Minutes-Signed-File"] == "signed.pdf"


def test_who_signed_is_told_with_an_answer_to_each_question(
    shelf: Shelf, built: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    trust(shelf)
    Path("a.pdf").write_bytes(signed_with(built, A.taker, "MinuteTaker"))
    for command in (["put", ID, "a.pdf"], ["show", f"{ID}/v1"]):
        assert cli.main(["archive", *command, "--archive", "archive"]) == 0
        told = capsys.readouterr().out.splitlines()
        first = next(
            n for n, line in enumerate(told) if line.startswith("ลายมือชื่อในช่อง MinuteTaker: ")
        )
        assert "20 พฤศจิกายน 2569 เวลา 17.00 น." in told[first + 1]
        answers = [line.rpartition(": ")[2] for line in told[first + 2 : first + 6]]
        assert answers == ["ใช่", "ไม่มี", "ใช่", "ใช่"]


def test_one_certificate_in_two_fields_is_told(shelf: Shelf, built: bytes) -> None:
    trust(shelf)
    once = signed_with(built, A.taker, "MinuteTaker")
    assert deposited(signed_with(once, A.taker, "Reviewer1")) == ["D187"]


def test_a_signed_copy_whose_signature_was_cut_off_is_not_taken_for_one(
    shelf: Shelf, built: bytes, run: Desk
) -> None:
    trust(shelf)
    data = signed_with(built, A.taker, "MinuteTaker")
    Path("cut.pdf").write_bytes(data[: len(built)])
    assert run.codes("put", ID, "cut.pdf") == (1, ["D223"])
    Path("torn.pdf").write_bytes(data[:-200])
    status, told = run.codes("put", ID, "torn.pdf")
    assert (status, set(told) <= {"D163", "D164", "D172", "D221", "D223"}, bool(told)) == (
        1,
        True,
        True,
    )
    assert not Path("archive").exists()


def test_of_a_corrected_text_the_old_signed_copy_is_named(
    shelf: Shelf, built: bytes, run: Desk
) -> None:
    trust(shelf)
    Path("a.pdf").write_bytes(signed_with(built, A.taker, "MinuteTaker"))
    assert run.codes("put", ID, "a.pdf") == (0, [])
    Path("again.pdf").write_bytes(signed_with(built, A.taker, "MinuteTaker"))
    assert run.codes("put", ID, "again.pdf") == (0, [])  # the same text once more: still its v1
    meet(shelf, "ฉบับสมบูรณ์", "ตามเอกสารที่แก้ไข")
    Path("old.pdf").write_bytes(signed_with(built, A.taker, "MinuteTaker"))
    assert run.codes("put", ID, "old.pdf") == (1, ["D192"])


def test_whom_nobody_trusts_is_kept_and_told(shelf: Shelf, built: bytes) -> None:
    assert deposited(signed_with(built, A.taker, "MinuteTaker")) == ["D166"]


def test_an_unknown_revocation_is_told(shelf: Shelf, built: bytes) -> None:
    trust(shelf)
    for one in (shelf.root / "roots").glob("*.crl"):
        one.unlink()
    assert deposited(signed_with(built, A.taker, "MinuteTaker")) == ["D168"]


def test_what_was_changed_after_it_was_signed_is_refused_even_when_checked(
    shelf: Shelf, built: bytes
) -> None:
    data = bytearray(signed_with(built, A.taker, "MinuteTaker"))
    data[len(built) // 2] ^= 1
    for checked in (False, True):
        assert {"refused D164", "refused D163"} & set(deposited(bytes(data), checked))


def test_what_was_added_behind_a_signature_is_refused_unless_checked(
    shelf: Shelf, built: bytes
) -> None:
    trust(shelf)
    data = signed_with(built, A.taker, "MinuteTaker") + b"more"
    assert deposited(data) == ["refused D165", "refused D172"]
    assert deposited(data, checked=True) == ["D165", "D172"]


def test_a_signed_copy_of_another_text_is_refused(shelf: Shelf, built: bytes) -> None:
    trust(shelf)
    meet(shelf, "ฉบับสมบูรณ์", "แก้แล้ว")
    assert deposited(signed_with(built, A.taker, "MinuteTaker")) == ["refused D229"]


def test_a_revoked_certificate_and_an_unsigned_field_are_named() -> None:
    signature = Signature("A", "signature", unchanged="yes", later="none", trusted="yes")
    verdict = Verdict("", (replace(signature, unrevoked="no"),))
    found = signed_copies.judge(verdict, Tie("unknown", (), ()), ("A", "B"), Path("a.pdf"))
    assert [one.code for one in found] == ["D167", "D169", "D230"]
    told = signed_copies.judge(Verdict("", unread="why"), Tie("signed", (), ()), (), Path("a.pdf"))
    assert [one.code for one in told] == ["D163"]
    nothing = signed_copies.judge(Verdict(""), Tie("signed", (), ()), (), Path("a.pdf"))
    assert [one.code for one in nothing] == ["D169"]


def test_without_what_verifies_nothing_is_kept(
    shelf: Shelf, built: bytes, run: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.pdf").write_bytes(signed_with(built, A.taker, "MinuteTaker"))
    monkeypatch.setattr(signed_copies, "find_spec", lambda _: None)
    assert run.codes("put", ID, "a.pdf") == (2, ["D171"])
    assert not Path("archive").exists()


def test_a_scan_without_codes_is_kept_and_said_to_be_unproven(shelf: Shelf, run: Desk) -> None:
    status, out, err = run("put", ID, scan("a.pdf", 1, ""))
    assert (status, "[D230]" in err, "ยังพิสูจน์ไม่ได้" in out) == (0, True, True)


def test_what_cannot_be_made_pdf_a_is_kept_as_it_is(signed: Path, run: Desk) -> None:
    """A scanner has read the letters, and laid them beneath the picture without their font."""
    name = pikepdf.Name
    font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
    with pikepdf.open(signed, allow_overwriting_input=True) as pdf:
        pdf.pages[0].add_resource(font, name.Font, name("/F1"))
        pdf.pages[0].contents_add(pdf.make_stream(b"BT 3 Tr /F1 12 Tf 72 72 Td (read) Tj ET"))
        pdf.save(signed)
    assert run.codes("put", ID, "signed.pdf") == (0, ["D233"])
    assert "scan.pdf" not in bags.payload(Path(f"archive/objects/{ID}/v1"))
    assert kept_file("scan-original.pdf").read_bytes() == signed.read_bytes()


def test_without_pdf_nothing_is_kept(
    signed: Path, run: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minutes.build.pipeline.possible", lambda _: ("docx",))
    assert run.codes("put", ID, "signed.pdf") == (2, ["D239"])
    assert not Path("archive").exists()


# --- given out --------------------------------------------------------------------------------


@pytest.fixture
def kept(signed: Path, run: Desk) -> Path:
    assert run("put", ID, "signed.pdf")[0] == 0
    return Path(f"archive/objects/{ID}/v1/data")


def test_a_version_is_shown_with_its_files(kept: Path, run: Desk) -> None:
    status, out, _ = run("show", ID)
    assert status == 0
    assert f"  {bags.digest_of(kept / 'scan.pdf')}  scan.pdf\n" in out
    assert "  Minutes-Status: ฉบับสมบูรณ์\n" in out
    assert "ไม่พบปัญหา" in out
    assert run.codes("show", "board-2569-07") == (1, ["D149"])


def test_what_was_found_is_shown_again(shelf: Shelf, run: Desk) -> None:
    assert run("put", ID, scan("a.pdf", 1, *right(1), ""))[0] == 0
    assert "  หน้า 2: หน้านี้ไม่มีรหัสที่อ่านได้\n" in run("show", ID)[1]


def test_a_stranger_checks_an_exported_version(kept: Path, run: Desk, tmp_path: Path) -> None:
    assert run("export", ID)[0] == 0
    with zipfile.ZipFile("board-2569-01-v1.zip") as packed:
        packed.extractall("out")
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        command = ["sha256sum", "--strict", "-c", manifest]
        subprocess.run(command, cwd="out/board-2569-01-v1", check=True, capture_output=True)
    assert run("export", ID)[0] == 2
    assert run("export", f"{ID}/v1", "other.zip")[0] == 0


def test_a_version_is_restored_into_a_new_folder(kept: Path, run: Desk) -> None:
    assert run("restore", ID, "again")[0] == 0
    assert Path("again/scan-original.pdf").read_bytes() == Path("signed.pdf").read_bytes()
    assert run("restore", ID, "again")[0] == 2


def test_the_archive_and_what_leaves_it_are_closed_to_others(signed: Path, run: Desk) -> None:
    before = os.umask(0o022)
    try:
        assert [run("put", ID, "signed.pdf")[0], run("copy", "disk")[0]] == [0, 0]
        assert [run("export", ID, "one.zip")[0], run("restore", ID, "again")[0]] == [0, 0]
        assert run("verify")[0] == 0
    finally:
        os.umask(before)
    tops = [Path(name) for name in ("archive", "disk", "one.zip", "again")]
    found = {
        place: place.stat().st_mode & 0o777 for top in tops for place in (top, *top.rglob("*"))
    }
    folders = {mode for place, mode in found.items() if place.is_dir()}
    assert (folders, {*found.values()} - folders) == ({0o750}, {0o640, 0o440})
    assert found[Path(f"archive/objects/{ID}/v1/data/scan-original.pdf")] == 0o440


# --- two places -------------------------------------------------------------------------------


def spoil(place: Path) -> None:
    place.chmod(0o644)
    place.write_bytes(b"spoilt")


def test_a_damaged_version_is_mended_from_the_other_place_when_somebody_says_so(
    kept: Path, run: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("copy", "disk")[0] == 0
    assert run("compare", "disk")[:2] == (0, "ทั้งสองแห่งครบถ้วนและตรงกัน: 1 ฉบับ\n")
    spoil(kept / "source.yaml")
    status, out, _ = run("compare", "disk")
    assert (status, f"{ID}/v1 ที่ archive เสียหาย" in out) == (1, True)
    monkeypatch.setattr("click.confirm", lambda _: False)
    assert run("compare", "disk", "--repair")[0] == 1
    status, out, _ = run("compare", "disk", "--repair", "--yes")
    assert (status, "ซ่อม board-2569-01/v1 จากอีกแห่งแล้ว" in out) == (0, True)
    (aside,) = Path("archive.damaged").iterdir()
    assert (aside / "data/source.yaml").read_bytes() == b"spoilt"


def test_what_is_gone_is_brought_back_and_who_lags_behind_is_told(kept: Path, run: Desk) -> None:
    assert run("copy", "disk")[0] == 0
    shutil.rmtree(f"disk/objects/{ID}/v1")
    status, out, _ = run("compare", "disk", "--repair", "--yes")
    assert (status, f"{ID}/v1 หายไปจาก disk" in out) == (0, True)
    assert not Path("disk.damaged").exists()
    Path("archive/register.jsonl").unlink()
    assert "archive ขาด 2 รายการล่าสุด" in run("compare", "disk")[1]
    assert run("copy", "archive", "--archive", "disk")[0] == 0
    assert run("compare", "disk")[0] == 0


# --- all of it --------------------------------------------------------------------------------


class Today(date):
    @classmethod
    def today(cls) -> Self:
        return cls(2036, 12, 31)


def test_what_has_reached_its_end_is_listed_and_nothing_is_deleted(
    kept: Path, run: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holdings, "date", Today)
    assert "ยังไม่มีฉบับใดครบอายุการเก็บ" in run("due")[1]
    assert "ยังไม่มีฉบับใดครบอายุการเก็บ" in run("due", "--on", "31 ธ.ค. 2579")[1]
    status, out, _ = run("due", "--on", "1 มกราคม 2580")
    assert (status, "board-2569-01/v1" in out, "โปรแกรมไม่ลบสิ่งใด" in out) == (0, True, True)
    assert kept.is_dir()


def test_the_head_is_printed_and_written_and_is_an_anchor_both_ways(kept: Path, run: Desk) -> None:
    status, out, _ = run("head")
    short = out.splitlines()[0]
    assert status == 0
    for given in (short, "out/register-head.json"):
        assert run.codes("verify", "--anchor", given) == (0, [])
    assert run.codes("verify", "--anchor", f"2-{'0' * 16}") == (1, ["D156", "D157"])


@pytest.mark.parametrize("given", ["2", "2-", "2-abc", "0-0123456789abcdef", "no.json", "odd.json"])
def test_what_is_no_anchor_is_refused(given: str, kept: Path, run: Desk) -> None:
    Path("odd.json").write_text('[{"number": 1}]')
    assert run.codes("verify", "--anchor", given) == (2, ["D236"])


def test_a_place_that_cannot_be_written_is_verified_all_the_same(
    kept: Path, run: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("minutes.archive.check_log.record", refuse)
    status, out, _ = run("verify")
    assert (status, "บันทึกผลไว้ในคลังไม่ได้" in out) == (0, True)


def test_a_full_disk_is_told(signed: Path, run: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device", "archive")

    monkeypatch.setattr(Vault, "put", refuse)
    status, _, err = run("put", ID, "signed.pdf")
    assert (status, "ดิสก์เต็ม" in err) == (2, True)


# --- help -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_help_names_every_command_and_each_has_its_own(lang: str, run: Desk) -> None:
    status, out, _ = run("--help", "--lang", lang)
    group = archive.command("th" if lang == "th" else "en")
    assert isinstance(group, click.Group)
    assert status == 0
    assert len(group.commands) == 11
    for name in group.commands:
        assert f"  {name} " in out
        assert "--archive" in run(name, "--help", "--lang", lang)[1]


def test_without_a_command_the_help_is_shown_and_an_unknown_one_refused(run: Desk) -> None:
    assert run()[0] == 2
    assert "verify" in run()[1]
    assert run("destroy")[0] == 2
