"""What a piece of work costs, counted: the same on every machine, whatever else it does."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import NoReturn

LONGEST = 20  # seconds of the processor's own time, for what takes a part of one


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called in some work, those in C included."""
    count = 0

    def counted(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def assert_in_proportion(work: Callable[[int], object], size: int) -> None:
    """Hold that the whole comes to an end, and that twice as much is at most twice the work."""
    with in_sight_of_an_end():
        work(size)
    some, double = (calls(partial(work, size // part)) for part in (10, 5))
    assert 0 < double <= 2.2 * some + 200, (some, double)


@contextmanager
def in_sight_of_an_end() -> Iterator[None]:
    """Stop what goes on for ever inside a library or a pattern, where no call can be counted."""

    def stop(*_: object) -> NoReturn:
        raise AssertionError("this does not end")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
