"""Spreadsheet fixtures, written anew for each test run from what is said here; all wording is our own."""

from pathlib import Path

import xlsxwriter


def long_sheet_with_merged_cells(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Indicators")
        sheet.write_row(0, 0, ("Code", "Competency", "Proficiency level", "Behavioural indicator"))
        sheet.merge_range(1, 0, 4, 0, "HY-1")
        sheet.merge_range(1, 1, 4, 1, "Hygiene")
        sheet.merge_range(1, 2, 2, 2, 1)
        sheet.write(3, 2, 2)
        sheet.write(4, 2, 3)
        for row, text in enumerate(
            (
                "Washes hands at every change of task.",
                "Ties back hair and takes off rings.",
                "Spots soiled tools and sends them back.",
                "Audits the kitchen against the rules.",
            ),
            start=1,
        ):
            sheet.write(row, 3, text)
        for row, (level, text) in enumerate(
            (
                (1, "Counts stock with the list."),
                (2, "Orders before stock runs out."),
                (3, "Cuts waste by better menus."),
            ),
            start=5,
        ):
            sheet.write_row(row, 0, ("HY-2", "Stock Sense", level, text))


def wide_sheet_with_two_head_rows(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Nurses")
        sheet.write(0, 0, "Competency catalogue for ward nurses")
        sheet.write_row(2, 0, ("Competency", "Definition"))
        sheet.merge_range(2, 2, 2, 4, "Proficiency levels")
        sheet.write_row(3, 2, ("1 - Novice", "2 - Competent", "3 - Expert"))
        for row, values in enumerate(
            (
                (
                    "Handover",
                    "Passes on what the next shift must know.",
                    "Uses the handover sheet.",
                    "Names the three patients most at risk.",
                    "Redesigns the handover for the ward.",
                ),
                (
                    "Pain Relief",
                    "Sees pain early and acts on it.",
                    "Asks about pain at each round.",
                    "Adjusts relief within the prescription.",
                    "Teaches pain scales to others.",
                ),
            ),
            start=4,
        ):
            sheet.write_row(row, 0, values)


def one_form_per_sheet(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in (
            (
                "Grafting",
                (
                    ("Competency name", "Grafting"),
                    ("Cluster", "Orchard"),
                    ("Definition", "Joins scion and stock so that they grow as one."),
                    ("Typical tasks", "Graft two hundred trees in a season."),
                    ("Novice", "Makes clean cuts with a sharp knife."),
                    ("Advanced", "Chooses the graft that suits wood and weather."),
                    ("Interview questions", "Which graft failed you, and why?"),
                ),
            ),
            (
                "Pruning",
                (
                    ("Competency name", "Pruning"),
                    ("Cluster", "Orchard"),
                    ("Definition", "Cuts for light, shape and fruit."),
                    ("Typical tasks", "Prune a row of espaliers in winter."),
                    ("Novice", "Removes dead and crossing wood."),
                    ("Advanced", "Restores neglected trees over three winters."),
                    ("Interview questions", "How would you restore an old tree?"),
                ),
            ),
        ):
            sheet = book.add_worksheet(name)
            for row, values in enumerate(rows):
                sheet.write_row(row, 0, values)


def coded_rows_beside_a_note_sheet(path: Path) -> None:
    rows = (
        (
            "ID",
            "Competency Group",
            "Competency Name",
            "Competency Definition",
            "L1",
            "L2",
            "L3",
            "Development Activities",
            "Interview Question",
        ),
        (
            "OB1",
            "Observing",
            "Night Planning",
            "Plans a night at the telescope.",
            "Lists the targets.",
            "Orders targets by height.",
            "Plans for whole teams.",
            "Sit beside a planner for three nights.",
            "Which night went wrong?",
        ),
        (
            "OB2",
            "Observing",
            "Focus",
            "Keeps the image sharp.",
            "Focuses by hand.",
            "Corrects for temperature.",
            "Designs focus runs.",
            "Practise on bright stars.",
            "How do you notice drift?",
        ),
        (
            "TE1",
            "Technique",
            "Mirror Care",
            "Keeps mirrors clean.",
            "Blows off dust.",
            "Washes a mirror.",
            "Plans recoating.",
            "Visit the coating plant.",
            "What scratches a mirror?",
        ),
    )
    with xlsxwriter.Workbook(str(path)) as book:
        note = book.add_worksheet("Read me")
        note.write(0, 0, "This workbook holds the competency model of the observatory.")
        note.write(1, 0, "Fill in nothing on this sheet.")
        sheet = book.add_worksheet("Model")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
