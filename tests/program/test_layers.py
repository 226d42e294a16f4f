"""The folders in their one-way order, what each must not know, and the size of what is in them."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from minutes.paths import PROGRAM, ROOT

MODULES = sorted(PROGRAM.glob("**/*.py"))
FOLDERS = ("minutes", "tools", "bench", "tests")
SCRIPTS = [ROOT / "build.py", *(p for name in FOLDERS for p in ROOT.glob(f"{name}/**/*.py"))]
MOST_ENTRIES = 24
LONGEST_FUNCTION = 40
LONGEST_MODULE = 700
GENERATED = frozenset({"problems.messages"})  # until each stage has its own

# A folder, or a module beside the folders, imports only from those above it.
ORDER = (
    "paths",
    "problems",
    "store",
    "thai",
    "source",
    "model",
    "meetings",
    "documents",
    "rules",
    "signing",
    "archive",
    "build",
    "console",
    "diff",
    "deposit",
    "drafting",
    "site",
    "deliver",
    "watch",
    "commands",
    "__main__",
)
MEETINGS = ("model", "meetings", "rules", "documents.pages")
# What stands high and must not know, even by others, what stands above it.
IGNORANT = {
    "documents.pdf": MEETINGS,
    "documents.word": MEETINGS,
    "archive.audit": MEETINGS,
    "deliver.folder": MEETINGS,
    "deliver.ssh": MEETINGS,
    "deliver.wordpress": MEETINGS,
    "watch.page_images": MEETINGS,
    "watch.server": MEETINGS,
}
# Who alone imports a library: the rest of the program would not notice another in its place.
LIBRARIES = {
    "click": ("console", "commands", "__main__"),
    "rich": ("console", "commands"),
    "yaml": ("source", "meetings.remarks"),
    "jinja2": ("source.quoting", "documents.pages", "diff", "site", "commands.actions"),
    "pydantic": ("model",),
    "markdown_it": ("model.prose",),
    "pythainlp": ("thai",),
    "weasyprint": ("documents.pdf",),
    "pydyf": ("documents.pdf",),
    "docx": ("documents.word",),
    "httpx": ("deliver.wordpress",),
    "distributed": ("build.workers",),
    "watchfiles": ("watch.file_events",),
    "pyhanko": ("signing", "commands.sign"),
    "openpyxl": ("drafting", "commands.actions"),
}


def name_of(path: Path) -> str:
    """Return a module's name below the package: ``commands.build``; a folder's for its own."""
    parts = path.relative_to(PROGRAM).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def trees() -> dict[str, ast.Module]:
    return {name_of(path): ast.parse(path.read_text("utf-8"), path.name) for path in MODULES}


def imported(tree: ast.AST, names: frozenset[str]) -> Iterator[str]:
    """Return the modules of ours, of these names, that a piece of code imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[2] for alias in node.names if is_ours(alias.name))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "modules are named in full"
            if is_ours(node.module or ""):
                base = (node.module or "").partition(".")[2]
                for alias in node.names:
                    full = f"{base}.{alias.name}".strip(".")
                    yield full if full in names else base


def is_ours(name: str) -> bool:
    return name.split(".")[0] == "minutes"


@cache
def arrows() -> dict[str, frozenset[str]]:
    """Return what each module imports of ours, inside functions too."""
    names = frozenset(trees())
    return {name: frozenset(imported(tree, names)) - {""} for name, tree in trees().items()}


def folder_of(module: str) -> str:
    return module.split(".")[0]


def is_within(module: str, wholes: tuple[str, ...]) -> bool:
    return any(module == whole or module.startswith(f"{whole}.") for whole in wholes)


def test_every_entry_of_the_package_has_its_place_in_the_order() -> None:
    assert sorted(ORDER) == sorted({folder_of(name) for name in trees()} - {""})


def test_the_top_of_the_package_can_be_taken_in_at_a_glance() -> None:
    entries = [path.name for path in PROGRAM.iterdir() if path.name != "__pycache__"]
    assert len(entries) <= MOST_ENTRIES


@pytest.mark.parametrize("folder", ORDER)
def test_a_folder_imports_only_from_those_above_it(folder: str) -> None:
    allowed = set(ORDER[: ORDER.index(folder) + 1])
    own = [name for name in trees() if folder_of(name) == folder]
    assert own
    wrong = {name: {o for o in arrows()[name] if folder_of(o) not in allowed} for name in own}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_no_modules_import_each_other_in_a_circle() -> None:
    """A module's own folder is no arrow: ``commands.archive`` holds its parts together."""
    names = frozenset(trees())
    graph = {
        name: {
            other
            for node in tree.body
            for other in imported(node, names)
            if not isinstance(node, ast.FunctionDef | ast.ClassDef)
        }
        for name, tree in trees().items()
    }
    graph = {name: {o for o in found if not is_within(name, (o,))} for name, found in graph.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_imports_are_looked_for_inside_functions_too() -> None:
    tree = ast.parse("def f():\n    from minutes import deposit\n    import minutes.store, os\n")
    assert list(imported(tree, frozenset({"deposit", "store"}))) == ["deposit", "store"]


def test_what_is_imported_of_a_folder_is_its_module() -> None:
    tree = ast.parse("from minutes.commands import build\nfrom minutes.paths import ROOT\n")
    names = frozenset({"commands", "commands.build", "paths"})
    assert list(imported(tree, names)) == ["commands.build", "paths"]


@pytest.mark.parametrize("whole", IGNORANT)
def test_what_is_for_every_document_knows_nothing_of_meetings(whole: str) -> None:
    own = {name for name in trees() if is_within(name, (whole,))}
    assert own
    known, new = set[str](), own
    while new:
        known |= new
        new = {other for name in new for other in arrows()[name]} - known
    assert {name for name in known if is_within(name, IGNORANT[whole])} == set()


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_known_in_its_own_place_alone(library: str) -> None:
    users = {name for name, tree in trees().items() if library in libraries(tree)}
    assert users
    assert {name for name in users if not is_within(name, LIBRARIES[library])} == set()


def libraries(tree: ast.Module) -> set[str]:
    """Return the first names of whatever a module imports."""
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_one_module_alone_asks_where_it_lies() -> None:
    askers = [name_of(p) for p in MODULES if "__file__" in p.read_text("utf-8")]
    assert askers == ["paths"]


def test_rules_know_nothing_of_output_but_the_room_that_a_table_has() -> None:
    known = {o for name in trees() if folder_of(name) == "rules" for o in arrows()[name]}
    assert {o for o in known if folder_of(o) == "documents"} <= {
        "documents.grids",
        "documents.word.styles",
    }


def functions() -> list[tuple[str, int]]:
    """Return every function with the lines that it takes, its decorators apart."""
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


def test_no_module_is_longer_than_one_can_keep_in_mind() -> None:
    sizes = {name_of(path): path.read_text("utf-8").count("\n") for path in MODULES}
    too_long = {name for name, lines in sizes.items() if lines > LONGEST_MODULE}
    assert too_long - GENERATED == set()
