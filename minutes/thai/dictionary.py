"""Words of Thai, by PyThaiNLP's dictionary: loaded once, and never from the network."""

import gc
import os
from functools import cache, lru_cache


def prepare() -> None:
    """Load the dictionary, once for the life of the program, in about a second.

    Its trie is half a million small objects that never die: without the freeze, every full
    collection of garbage would walk them all, which costs a tenth of the time of a long page.
    """
    segment("คณะกรรมการ")
    dictionary()
    gc.freeze()


@lru_cache(maxsize=8192)
def segment(run: str) -> tuple[str, ...]:
    """Cut a run of Thai letters into words, as PyThaiNLP does (newmm)."""
    _stay_offline()
    from pythainlp.tokenize import word_tokenize

    return tuple(word_tokenize(run))


@cache
def dictionary() -> frozenset[str]:
    """Give the words of PyThaiNLP's dictionary."""
    _stay_offline()
    from pythainlp.corpus import thai_words

    words: frozenset[str] = thai_words()
    return words


@cache
def common_words() -> frozenset[str]:
    """Give the commonest words of PyThaiNLP."""
    _stay_offline()
    from pythainlp.corpus import thai_stopwords

    words: frozenset[str] = thai_stopwords()
    return words


def _stay_offline() -> None:
    os.environ["PYTHAINLP_OFFLINE"] = "1"
    os.environ["PYTHAINLP_READ_ONLY"] = "1"
