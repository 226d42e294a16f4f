"""Edits a document in LibreOffice, as a secretary at its window would; run by the system's Python.

/usr/bin/python3 office_edits.py PIPE SOURCE TARGET: words changed, words changed while changes are
tracked, a paragraph put in, one taken out. Debian: python3-uno.
"""

import sys
import time
from typing import Any

import uno  # type: ignore[import-not-found] # the system's own, not that of the tests

TRIES = 300


def desktop(pipe: str) -> Any:
    """Give the office that listens at a pipe, as soon as it does."""
    context = uno.getComponentContext()
    name = "com.sun.star.bridge.UnoUrlResolver"
    resolver = context.ServiceManager.createInstanceWithContext(name, context)
    address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    for _ in range(TRIES):
        try:
            office = resolver.resolve(address)
        except Exception:  # it has not started yet
            time.sleep(0.1)
        else:
            return office.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", office
            )
    raise TimeoutError(address)


def setting(name: str, value: object) -> Any:
    """Give one argument of loading or saving."""
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def change(document: Any, old: str, new: str) -> None:
    """Replace words wherever they stand."""
    replacing = document.createReplaceDescriptor()
    replacing.SearchString, replacing.ReplaceString = old, new
    assert document.replaceAll(replacing), old


def find(document: Any, words: str) -> Any:
    """Give where words stand first."""
    searching = document.createSearchDescriptor()
    searching.SearchString = words
    found = document.findFirst(searching)
    assert found is not None, words
    return found


def edit(document: Any) -> None:
    """Do all the edits."""
    change(document, "รับทราบ", "รับทราบแล้ว")
    document.RecordChanges = True
    change(document, "นายอำเภออนุมัติโครงการแล้ว", "นายอำเภอเห็นชอบโครงการแล้ว")
    document.RecordChanges = False
    after = find(document, "กลุ่มจักสานบ้านตัวอย่าง ประเภทของใช้")
    after.Text.insertControlCharacter(after.End, 0, False)  # a new paragraph
    after.End.String = "๓. ของใช้และของที่ระลึก"
    gone = find(document, "แผนที่พื้นที่จอดรถ")
    cursor = gone.Text.createTextCursorByRange(gone)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    cursor.String = ""


def main(pipe: str, source: str, target: str) -> None:
    """Open, edit and save as Word's own format."""
    office = desktop(pipe)
    url = uno.systemPathToFileUrl
    document = office.loadComponentFromURL(url(source), "_blank", 0, (setting("Hidden", True),))
    edit(document)
    document.storeToURL(url(target), (setting("FilterName", "MS Word 2007 XML"),))
    document.close(True)


if __name__ == "__main__":
    main(*sys.argv[1:])
