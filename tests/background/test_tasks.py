from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from prowess.background.actions import begin_task, cancel_task, mark_interrupted, start_task
from prowess.background.models import TaskState, TrackedTask
from prowess.background.queries import task_for
from prowess.framework.errors import NotFound
from tests.background import errands
from tests.background.waiting import do_waiting_tasks


def started(task, owner=None):
    return start_task(task, title="Counting", owner=owner)


def after(tracked):
    do_waiting_tasks()
    tracked.refresh_from_db()
    return tracked


def test_a_task_waits_runs_and_says_how_it_ended(db):
    tracked = started(errands.counts)
    assert (tracked.state, tracked.percentage) == (TaskState.WAITING, None)
    after(tracked)
    assert (tracked.state, tracked.message, tracked.percentage) == (TaskState.DONE, "Counted to three.", 100)


def test_a_refusal_is_told_in_its_own_sentence(db):
    tracked = after(started(errands.refuses))
    assert tracked.state == TaskState.FAILED
    assert (tracked.message, tracked.remedy) == ("book.pdf: It has no third page.", "Scan it again.")


def test_what_nobody_expected_is_told_without_a_traceback(db):
    tracked = after(started(errands.breaks))
    assert tracked.state == TaskState.FAILED
    assert "went wrong on our side" in tracked.message
    assert "ZeroDivision" not in tracked.message + tracked.remedy


def test_a_task_that_is_cancelled_while_it_runs_stops_at_its_next_step(db):
    started(errands.is_cancelled)
    do_waiting_tasks()
    assert not TrackedTask.objects.exists()
    assert DBTaskResult.objects.failed().count() == 0


def test_a_waiting_task_that_is_cancelled_is_never_begun(db):
    cancel_task(started(errands.breaks))
    do_waiting_tasks()
    assert not DBTaskResult.objects.exists()


def test_a_task_is_begun_once_only(db):
    tracked = started(errands.counts)
    assert begin_task(str(tracked.pk), worker="one") is not None
    assert begin_task(str(tracked.pk), worker="two") is None


@pytest.mark.parametrize(("worker", "silent", "marked"), [("one", 0, 1), ("two", 0, 0), ("two", 5, 1), ("", 0, 0)])
def test_what_a_dead_worker_left_behind_is_marked_as_interrupted(db, worker, silent, marked):
    tracked = started(errands.counts)
    begin_task(str(tracked.pk), worker="one")
    TrackedTask.objects.update(heard_at=timezone.now() - timedelta(minutes=silent))
    assert mark_interrupted(worker=worker) == marked
    tracked.refresh_from_db()
    assert tracked.state == (TaskState.INTERRUPTED if marked else TaskState.RUNNING)
    assert bool(tracked.remedy) == bool(marked)


def test_a_task_is_seen_by_its_owner_only(cast):
    tracked = started(errands.counts, owner=cast.charlie)
    assert task_for(cast.charlie, pk=tracked.pk) == tracked
    with pytest.raises(NotFound):
        task_for(cast.rosa, pk=tracked.pk)
