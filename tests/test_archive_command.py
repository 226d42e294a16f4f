"""``build.py archive``: signed minutes are kept, looked through and given out."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import bagit
import pikepdf
import pytest

from minutes import cli
from minutes.archive import audit, bags
from minutes.archive.vault import Vault
from minutes.commands import archive
from tests import scanner
from tests.shelf import Shelf

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
    monkeypatch.setattr(archive, "ROOT", tmp_path)
    shelf = Shelf(tmp_path / "agendas")
    meet(shelf, "ฉบับสมบูรณ์")
    return shelf


def meet(shelf: Shelf, status: str, matter: str = "ตามเอกสาร", number: int = 1) -> None:
    told = MEETING.format(status=status, matter=matter, number=number, day=4 + number)
    shelf.put(f"2569-{number:02}", told)


@pytest.fixture
def signed(shelf: Shelf) -> Path:
    return scanner.scan(Path("signed.pdf"), scanner.pages(2), scanner.Glass(150))


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


def test_a_scanned_copy_is_kept_with_all_that_it_was_made_from(
    shelf: Shelf, signed: Path, run: Desk
) -> None:
    before = signed.read_bytes()
    status, out, _ = run("put", ID, "signed.pdf")
    assert (status, signed.read_bytes()) == (0, before)
    assert out.startswith("เก็บ board-2569-01/v1 แล้ว (ฉบับสมบูรณ์)\n")
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
    assert run.codes("verify") == (1, ["D157", "D144"])
    status, out, _ = run("verify", "--quick", "--lang", "en")
    assert (status, "a quick look, no file was read" in out) == (0, True)


def test_every_version_is_listed(signed: Path, run: Desk) -> None:
    assert run("list")[0] == 2
    assert run("put", ID, "signed.pdf")[0] == 0
    status, out, _ = run("list")
    assert status == 0
    assert "board-2569-01/v1" in out
    assert "2037-01-01" in out


# --- what is refused --------------------------------------------------------------------------


def test_a_draft_is_refused(shelf: Shelf, signed: Path, run: Desk) -> None:
    meet(shelf, "ร่าง")
    assert run.codes("put", ID, "signed.pdf") == (1, ["D220"])
    assert not Path("archive").exists()


def test_a_meeting_with_errors_is_refused(shelf: Shelf, signed: Path, run: Desk) -> None:
    shelf.put("2569-01", shelf.files[0].read_text("utf-8").replace(": 5 ", ": วันอังคารที่ 5 "))
    assert run.codes("put", ID, "signed.pdf") == (1, ["D02"])
    assert not Path("archive").exists()


def linked(place: Path) -> None:
    place.symlink_to(scanner.scan(place.with_name("real.pdf"), scanner.pages(1)))


def locked(place: Path) -> None:
    scanner.scan(place, scanner.pages(1))
    with pikepdf.open(place, allow_overwriting_input=True) as pdf:
        pdf.save(place, encryption=pikepdf.Encryption(owner="หนึ่ง", user="two"))


def cut(place: Path) -> None:
    data = scanner.scan(place, scanner.pages(1)).read_bytes()
    place.write_bytes(data[: len(data) // 3].replace(b"obj", b"job"))


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link": (linked, "D141"),
    "a pipe": (os.mkfifo, "D141"),
    "a folder": (Path.mkdir, "D141"),
    "nothing": (lambda place: None, "D80"),
    "an empty file": (Path.touch, "D221"),
    "no PDF": (lambda place: place.write_bytes(b"PK\x03\x04" * 1000), "D221"),
    "a PDF cut off": (cut, "D221"),
    "the first line of a PDF": (lambda place: place.write_bytes(b"%PDF-1.7\n"), "D221"),
    "a PDF with a password": (locked, "D222"),
    "a PDF that nobody signed": (scanner.born_digital, "D223"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_signed_copy_is_refused(kind: str, shelf: Shelf, run: Desk) -> None:
    make, code = REFUSED[kind]
    make(Path("bad.pdf"))
    assert run.codes("put", ID, "bad.pdf") == (1, [code])
    assert not Path("archive").exists()


NAMES = ["../x", "a/b", "a\n", "con", "ก" * 86, "../../etc/passwd", "board-2569-02", ""]


@pytest.mark.parametrize("name", NAMES)
def test_an_id_that_is_none_is_refused(name: str, signed: Path, run: Desk) -> None:
    status, codes = run.codes("put", "--", name, "signed.pdf")
    assert (status, len(codes)) == (1, 1)
    assert codes[0] in {"D147", "D367", "D82"}
    assert not Path("archive").exists()


def test_a_name_that_looks_like_an_option_is_refused(signed: Path, run: Desk) -> None:
    assert run("put", "-rf", "signed.pdf")[0] == 2
    assert run.codes("put", "--", "-rf", "signed.pdf") == (1, ["D147"])
    assert not Path("archive").exists()
