"""Where meetings are built: processes that stay, die or are stopped, and a Dask cluster."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from minutes import __main__ as cli
from minutes.build import staleness, workers
from minutes.paths import ROOT
from minutes.problems.errors import ClusterError
from tests.support.quick_build import Desk


def ready() -> None:
    """Begin a worker."""


def square(number: int) -> tuple[int, int]:
    if number < 0:
        raise ValueError("no")
    return number * number, os.getpid()


def die(number: int) -> int:
    if number == 2:
        os._exit(9)
    return number


# --- processes --------------------------------------------------------------------------------


def test_processes_stay_and_give_results_in_the_order_of_the_tasks() -> None:
    with workers.processes(2, ready) as pool:
        results = [result() for _, result in workers.in_order(pool, square, range(100))]
    assert [number for number, _ in results] == [number * number for number in range(100)]
    assert 1 <= len({pid for _, pid in results}) <= 2
    assert os.getpid() not in {pid for _, pid in results}


def test_a_task_that_fails_stops_no_other() -> None:
    with workers.processes(1, ready) as pool:
        answers = [result for _, result in workers.in_order(pool, square, [1, -1, 2])]
        assert [answers[0]()[0], answers[2]()[0]] == [1, 4]
        with pytest.raises(ValueError, match="no"):
            answers[1]()


def test_a_worker_that_dies_fails_its_own_task_alone() -> None:
    with workers.processes(2, ready) as pool:
        answers = [result for _, result in workers.in_order(pool, die, range(6))]
        given = []
        for result in answers:
            try:
                given.append(result())
            except BrokenProcessPool:
                given.append(-1)
        assert given == [0, 1, -1, 3, 4, 5]
        assert pool.submit(die, 7).result() == 7


def test_tasks_are_sent_ahead_but_not_without_end() -> None:
    sent: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(200):
            sent.append(number)
            yield number

    with ThreadPoolExecutor(1) as pool:
        results = workers.in_order(pool, square, tasks())
        task, result = next(results)
        assert (task, result()[0]) == (0, 0)
        assert len(sent) == workers.AHEAD
        assert [task for task, _ in results] == list(range(1, 200))


def test_an_interrupt_ends_the_processes_at_once() -> None:
    pids: list[int] = []

    def interrupted() -> None:
        with workers.processes(2, ready) as pool:
            pids.append(pool.submit(square, 1).result()[1])
            pool.submit(time.sleep, 60)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert pids
    wait_until_gone(pids, 60)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def slow() -> None:
    time.sleep(60)


def test_processes_that_nobody_gave_work_are_not_waited_for() -> None:
    with workers.processes(2, slow):
        begun = multiprocessing.active_children()
    assert begun
    assert {process.exitcode for process in begun} == {-signal.SIGTERM}


DEAF = """
import sys
from minutes.build import workers
if __name__ == "__main__":
    with workers.processes(1, sys.getrecursionlimit) as pool:
        print(pool.submit(eval, "__import__('sys').flags.ignore_environment").result())
        print(pool.submit(eval, "__import__('sys').path").result())
"""


def test_a_worker_is_as_deaf_to_what_lies_about_as_its_parent(tmp_path: Path) -> None:
    (tmp_path / "minutes.py").write_text("raise ImportError('another one')\n", "utf-8")
    answer = subprocess.run(
        [sys.executable, "-EP", "-c", DEAF],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True,
    )  # fmt: skip
    assert answer.stdout.startswith("1\n["), answer.stderr
    assert str(tmp_path) not in answer.stdout
    assert "''" not in answer.stdout


def test_where_interrupts_cannot_be_held_back_processes_start_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(signal, "pthread_sigmask")
    with workers.no_interrupt():
        pass


def test_the_parent_of_no_worker_is_waited_for() -> None:
    workers._end_with_parent()


def test_as_many_jobs_as_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    assert workers.default_jobs() == len(os.sched_getaffinity(0))
    monkeypatch.delattr(os, "sched_getaffinity")
    assert workers.default_jobs() == os.cpu_count()
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert workers.default_jobs() == 1


# --- the program, interrupted or killed -------------------------------------------------------


@pytest.fixture
def agendas(tmp_path: Path) -> Path:
    """Give more meetings than are built in a moment."""
    desk = Desk(tmp_path)
    text = (desk.agendas / "board/2567-01.yaml").read_text("utf-8")
    for number in range(4, 41):
        desk.put(f"board/2567-{number}.yaml", text.replace("1/2567", f"{number}/2567"))
    return desk.agendas


def started(agendas: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "minutes", str(agendas), "-j2"]
    return subprocess.Popen(
        [*command, "-o", str(agendas.parent / "out")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,  # as a terminal would: the interrupt goes to all of a group
        preexec_fn=heeding_interrupts,
    )


def heeding_interrupts() -> None:
    """Undo what a shell does to what it starts in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def children(process: "subprocess.Popen[str]") -> list[int]:
    """Give the processes of a run's group, without its own."""
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in pids if pid != process.pid and group_of(pid) == process.pid]


