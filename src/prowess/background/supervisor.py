"""Starts a worker when there is work, and lets it go when there is none: an idle installation keeps none in memory."""

import logging
import os
import subprocess
import sys
from threading import Event, Thread

from django.db import Error, close_old_connections, connection

from prowess.background.actions import mark_interrupted
from prowess.background.worker import is_work_waiting

IDLE_SECONDS = 60
FIRST_LOOK_SECONDS = 1.5
LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 10.0
logger = logging.getLogger("prowess.background")


class Supervisor:
    """Looks for waiting tasks from a thread, and has a process of its own do them."""

    def __init__(self) -> None:
        self._stop = Event()
        self._thread = Thread(target=self._watch, name="supervisor", daemon=True)
        self._worker: subprocess.Popen[bytes] | None = None
        self._name = ""
        self._started = 0

    def start(self) -> None:
        """Begin to look; the first look waits until the server has forked its processes."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking; a worker that is busy gets a moment to end its task, then it is stopped with it."""
        self._stop.set()
        self._thread.join(PATIENCE_SECONDS)
        if self._worker is None or self._worker.poll() is not None:
            return
        self._worker.terminate()
        try:
            self._worker.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._worker.kill()
            self._worker.wait()
            mark_interrupted(worker=self._name)

    def _watch(self) -> None:
        self._stop.wait(FIRST_LOOK_SECONDS)
        while not self._stop.wait(LOOK_SECONDS):
            try:
                self._look()
            except Error:  # the database is busy or away for a moment
                connection.close()
            except OSError:
                logger.exception("No worker can be started")
                self._stop.wait(PATIENCE_SECONDS)
        connection.close()

    def _look(self) -> None:
        close_old_connections()
        if self._worker is not None:
            if self._worker.poll() is None:
                return
            self._clear_up_after(self._worker)
        if is_work_waiting():
            self._worker = self._start_worker()

    def _clear_up_after(self, worker: subprocess.Popen[bytes]) -> None:
        if worker.returncode:
            logger.warning("The worker ended with status %s", worker.returncode)
            mark_interrupted(worker=self._name)
        self._worker = None

    def _start_worker(self) -> subprocess.Popen[bytes]:
        self._started += 1
        self._name = f"served-{os.getpid()}-{self._started}"
        command = [sys.executable, "-m", "prowess.cli", "worker", "--until-idle", str(IDLE_SECONDS)]
        environment = {**os.environ, "PROWESS_WORKER": self._name}
        return subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 - our own command
