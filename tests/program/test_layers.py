"""The modules in their one-way order, and the size of what is in them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from minutes.paths import ROOT

MODULES = sorted(p for p in ROOT.glob("minutes/**/*.py") if p.name != "__init__.py")
FOLDERS = ("minutes", "templates", "agendas", "tests", "tools")
SCRIPTS = [ROOT / "build.py", *(p for name in FOLDERS for p in ROOT.glob(f"{name}/**/*.py"))]
LONGEST_FUNCTION = 40

# A module imports only from those above it.
ORDER = (
    "paths",
    "problems.messages",
    "problems.errors",
    "thai.invisible",
    "thai.faces",
    "thai.digits",
    "thai.dates",
    "thai.amounts",
    "thai.names",
    "thai.units",
    "thai.plain_text",
    "thai.grouped_numbers",
    "thai.personal_papers",
    "thai.home_addresses",
    "source.encoding",
    "source.spaces",
    "source.repair",
    "thai.personal_data",
    "model.prose",
    "thai.dictionary",
    "thai.line_breaks",
    "documents.word.styles",
    "documents.grids",
    "source.reader",
    "source.positions",
    "source.quoting",
    "model.pictures",
    "model.record",
    "model.values",
    "model.office",
    "model.meeting",
    "model.key_hints",
    "model.validation",
    "source.remarks",
    "meetings.folders",
    "meetings.provenance",
    "meetings.loading",
    "meetings.attendance",
    "meetings.proceedings",
    "meetings.redact",
    "meetings.actions",
    "drafting.next_meeting",
    "drafting.agenda",
    "meetings.public_texts",
    "meetings.commonplace",
    "meetings.secrecy",
    "meetings.quorum",
    "rules.report",
    "rules.texts",
    "rules.people",
    "rules.items",
    "rules.personal_data",
    "rules.names",
    "rules.presence",
    "rules.sequence",
    "rules.sums",
    "rules.tables",
    "rules.release_facts",
    "rules.history",
    "meetings.suppressions",
    "rules.spellings",
    "rules.wording",
    "rules.marks",
    "rules.figures",
    "rules.calendar",
    "rules.boxes",
    "rules.registry",
    "meetings.release_text",
    "documents.pages",
    "drafting.new_office",
    "documents.text_digest",
    "documents.pdf.actual_text",
    "documents.pdf.typeset",
    "documents.pdf.signature_fields",
    "documents.pdf.page_codes",
    "documents.pdf.tags",
    "documents.pdf.finish",
    "documents.pdf.html_to_pdf",
    "documents.word.ooxml",
    "documents.word.fonts",
    "documents.word.html_to_docx",
    "documents.word.reader",
    "diff.template_trace",
    "diff.comparison",
    "documents.proof.reading",
    "documents.proof.leaks",
    "store",
    "rules.fixes",
    "archive.location",
    "archive.register",
    "archive.index",
    "build.pipeline",
    "documents.proof.layout",
    "build.review",
    "build.workers",
    "build.ledger",
    "build.staleness",
    "build.runs",
    "signing.trust",
    "signing.verify",
    "signing.timestamps",
    "signing.match",
    "signing.pades",
    "archive.bags",
    "archive.vault",
    "archive.stamps",
    "archive.audit",
    "archive.exports",
    "archive.copies",
    "archive.retention",
    "site.titles",
    "site.article",
    "site.meeting_data",
    "site.search",
    "site.frame",
    "site.meeting_pages",
    "site.lists",
    "site.build_state",
    "site.generator",
    "archive.scans",
    "archive.signed_copies",
    "archive.check_log",
    "deliver.targets",
    "deliver.manifest",
    "deliver.carry",
    "deliver.inplace",
    "deliver.folder",
    "deliver.ssh",
    "deliver.wordpress",
    "deliver.posts",
    "diff.edits",
    "diff.wording",
    "diff.report_page",
    "deposit",
    "commands.actions.export",
    "drafting.tables",
    "drafting.packages",
    "drafting.workbooks",
    "drafting.sheets",
    "drafting.roles",
    "drafting.headings",
    "drafting.rosters",
    "drafting.membership",
    "commands.doctor.checks",
    "watch.file_events",
    "watch.loop",
    "console.wording",
    "console.columns",
    "console.terminal",
    "watch.page_images",
    "watch.server",
    "watch.preview",
    "commands.build",
    "commands.check",
    "commands.diff",
    "commands.new.office",
    "commands.new.__init__",
    "commands.actions.__init__",
    "commands.doctor.__init__",
    "commands.import_",
    "commands.archive.frame",
    "commands.archive.holdings",
    "commands.archive.__init__",
    "commands.site",
    "commands.publish",
    "commands.sign",
    "commands.watch",
    "__main__",
)
# What a module that stands high must not know, whatever stands above it.
IGNORANT = {
    "archive.audit": {"model.record", "meetings.loading", "meetings.attendance", "documents.pages"},
    "thai.digits": {"documents.pages", "model.record", "meetings.loading"},
    "documents.pdf.html_to_pdf": {
        "model.record",
        "meetings.loading",
        "meetings.attendance",
        "documents.pages",
    },
    "documents.word.html_to_docx": {
        "model.record",
        "meetings.loading",
        "meetings.attendance",
        "documents.pages",
    },
    "documents.word.reader": {
        "model.record",
        "meetings.loading",
        "meetings.attendance",
        "documents.pages",
    },
    "store": {"model.record", "meetings.loading", "meetings.attendance", "documents.pages"},
    "watch.page_images": {
        "model.record",
        "meetings.loading",
        "meetings.attendance",
        "documents.pages",
    },
    "watch.server": {"model.record", "meetings.loading", "meetings.attendance", "documents.pages"},
}


def name_of(path: Path) -> str:
    """Give a module's name below the package: ``commands.build``."""
    return ".".join(path.relative_to(ROOT / "minutes").with_suffix("").parts)