def group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return -1


def wait_until_gone(pids: list[int], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while any(is_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not [pid for pid in pids if is_alive(pid)]


@pytest.mark.parametrize("lines", [0, 2])
def test_an_interrupt_stops_the_program_and_leaves_nobody(agendas: Path, lines: int) -> None:
    process = started(agendas)
    assert process.stdout is not None
    if lines:
        for _ in range(lines):
            assert "กำลังสร้าง" in process.stdout.readline()
    else:
        while len(children(process)) < 3:  # the workers are loading their libraries
            time.sleep(0.02)
    others = children(process)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "หยุดตามคำสั่ง"
    assert "Traceback" not in err
    wait_until_gone(others, 60)


def test_workers_end_when_the_program_is_killed(agendas: Path) -> None:
    process = started(agendas)
    assert process.stdout is not None
    assert "กำลังสร้าง" in process.stdout.readline()
    others = children(process)
    assert len(others) >= 2
    process.kill()
    wait_until_gone(others, 60)
    process.communicate()


# --- a Dask cluster ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Start a scheduler and two workers on this machine; gives the scheduler's address.

    The workers are not told of a faked day, under which they could not sleep.
    """
    from distributed import LocalCluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LD_PRELOAD", "")
        with LocalCluster(
            n_workers=2,
            threads_per_worker=2,
            processes=True,
            dashboard_address="127.0.0.1:0",
            host="127.0.0.1",
        ) as cluster:
            yield cluster.scheduler_address


def test_a_cluster_gives_what_a_run_here_gives(cluster: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    arguments = [str(desk.agendas / "council"), "--only", "minutes"]
    assert cli.main([*arguments, "-o", str(desk.out), "--dask", cluster]) == 0
    assert cli.main([*arguments, "-o", str(tmp_path / "here"), "-j1"]) == 0
    assert len(desk.documents()) == 6
    assert desk.documents() == desk.documents(tmp_path / "here")


def test_a_cluster_with_another_program_is_refused(cluster: str) -> None:
    with pytest.raises(ClusterError) as error, workers.dask(cluster, os.getpid):  # type: ignore[arg-type] # differs in each process
        pass
    assert error.value.why == "program"


def fail_elsewhere() -> str:
    raise ModuleNotFoundError("No module named 'minutes'")


def test_a_cluster_without_the_program_is_refused(cluster: str) -> None:
    with (
        pytest.raises(ClusterError, match="No module") as error,
        workers.dask(cluster, fail_elsewhere),
    ):
        pass
    assert error.value.why == "program"


def test_a_cluster_without_workers_is_refused() -> None:
    class Client:
        def run(self, _: object) -> dict[str, str]:
            return {}

    with pytest.raises(ClusterError) as error:
        workers._refuse_others(Client(), staleness.program)
    assert error.value.why == "workers"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:9", "ติดต่อคลัสเตอร์ Dask ที่ tcp://127.0.0.1:9 ไม่ได้"),
        ("nonsense://x", "ติดต่อคลัสเตอร์ Dask ที่ nonsense://x ไม่ได้"),
    ],
)
def test_when_no_cluster_answers_the_program_says_so(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    said: str,
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 1)
    desk = Desk(tmp_path)
    status = cli.main([str(desk.agendas), "-o", str(desk.out), "--to", "docx", "--dask", address])
    assert status == 2
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err
    assert not desk.out.exists() or desk.documents() == {}


def test_without_the_extra_the_program_says_how_to_get_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    desk = Desk(tmp_path)
    given = ["-o", str(desk.out), "--to", "docx", "--dask", "tcp://127.0.0.1:9"]
    assert cli.main([str(desk.agendas), *given]) == 2
    assert "distributed" in capsys.readouterr().err


def test_a_promise_that_is_kept_is_worked_out_once() -> None:
    first: Future[int] = Future()
    first.set_result(3)
    assert workers._Promise(first, lambda: pytest.fail("again")).result() == 3
