"""What holds while the tests run, and before any of them is read."""

import os
import select
import time
from typing import SupportsIndex


def _rest(seconds: SupportsIndex | float) -> None:
    """Sleep by a clock that a faked day leaves alone."""
    select.select([], [], [], float(seconds))


# Debian 12's faketime breaks the sleep of Python 3.11: https://github.com/wolfcw/libfaketime/issues/426
if "faketime" in os.environ.get("LD_PRELOAD", ""):
    time.sleep = _rest
