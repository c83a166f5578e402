"""Who computes: this process, several here, or a cluster; all behind `concurrent.futures.Executor`."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any, NamedTuple, ParamSpec, TypeVar

from weaklink.quantities import WeaklinkError

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
# Set before NumPy loads in a worker: many workers with many threads each would only get in each other's way.
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
# Errors of a computation reach the caller with their future; what a closing cluster logs interests nobody.
QUIET = {"DASK_LOGGING__DISTRIBUTED": "critical"}
MOST_WORKERS = 1024
CONNECT_S = 20.0


class CrewError(WeaklinkError):
    """Workers that cannot be had."""


class Crew(NamedTuple):
    """An executor and how many chunks it can compute at once."""

    executor: Executor
    width: int
    where: str  # for the person who waits


class Serial(Executor):
    """An executor that computes at once, here."""

    def submit(
        self, fn: Callable[Given, Answer], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Answer]:
        """The finished future of a call. An interruption by the user goes through."""
        future: Future[Answer] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # belongs to whoever asks for the result, as in every executor
            future.set_exception(error)
        return future


@contextlib.contextmanager
def serial() -> Iterator[Crew]:
    """This process alone."""
    yield Crew(Serial(), 1, "this process")


@contextlib.contextmanager
def processes(count: int) -> Iterator[Crew]:
    """Some processes on this machine."""
    _check_count("--workers", count)
    context = multiprocessing.get_context("spawn")
    with one_thread_each():
        pool = ProcessPoolExecutor(count, mp_context=context, initializer=_quiet_and_bound_to_parent)
        try:
            yield Crew(pool, count, f"{count} processes")
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def dask_here(count: int) -> Iterator[Crew]:
    """A Dask cluster of some processes on this machine."""
    _check_count("--dask", count)
    distributed = _distributed()
    with _environment(ONE_THREAD | QUIET), _deaf_children():
        cluster = distributed.LocalCluster(
            n_workers=count,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs="CRITICAL",
        )
    with cluster, distributed.Client(cluster) as client:
        yield Crew(client.get_executor(), count, f"Dask, {count} processes")


@contextlib.contextmanager
def dask_at(address: str) -> Iterator[Crew]:
    """A Dask cluster that runs already, e.g. tcp://scheduler:8786.

    Raises: CrewError when no scheduler answers, or it has no workers.
    """
    distributed = _distributed()
    try:
        client = distributed.Client(address, timeout=CONNECT_S)
    except (OSError, ValueError) as error:
        raise CrewError(f"--cluster {address!r}: no Dask scheduler answers there ({error})") from error
    with client:
        width = sum(client.nthreads().values())
        if not width:
            raise CrewError(f"--cluster {address!r}: the scheduler has no workers")
        yield Crew(client.get_executor(), width, f"Dask at {address}, {width} threads")


@contextlib.contextmanager
def _deaf_children() -> Iterator[None]:
    """Processes started meanwhile do not hear Ctrl-C: it is this one's to answer."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say so, and only it is interrupted
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def one_thread_each() -> contextlib.AbstractContextManager[None]:
    """Whoever is started meanwhile computes on one thread."""
    return _environment(ONE_THREAD)


@contextlib.contextmanager
def _environment(settings: Mapping[str, str]) -> Iterator[None]:
    """These settings of the environment, and afterwards what was there before."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise CrewError('Dask is not installed: pip install "weaklink[cluster]"') from None
    return distributed


def _check_count(option: str, count: int) -> None:
    if not 1 <= count <= MOST_WORKERS:
        raise CrewError(f"{option} {count}: expected 1 to {MOST_WORKERS}")


def _quiet_and_bound_to_parent() -> None:
    """In a worker: Ctrl-C is the parent's to answer, and the worker goes when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
