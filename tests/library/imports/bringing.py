"""Short ways to bring something in, and the sources that the tests share."""

from prowess.library.imports import actions
from prowess.library.imports.models import Import
from tests.background.waiting import do_waiting_tasks

CREW = """Harbour Crew Dictionary

Home | Jobs | Print this page

ROWING

Definition: Moves a boat by oars, alone or with others.

Key Actions
- Feathering - Turns the blade flat on the way back.
- Timing - Keeps the stroke with the others.

Level 1
- Needs to be told when to pull.
Level 2
- Pulls with the others.
Level 3
- Sets the stroke for the boat.

STEERING

Definition: Keeps the boat on its course.

Level 1
- Loses the course in wind.
Level 2
- Holds the course in wind.
Level 3
- Teaches others to read the water.

Blue door, third shed, ask Petra.
"""


def brought(content=CREW, *, actor, name="crew.txt", target=None):
    """An import whose source has been read."""
    chunks = [content if isinstance(content, bytes) else content.encode()]
    begun = actions.begin_import(name=name, chunks=chunks, target=target, actor=actor)
    do_waiting_tasks()
    return Import.objects.select_related("task", "target").get(pk=begun.pk)


def taken(found, *, actor):
    """The import after it was taken into the library, as it stands."""
    found.refresh_from_db()
    revision = found.target.revision if found.target else 0
    actions.ask_for_import(found, revision=found.revision, framework_revision=revision, actor=actor)
    do_waiting_tasks()
    return Import.objects.select_related("task", "target").get(pk=found.pk)


def line(understanding, words):
    """The line of a source that begins with these words."""
    return next(each for each in understanding.lines if each.text.startswith(words))
