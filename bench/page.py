"""One long document drawn by us, by WeasyPrint unaided, by Typst and by docxtpl with LibreOffice.

Each way has a process of its own, draws once to be warm, and is then timed for one more drawing;
LibreOffice is timed whole, for it stays for no second one.
"""

import io
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import many, pairs
from minutes.documents import pages
from minutes.documents.pdf import html_to_pdf
from minutes.paths import TEMPLATES
from tests.support import stress_page

LENGTH = 3  # sections: more than twenty pages
WAYS = ("ours", "stock", "typst", "docxtpl")


def ours() -> None:
    """Draw the document with Thai lines, tags, and the claims of PDF/A-3a and PDF/UA-1."""
    html_to_pdf.render(stress_page.markup(LENGTH), pages.stylesheet(), stress_page.files())


def stock() -> None:
    """Draw the same page with WeasyPrint as it comes: the same fonts, tagged too."""
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    files = {**stress_page.files(), **own_files()}

    class Fetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
        def fetch(self, url: str, headers: object = None) -> object:
            return URLFetcherResponse(url, files[url.removeprefix(html_to_pdf.BASE)])

    place = {"base_url": html_to_pdf.BASE, "url_fetcher": Fetcher()}
    fonts = weasyprint.text.fonts.FontConfiguration()
    style = weasyprint.CSS(string=pages.stylesheet(), font_config=fonts, **place)
    page = weasyprint.HTML(string=stress_page.markup(LENGTH), **place)
    page.write_pdf(io.BytesIO(), stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-3a")


def own_files() -> dict[str, bytes]:
    """Give what our style sheet names."""
    paths = [*TEMPLATES.glob("fonts/*.ttf"), TEMPLATES / "draft.svg"]
    return {path.relative_to(TEMPLATES).as_posix(): path.read_bytes() for path in paths}


def peer(make: Callable[[Path, list[tuple[str, list[many.Block]]]], None]) -> Callable[[], None]:
    """Give the call that sets the document's text in another way."""

    def draw() -> None:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder), [("stress", many.blocks(stress_page.markup(LENGTH)))])

    return draw


def measure(way: str) -> None:
    """Print the seconds of a warm drawing, and the most memory, in MB, that it took."""
    draw = {
        "ours": ours,
        "stock": stock,
        "typst": peer(many.with_typst),
        "docxtpl": peer(many.with_docxtpl),
    }[way]
    draw()
    seconds = pairs.timed(draw)
    who = resource.RUSAGE_SELF if way in ("ours", "stock") else resource.RUSAGE_CHILDREN
    print(seconds, resource.getrusage(who).ru_maxrss / 1024)


def asked(way: str) -> tuple[float, float]:
    """Give seconds and memory of one process of a way."""
    command = [sys.executable, "-m", "bench.page", way]
    told = subprocess.run(command, cwd=pairs.ROOT, capture_output=True, text=True, check=True)
    seconds, memory = map(float, told.stdout.split())
    return seconds, memory


def main() -> None:
    """Print each way's ratio to ours; to stock the aim is 1.25, and 1.5 must hold."""
    if sys.argv[1:2] and sys.argv[1] in WAYS:
        measure(sys.argv[1])
        return
    times = pairs.number(sys.argv, "--pairs", 5)
    rounds = [{way: asked(way) for way in WAYS} for _ in range(times)]
    for way in WAYS[1:]:
        seconds, memory = (
            [statistics.median(found[each][part] for found in rounds) for each in ("ours", way)]
            for part in (0, 1)
        )
        print(
            f"ours / {way}: {seconds[0]:.2f} s / {seconds[1]:.2f} s = "
            f"{seconds[0] / seconds[1]:.2f}; memory {memory[0]:.0f} / {memory[1]:.0f} MB"
        )


if __name__ == "__main__":
    main()
