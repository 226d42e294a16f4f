"""Files as people save them: a storm of events is one save, what editors leave about is none.

A thread of its own listens, so that nothing is missed while documents are built.
"""

import queue
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchfiles import Change, watch

QUIET = 40  # milliseconds without an event that end a save
STORM = 400  # milliseconds that a storm of events may last
TICK = 300  # milliseconds between two signs of life
LISTEN = 0.2  # seconds; on Windows nothing interrupts a longer wait
UNFINISHED = 0.3  # seconds in which an editor that empties a file first has filled it
# Locks, backups and half-written files of editors, office programs and browsers; hidden folders.
NOISE = re.compile(
    r"\..*|~\$.*|#.*#|.*~|4913|__pycache__|node_modules"
    r"|.*\.(?:tmp|temp|bak|sw[a-z]|part|partial|crdownload|pyc)",
    re.IGNORECASE,
)


class Saves:
    """What was saved below some folders since one last asked."""

    def __init__(self, tops: Iterable[Path], but: Path) -> None:
        self._tops = [top.resolve() for top in tops]
        self._but = but.resolve()
        self._queue: queue.SimpleQueue[set[Path] | BaseException] = queue.SimpleQueue()
        self._listening = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def start(self) -> None:
        """Begin to listen; all that is saved from then on is told."""
        self._thread.start()
        self._listening.wait()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join()

    def interrupt(self, *_: object) -> None:
        """Interrupt what is done now, and all the same whoever waits next, if nothing came of it.

        Fit to handle a signal: a library may be about something in which interrupts are lost.
        """
        self._queue.put(KeyboardInterrupt())
        raise KeyboardInterrupt

    @property
    def pending(self) -> bool:
        """Whether anything was saved that nobody has asked for."""
        return not self._queue.empty()

    def wait(self, seconds: float | None = None) -> frozenset[Path]:
        """Give the files that were saved, deleted or renamed, once there are any.

        Gives none when the seconds are over. Raises KeyboardInterrupt after an interrupt, and
        OSError when the folders cannot be watched.
        """
        saved = self._next(seconds)
        while self.pending or any(map(_is_emptied, saved)):
            more = self._next(UNFINISHED)
            if not more:
                break
            saved |= more
        return frozenset(saved)

    def _next(self, seconds: float | None) -> set[Path]:
        left = seconds
        while left is None or left > 0:
            try:
                found = self._queue.get(timeout=LISTEN if left is None else min(left, LISTEN))
            except queue.Empty:
                left = None if left is None else left - LISTEN
                continue
            if isinstance(found, BaseException):
                raise found
            return found
        return set()

    def _listen(self) -> None:
        try:
            for polling in (None, True):
                try:
                    self._hear(polling)
                    return
                except OSError:  # the system watches no more folders than it was told to
                    if polling:
                        raise
        except Exception as error:  # told to who waits, in whose thread it can be caught
            self._queue.put(error)
        finally:
            self._listening.set()

    def _hear(self, polling: bool | None) -> None:
        events = watch(
            *self._tops,
            watch_filter=self._is_meant,
            debounce=STORM,
            step=QUIET,
            stop_event=self._stop,
            rust_timeout=TICK,
            yield_on_timeout=True,
            raise_interrupt=False,
            force_polling=polling,
            ignore_permission_denied=True,
        )
        for found in events:
            self._listening.set()
            if found:
                self._queue.put({Path(path) for _, path in found})

    def _is_meant(self, _: Change, path: str) -> bool:
        """Whether a file is one that somebody writes, rather than an editor's or an output."""
        place = Path(path)
        if place.is_relative_to(self._but):
            return False
        top = next((top for top in self._tops if place.is_relative_to(top)), Path())
        return not any(map(NOISE.fullmatch, place.relative_to(top).parts))


def _is_emptied(path: Path) -> bool:
    """Whether a file is empty, as it is for a moment when an editor begins to write it."""
    try:
        return path.stat().st_size == 0
    except OSError:
        return False


@contextmanager
def listening(tops: Iterable[Path], but: Path) -> Iterator[Saves]:
    """Listen below some folders for a while; what is written below ``but`` counts for nothing."""
    saves = Saves(tops, but)
    saves.start()
    try:
        yield saves
    finally:
        saves.stop()
