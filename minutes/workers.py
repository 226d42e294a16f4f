"""Where meetings are built: in this process, in worker processes that stay, or on a Dask cluster.

All are ``concurrent.futures`` executors. Results come back as bytes; the one who asked writes them.
"""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 64  # tasks under way at once; more would only fill the memory


@contextmanager
def processes(jobs: int, begin: Callable[[], object]) -> Iterator[Executor]:
    """Give ``jobs`` processes, each of which calls ``begin`` once and then stays.

    Processes are spawned, not forked: WeasyPrint's libraries and a progress bar's thread do not
    survive a fork. An interrupt ends them at once.
    """
    pool = ProcessPoolExecutor(
        jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(begin,),
    )
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.terminate()
        raise
    pool.shutdown()


def _begin(begin: Callable[[], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asked tells us when to stop
    begin()


@contextmanager
def dask(address: str) -> Iterator[Executor]:
    """Give the workers of a Dask cluster that is running at ``address``, ``tcp://host:port``.

    Raises OSError when nobody answers, ImportError without the extra ``dask``.
    """
    from distributed import Client

    with Client(address, set_as_default=False) as client, client.get_executor() as executor:
        yield executor


def default_jobs() -> int:
    """Give the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    executor: Executor, work: Callable[[T], R], tasks: Iterable[T]
) -> Iterator[tuple[T, Callable[[], R]]]:
    """Send tasks ahead and give them back in their order, each with a call for its result.

    The call raises what the task raised, so that one failure does not stop the rest.
    """
    waiting: deque[tuple[T, Future[Any]]] = deque()
    for task in tasks:
        waiting.append((task, executor.submit(work, task)))
        if len(waiting) >= AHEAD:
            first, future = waiting.popleft()
            yield first, future.result
    for task, future in waiting:
        yield task, future.result
