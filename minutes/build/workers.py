"""Where meetings are built: in this process, in worker processes that stay, or on a Dask cluster.

All are ``concurrent.futures`` executors. Results come back as bytes; the one who asked writes them.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from minutes.problems.errors import ClusterError

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 64  # tasks under way at once; more would only fill the memory
PATIENCE = 10  # seconds, for a cluster to answer or a process to end


@contextmanager
def processes(jobs: int, begin: Callable[[], object]) -> Iterator[Executor]:
    """Give ``jobs`` processes, each of which calls ``begin`` once and then stays.

    An interrupt ends them at once. When one dies, what was under way is done again in a process of
    its own, so that only the task that is to blame fails.
    """
    others = set(multiprocessing.active_children())
    with ExitStack() as stack:
        with no_interrupt():
            pool = _Pool(jobs, begin)
            stack.callback(pool.shutdown, cancel_futures=True)
            stack.push(lambda *raised: _end_all_but(others) if raised[0] or pool.is_idle else None)
        yield pool


def _end_all_but(others: Collection[BaseProcess]) -> None:
    """End the processes that are not among the others, before anything that they use is gone."""
    ours = [child for child in multiprocessing.active_children() if child not in others]
    for child in ours:
        child.terminate()
    for child in ours:
        child.join(PATIENCE)


class _Pool(Executor):
    """Processes, and a spare one for what was lost with a process that died."""

    def __init__(self, jobs: int, begin: Callable[[], object]) -> None:
        self.is_idle = True
        self._begin = begin
        self._pool = _started(jobs, begin)
        self._spare: ProcessPoolExecutor | None = None

    def submit(self, work: Callable[..., R], /, *given: Any, **named: Any) -> "Future[R]":
        self.is_idle = False
        again = partial(self._in_spare, work, *given, **named)
        try:
            with no_interrupt():  # for one more process may start now
                return _Promise(self._pool.submit(work, *given, **named), again)
        except BrokenProcessPool:
            return _Promise(None, again)

    def _in_spare(self, work: Callable[..., R], *given: Any, **named: Any) -> R:
        if self._spare is None:
            self._spare = _started(1, self._begin)
        try:
            return self._spare.submit(work, *given, **named).result()
        except BrokenProcessPool:
            self._spare = None
            raise

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        for pool in (self._pool, self._spare):
            if pool is not None:
                pool.shutdown(wait, cancel_futures=cancel_futures)


class _Promise(Future[R]):
    """A result that is worked out again when the process died that should have given it."""

    def __init__(self, first: "Future[R] | None", again: Callable[[], R]) -> None:
        super().__init__()
        self._first = first
        self._again = again

    def result(self, timeout: float | None = None) -> R:
        if self._first is not None:
            try:
                return self._first.result(timeout)
            except BrokenProcessPool:
                self._first = None
        return self._again()


def _started(jobs: int, begin: Callable[[], object]) -> ProcessPoolExecutor:
    """Start processes: spawned, for WeasyPrint's libraries and a bar's thread survive no fork.

    They are deaf to an interrupt from their first instruction on: who asked tells them to stop.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(begin,))
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # where it starts, it lets interrupts through again
    with no_interrupt():
        pool.submit(os.getpid)
    return pool


@contextmanager
def no_interrupt() -> Iterator[None]:
    """Hold interrupts back, here and in the processes that start meanwhile, where that is known."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(begin: Callable[[], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, even killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def dask(address: str, program: Callable[[], str]) -> Iterator[Executor]:
    """Give the workers of a Dask cluster that is running at ``address``, ``tcp://host:port``.

    ``program`` tells one version of the program from another. Raises ClusterError when nobody
    answers, nobody works there, the workers' program is another, or the extra ``dask`` is missing.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("extra", error) from error
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:  # TimeoutError is an OSError
        raise ClusterError("address", error) from error
    with client:
        _refuse_others(client, program)
        executor = client.get_executor(pure=False)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)


def _refuse_others(client: Any, program: Callable[[], str]) -> None:
    try:
        found = client.run(program)
    except Exception as error:  # whatever the workers lack
        raise ClusterError("program", error) from error
    if not found:
        raise ClusterError("workers")
    if set(found.values()) != {program()}:
        raise ClusterError("program", ", ".join(sorted(found)))


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
