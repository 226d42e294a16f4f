"""What stands before the first test: nothing that is heavy."""

import sys
from types import ModuleType

import pytest

from tests import conftest


def test_tests_that_set_pages_while_they_are_collected_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    conftest.pytest_collection_finish()
    monkeypatch.setitem(sys.modules, "weasyprint", ModuleType("weasyprint"))
    with pytest.raises(pytest.UsageError, match="make them lazily"):
        conftest.pytest_collection_finish()
