"""Importing a spreadsheet of a thousand competencies, against only reading the same file.

    python benchmarks/imports/run.py [COMPETENCIES]

In an installation of its own: reads the sheet, imports it as published versions, imports it again unchanged, and
imports an edition in which a tenth has changed. Each is divided by the time that reading the file alone takes; the
import's own share (comparing and writing) is shown beside it. Peak memory is that of this process.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import xlsxwriter

Result = TypeVar("Result")
HEAD = ("Code", "Competency", "Cluster", "Definition", "Level 1", "Level 2", "Level 3", "Level 4", "Level 5")


def sheet(path: Path, *, competencies: int, changed: bool) -> Path:
    """A competency a row, five levels of two behaviours; in the changed edition every tenth definition differs."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Competencies")
        page.write_row(0, 0, HEAD)
        for number in range(1, competencies + 1):
            addition = " and tells others" if changed and number % 10 == 0 else ""
            definition = f"Does what duty {number} of the line asks for, in time and with care{addition}."
            levels = [
                f"Shows the first behaviour of duty {number} at step {level}.\nShows the second at step {level}."
                for level in range(1, 6)
            ]
            page.write_row(
                number, 0, (f"D-{number:04}", f"Duty Number {number}", f"Line {number % 12}", definition, *levels)
            )
    return path


def timed(what: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    result = what()
    return time.perf_counter() - start, result


def main(competencies: int) -> None:
    with tempfile.TemporaryDirectory(prefix="prowess-benchmark-") as folder:
        os.environ.update(PROWESS_HOME=folder, DJANGO_SETTINGS_MODULE="prowess.web.settings")
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        _measure(Path(folder), competencies)


def _measure(folder: Path, competencies: int) -> None:
    from prowess.exchange import read
    from prowess.library.imports.plan import plan_import
    from prowess.library.imports.taking import Choices, take_plan
    from prowess.library.models import Framework
    from prowess.library.queries import document_of

    first = sheet(folder / "duties.xlsx", competencies=competencies, changed=False)
    second = sheet(folder / "duties-2.xlsx", competencies=competencies, changed=True)
    read(first)  # once for what is loaded and compiled
    plain, _ = timed(lambda: read(first))
    print(f"{competencies:,} competencies; reading the sheet alone: {plain:.2f} s")

    for title, path in (("first import", first), ("the same again", first), ("a tenth changed", second)):
        framework = Framework.objects.filter(code="duties").first()
        reading_time, reading = timed(lambda path=path: read(path))
        planning_time, plan = timed(
            lambda reading=reading, framework=framework: plan_import(
                reading.framework, existing=document_of(framework) if framework else None
            )
        )
        taking_time, _ = timed(
            lambda plan=plan, framework=framework: take_plan(
                plan,
                framework=framework,
                code="duties",
                seen=framework.revision if framework else 0,
                choices=Choices(publish=True),
                actor=None,
            )
        )
        whole = reading_time + planning_time + taking_time
        print(
            f"{title}: {plan.counts['added']} added, {plan.counts['changed']} changed, {plan.counts['unchanged']} "
            f"unchanged: {whole:.2f} s, {whole / plain:.2f} times reading alone "
            f"(comparing {planning_time:.2f} s, writing {taking_time:.2f} s)"
        )
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
