"""PDF/A-3a and PDF/UA-1, as veraPDF reads the standards, for all that we print.

Of the second set of tests: `.ci/run` installs Java and JAXB.
"""

import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from minutes import __main__ as cli
from minutes.build import pipeline
from minutes.meetings import loading, redact
from minutes.meetings.proceedings import work_out
from minutes.paths import ROOT
from tests.meetings.test_redact import MARK, mixed
from tests.support import stress_page
from tests.support.verapdf import Flavour, broken_rules

pytestmark = pytest.mark.system
FLAVOURS: tuple[Flavour, ...] = ("3a", "ua1")


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("out")
    assert cli.main(["-o", str(folder), "--to", "pdf"]) == 0
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.pdf"))}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_every_example_keeps_the_standard(examples: dict[str, bytes], flavour: Flavour) -> None:
    assert len(examples) >= 8
    broken = {name: broken_rules(data, flavour) for name, data in examples.items()}
    assert {name: rules for name, rules in broken.items() if rules} == {}


@pytest.fixture(scope="module")
def public_copies() -> dict[str, bytes]:
    """The public minutes and releases of the examples, and of a meeting that withholds much."""
    meetings = [work_out(case) for case in loading.find([ROOT / "agendas"]).cases]
    given = [one for one in meetings if redact.may_be_published(one.case)]
    given += [mixed(), replace(mixed(council=True), kept=MARK)]
    made = [pipeline.build_public(one, formats=["pdf"]) for one in given]
    return {f"{n}/{name}": data for n, files in enumerate(made) for name, data in files.items()}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_every_public_copy_keeps_the_standard(
    public_copies: dict[str, bytes], flavour: Flavour
) -> None:
    kinds = {name.rsplit("-", 2)[-2] for name in public_copies}
    assert (kinds, len(public_copies) > 5) == ({"minutes", "release"}, True)
    broken = {name: broken_rules(data, flavour) for name, data in public_copies.items()}
    assert {name: rules for name, rules in broken.items() if rules} == {}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_long_document_with_all_we_can_print_keeps_the_standard(flavour: Flavour) -> None:
    assert broken_rules(stress_page.document(), flavour) == {}


def test_qpdf_finds_a_long_document_sound(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(stress_page.document())
    done = subprocess.run(["qpdf", "--check", path], check=True, capture_output=True, text=True)
    assert "No syntax or stream encoding errors found" in done.stdout


# What veraPDF must find, so that its praise is worth something.


def first(pdf: Pdf, role: str) -> Dictionary:
    return next(
        item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/S") == role
    )


def font(pdf: Pdf) -> pikepdf.Object:
    return next(iter(dict(pdf.pages[0].Resources.Font.items()).values()))


def claim_nothing(pdf: Pdf) -> None:
    text = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(text.replace(b"pdfaid:", b"a:").replace(b"pdfuaid:", b"ua:"))


def leave_the_pdfua_name_undescribed(pdf: Pdf) -> None:
    text = pdf.Root.Metadata.read_bytes()
    start, end = text.index(b"<rdf:Description xmlns:pdfaExtension"), text.index(b"</rdf:RDF>")
    pdf.Root.Metadata.write(text[:start] + text[end:])


def drop_alternative_text(pdf: Pdf) -> None:
    del first(pdf, "/Figure").Alt


def drop_the_structure(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def drop_the_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def drop_the_title(pdf: Pdf) -> None:
    text = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(text.replace(b"dc:title", b"dc:source"))


def drop_the_colours(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def drop_a_map_to_unicode(pdf: Pdf) -> None:
    del font(pdf).ToUnicode


def map_a_glyph_to_nothing(pdf: Pdf) -> None:
    table = font(pdf).ToUnicode
    lines = table.read_bytes().split(b"\n")
    index = next(i for i, line in enumerate(lines) if b"beginbfchar" in line) + 1
    lines[index] = lines[index].split(b" ")[0] + b" <0000>"
    table.write(b"\n".join(lines))


def leave_out_a_font(pdf: Pdf) -> None:
    del font(pdf).DescendantFonts[0].FontDescriptor.FontFile2


def skip_a_heading(pdf: Pdf) -> None:
    first(pdf, "/H2").S = Name.H4


def take_a_table_apart(pdf: Pdf) -> None:
    first(pdf, "/TR").S = Name.P


def smooth_a_picture(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            item.Interpolate = True


def draw_beside_the_structure(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(pdf.make_stream(b"0 0 9 9 re f"))


def carry_a_file_without_saying_why(pdf: Pdf) -> None:
    pdf.attachments["a.txt"] = b"a"
    del pdf.attachments["a.txt"].obj.AFRelationship
    pdf.Root.AF = Array([pdf.attachments["a.txt"].obj])


@pytest.mark.parametrize(
    ("spoil", "flavour", "rule"),
    [
        (claim_nothing, "3a", "6.6.4-1"),
        (claim_nothing, "ua1", "5-1"),
        (leave_the_pdfua_name_undescribed, "3a", "6.6.2.3.1-1"),
        (drop_alternative_text, "ua1", "7.3-1"),
        (drop_the_structure, "3a", "6.7.3.3-1"),
        (drop_the_structure, "ua1", "7.1-11"),
        (drop_the_language, "ua1", "7.2-33"),
        (drop_the_title, "ua1", "7.1-9"),
        (drop_the_colours, "3a", "6.2.4.3-2"),
        (drop_a_map_to_unicode, "3a", "6.2.11.7.2-1"),
        (drop_a_map_to_unicode, "ua1", "7.21.7-1"),
        (map_a_glyph_to_nothing, "3a", "6.2.11.7.2-2"),
        (map_a_glyph_to_nothing, "ua1", "7.21.7-2"),
        (leave_out_a_font, "3a", "6.2.11.4.1-1"),
        (leave_out_a_font, "ua1", "7.21.4.1-1"),
        (skip_a_heading, "ua1", "7.4.2-1"),
        (take_a_table_apart, "ua1", "7.2-37"),
        (smooth_a_picture, "3a", "6.2.8-3"),
        (draw_beside_the_structure, "ua1", "7.1-3"),
        (carry_a_file_without_saying_why, "3a", "6.8-3"),
    ],
)
def test_verapdf_finds(spoil: Callable[[Pdf], None], flavour: Flavour, rule: str) -> None:
    with Pdf.open(io.BytesIO(stress_page.document(1))) as pdf:
        spoil(pdf)
        spoilt = io.BytesIO()
        pdf.save(spoilt)
    assert rule in broken_rules(spoilt.getvalue(), flavour)