@cache
def trees() -> dict[str, ast.Module]:
    return {name_of(path): ast.parse(path.read_text("utf-8"), path.name) for path in MODULES}


def imported(tree: ast.Module) -> Iterator[str]:
    """Give the modules of ours that a module imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[2] for alias in node.names if is_ours(alias.name))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "modules are named in full"
            if node.module == "minutes":
                yield from (alias.name for alias in node.names)
            elif is_ours(node.module or ""):
                name = (node.module or "").partition(".")[2]
                folder = (ROOT / "minutes" / name).is_dir()
                yield from (f"{name}.{alias.name}" for alias in node.names) if folder else [name]


def is_ours(name: str) -> bool:
    return name.split(".")[0] == "minutes"


def test_every_module_has_its_place_in_the_order() -> None:
    assert sorted(ORDER) == sorted(map(name_of, MODULES))


@pytest.mark.parametrize("module", ORDER)
def test_a_module_imports_only_from_those_above_it(module: str) -> None:
    above = set(ORDER[: ORDER.index(module)])
    assert set(imported(trees()[module])) <= above


def test_the_order_is_looked_for_inside_functions_too() -> None:
    tree = ast.parse(
        "def f():\n    from minutes import __main__ as cli\n    import minutes.pdf, os\n"
    )
    assert list(imported(tree)) == ["__main__", "documents.pdf.html_to_pdf"]


def test_a_folder_of_modules_is_no_module() -> None:
    tree = ast.parse(
        "from minutes.commands import build\nfrom minutes.console.terminal import ROOT\n"
    )
    assert list(imported(tree)) == ["commands.build", "console.terminal"]


@pytest.mark.parametrize("module", IGNORANT)
def test_a_module_knows_nothing_of(module: str) -> None:
    known, new = set[str](), {module}
    while new:
        known |= new
        new = {name for one in new for name in imported(trees()[one])} - known
    assert not known & IGNORANT[module]


def functions() -> list[tuple[str, int]]:
    """Give every function with the lines that it takes, its decorators apart."""
    return [
        (f"{path.stem}.{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for path in SCRIPTS
        if "node_modules" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_function_is_longer_than_a_screen() -> None:
    found = functions()
    assert len(found) > 1000
    assert [(name, lines) for name, lines in found if lines > LONGEST_FUNCTION] == []
