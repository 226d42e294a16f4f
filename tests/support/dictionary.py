"""The words of PyThaiNLP's dictionary."""

import os
import re
from functools import cache


@cache
def words() -> tuple[str, ...]:
    """Return those that are written with Thai characters alone, in order."""
    os.environ["PYTHAINLP_READ_ONLY"] = os.environ["PYTHAINLP_OFFLINE"] = "1"
    from pythainlp.corpus import thai_words

    return tuple(sorted(filter(re.compile("[ก-ฺเ-๛]+").fullmatch, thai_words())))
