"""Two hundred meetings: two processes against one, against docxtpl with LibreOffice, and Typst.

The last two need ``pip install docxtpl typst`` and ``soffice``. ``--meetings`` and ``--pairs`` are
for a quick look.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import html

from bench import office, pairs
from minutes.build import pipeline
from minutes.documents import pages
from minutes.meetings import loading, proceedings
from minutes.paths import TEMPLATES

Block = tuple[str, str]  # the element, and its text
BATCH = 200  # documents; LibreOffice 7.4 leaves the rest undone, without a word, after some 250

DOCXTPL = """
import json, sys
from pathlib import Path
from docxtpl import DocxTemplate
folder = Path(sys.argv[1])
for path in sorted(folder.glob("*.json")):
    template = DocxTemplate(folder / "template.docx")
    template.render({"blocks": json.loads(path.read_text("utf-8"))})
    template.save(path.with_suffix(".docx"))
(folder / "template.docx").unlink()
"""
TYPST = """
import sys, typst
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.typ")):
    typst.compile(str(path), output=str(path.with_suffix(".pdf")), font_paths=[sys.argv[2]])
"""
SETTINGS = """#set page(paper: "a4", margin: (left: 3cm, right: 2cm, top: 2.5cm, bottom: 2cm))
#set text(font: "TH SarabunPSK", size: 16pt, lang: "th")
#set par(justify: true, first-line-indent: 2.5cm)
"""


def main() -> None:
    """Print the ratios of the whole runs."""
    meetings = pairs.number(sys.argv, "--meetings", 200)
    times = pairs.number(sys.argv, "--pairs", 5)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        agendas = office.write(root, max(meetings // 20, 1), min(meetings, 20))

        def ours(jobs: int) -> Callable[[], None]:
            def build() -> None:
                shutil.rmtree(root / "out", ignore_errors=True)
                pairs.build(agendas, "-o", root / "out", "-j", str(jobs))

            return build

        pairs.compare(f"{meetings} meetings, one process / two", ours(1), ours(2), times)
        texts = list(documents(agendas))
        office_like, typst = (peer(root, texts, kind) for kind in ("docxtpl", "typst"))
        pairs.compare("docxtpl and LibreOffice / ours with two", office_like, ours(2), times)
        pairs.compare("ours with one process / Typst, one process", ours(1), typst, times)


def documents(agendas: Path) -> Iterator[tuple[str, list[Block]]]:
    """Give the text of every document, by its name, as the peers are to set it."""
    for case in loading.find([agendas]).cases:
        meeting = proceedings.work_out(case)
        for kind in pipeline.wanted(meeting, pipeline.KINDS):
            yield f"{case.id}-{kind}", blocks(pages.render(kind, meeting).html)


def blocks(markup: str) -> list[Block]:
    """Give the text of a page, element by element."""
    found = html.document_fromstring(markup).iter("h1", "h2", "h3", "p", "td")
    return [(str(one.tag), " ".join("".join(map(str, one.itertext())).split())) for one in found]


def peer(root: Path, texts: list[tuple[str, list[Block]]], kind: str) -> Callable[[], None]:
    """Give the call that makes the documents in another way, from nothing."""
    folder = root / kind

    def make() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if kind == "typst":
            with_typst(folder, texts)
        else:
            with_docxtpl(folder, texts)

    return make


def with_typst(folder: Path, texts: list[tuple[str, list[Block]]]) -> None:
    """Set all documents with Typst in one process."""
    signs = str.maketrans({sign: f"\\{sign}" for sign in "\\#*_$@<>[]`=-+/~'\""})
    for name, blocks in texts:
        lines = [
            f"*{t.translate(signs)}*" if e[0] == "h" else t.translate(signs) for e, t in blocks
        ]
        (folder / f"{name}.typ").write_text(SETTINGS + "\n\n".join(lines), "utf-8")
    pairs.run("-c", TYPST, folder, TEMPLATES / "fonts")


def with_docxtpl(folder: Path, texts: list[tuple[str, list[Block]]]) -> None:
    """Fill a template for each document, then convert them with as few runs of LibreOffice."""
    import json

    import docx

    template = docx.Document()
    for text in ("{%p for element, text in blocks %}", "{{ text }}", "{%p endfor %}"):
        template.add_paragraph(text)
    template.save(str(folder / "template.docx"))
    for name, blocks in texts:
        (folder / f"{name}.json").write_text(json.dumps(blocks), "utf-8")
    pairs.run("-c", DOCXTPL, folder)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(folder.glob("*.docx"))
    where = ["--outdir", str(folder)]
    for start in range(0, len(files), BATCH):
        some = files[start : start + BATCH]
        pairs.silent("soffice", profile, "--headless", "--convert-to", "pdf", *where, *some)
    assert len(list(folder.glob("*.pdf"))) == len(texts)


if __name__ == "__main__":
    main()
