"""Tasks for the tests: one for each way in which a task can end."""

from prowess.background.queueing import task
from prowess.background.running import run_tracked
from prowess.framework.errors import InputError


@task
def counts(key: str) -> None:
    def work(tracked, report):
        for step in range(1, 4):
            report(step, 3)
        return "Counted to three."

    run_tracked(key, work=work)


@task
def refuses(key: str) -> None:
    def work(tracked, report):
        raise InputError("It has no third page.", place="book.pdf", remedy="Scan it again.")

    run_tracked(key, work=work)


@task
def breaks(key: str) -> None:
    def work(tracked, report):
        raise ZeroDivisionError

    run_tracked(key, work=work)


@task
def is_cancelled(key: str) -> None:
    def work(tracked, report):
        tracked.delete()
        report(1, 1)
        raise AssertionError("the task went on after it was cancelled")

    run_tracked(key, work=work)
