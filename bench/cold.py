"""One meeting from a cold start, all its files, against a bare script that does the least.

The floor imports the same libraries, segments one sentence, draws the same two pages with
WeasyPrint and saves the same two Word files.
"""

import pickle
import shutil
import sys
import tempfile
from pathlib import Path

from bench import pairs
from minutes.build import pipeline
from minutes.documents import pages
from minutes.documents.word import html_to_docx
from minutes.meetings import loading, proceedings
from minutes.paths import TEMPLATES

MEETING = pairs.ROOT / "agendas/otop/2567-01.yaml"
FLOOR = """
import os, pickle, sys
os.environ |= {"PYTHAINLP_READ_ONLY": "1", "PYTHAINLP_OFFLINE": "1"}
import click, jinja2, lxml.etree, markdown_it, pikepdf, PIL.Image, pydantic, yaml
import docx, io, pythainlp, weasyprint
from urllib.parse import unquote
from weasyprint.urls import URLFetcher, URLFetcherResponse
pythainlp.word_tokenize("ที่ประชุมมีมติเห็นชอบ", engine="newmm")
with open(sys.argv[1], "rb") as file:
    made = pickle.load(file)
class Fetcher(URLFetcher):
    def fetch(self, url, headers=None):
        return URLFetcherResponse(url, made["files"][unquote(url.removeprefix("page:/"))])
for number, (html, css, document) in enumerate(made["pages"]):
    fonts = weasyprint.text.fonts.FontConfiguration()
    style = weasyprint.CSS(string=css, base_url="page:/", url_fetcher=Fetcher(), font_config=fonts)
    drawn = weasyprint.HTML(string=html, base_url="page:/", url_fetcher=Fetcher())
    drawn.write_pdf(f"{sys.argv[2]}/{number}.pdf", stylesheets=[style], font_config=fonts)
    docx.Document(io.BytesIO(document)).save(f"{sys.argv[2]}/{number}.docx")
"""


def prepare(path: Path) -> None:
    """Write what the floor starts from: the pages and Word files of the meeting, as made."""
    [case] = loading.find([MEETING]).cases
    meeting = proceedings.work_out(case)
    templates = TEMPLATES
    own = [*templates.glob("fonts/*.ttf"), templates / "draft.svg"]
    files = {file.relative_to(templates).as_posix(): file.read_bytes() for file in own}
    made = []
    for kind in pipeline.wanted(meeting, pipeline.KINDS):
        page = pages.render(kind, meeting)
        files |= page.files
        document = html_to_docx.render(page.html, page.files, pipeline.word_styles(False))
        made.append((page.html, page.css, document))
    path.write_bytes(pickle.dumps({"pages": made, "files": files}))


def main() -> None:
    """Print the ratio; the aim is 1.2, and 1.4 must hold."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder / "made")

        def ours() -> None:
            shutil.rmtree(folder / "out", ignore_errors=True)
            pairs.build(MEETING, "-o", folder / "out")

        pairs.compare(
            "one meeting, cold / floor",
            ours,
            lambda: pairs.run("-c", FLOOR, folder / "made", folder),
            pairs.number(sys.argv, "--pairs", 5),
        )


if __name__ == "__main__":
    main()
