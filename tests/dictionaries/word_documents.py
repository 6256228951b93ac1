"""Word fixtures, written anew for each test run from what is said here; all wording is our own."""

from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Pt


def _bold_lead(document: Document, lead: str, text: str, style: str | None = None) -> None:
    paragraph = document.add_paragraph(style=style)
    paragraph.add_run(lead).bold = True
    paragraph.add_run(text)


def row_per_level_tables(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Museum Staff Competency Handbook", 0)
    document.add_paragraph("The handbook says what we expect of everybody who works with objects and visitors.")
    for title, definition, rows in (
        (
            "Object Care",
            "Handles and stores objects so that they outlive us.",
            (
                ("Level 3", ("Designs storage for whole collections.",)),
                ("Level 2", ("Packs fragile objects for travel.", "Writes condition reports.")),
                ("Level 1", ("Wears gloves and moves one object at a time.",)),
            ),
        ),
        (
            "Visitor Care",
            "Makes visitors curious and comfortable.",
            (
                ("Level 3", ("Plans routes for visitors with different needs.",)),
                ("Level 2", ("Gives tours that adapt to the group.",)),
                ("Level 1", ("Answers questions in a friendly way.", "Knows every exit and lift.")),
            ),
        ),
    ):
        document.add_heading(title, 2)
        document.add_paragraph(definition)
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Level", "Behavioural indicators"
        for level, texts in rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = level, texts[0]
            for text in texts[1:]:
                cells[1].add_paragraph(text)
    document.sections[0].footer.paragraphs[0].text = "Museum Staff Competency Handbook – internal"
    document.save(str(path))


def career_steps_with_bold_run_ins(path: Path) -> None:
    document = docx.Document()
    title = document.add_paragraph().add_run("Survey Interviewer Competencies")
    title.bold, title.font.size = True, Pt(20)
    for name, definition, steps in (
        (
            "Neutral Asking",
            "Puts each question as it is written and shows no opinion.",
            {
                "Entry": ("Reads questions word for word.",),
                "Full performance": ("Probes without leading.", "Handles refusals with good grace."),
                "Senior": ("Trains new interviewers in neutral probing.",),
            },
        ),
        (
            "Respondent Trust",
            "Makes people willing to give true answers.",
            {
                "Entry": ("Explains who will see the answers.",),
                "Full performance": ("Wins over doubtful households.",),
                "Senior": ("Repairs trust after complaints.", "Advises on letters to respondents."),
            },
        ),
    ):
        heading = document.add_paragraph().add_run(name)
        heading.bold, heading.font.size = True, Pt(14)
        _bold_lead(document, "Definition. ", definition)
        for step, texts in steps.items():
            document.add_paragraph().add_run(f"{step} level").bold = True
            for text in texts:
                document.add_paragraph(text, style="List Bullet")
        _bold_lead(document, "Recommended courses: ", "Interviewing in the field")
    document.save(str(path))


def key_actions_by_level_matrix(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Leading a Shift", 1)
    document.add_paragraph("Leads a production shift so that people, machines and output are safe.")
    table = document.add_table(rows=1, cols=4)
    for cell, text in zip(table.rows[0].cells, ("Key action", "Basic", "Proficient", "Expert"), strict=True):
        cell.text = text
    for row in (
        (
            "Hands over",
            "Reads the log before the shift.",
            "Walks the line with the shift before.",
            "Sets the standard of handovers.",
        ),
        (
            "Assigns work",
            "Follows the rota.",
            "Matches tasks to skills.",
            "Develops people by the tasks that they get.",
        ),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))


def labelled_tables_with_a_title_row(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Bakery Competency Profiles", 0)
    for title, definition, levels, question in (
        (
            "Dough Sense",
            "Feels when dough is ready.",
            (
                "Follows the recipe and the clock.",
                "Adjusts water to the flour of the day.",
                "Develops new doughs.",
            ),
            "When did a dough fail you?",
        ),
        (
            "Oven Mastery",
            "Bakes evenly in every oven.",
            (
                "Loads and unloads without burns.",
                "Uses the falling heat for a second batch.",
                "Plans the bake of a whole night.",
            ),
            "How do you test an unknown oven?",
        ),
    ):
        table = document.add_table(rows=0, cols=2)
        cells = table.add_row().cells
        merged = cells[0].merge(cells[1])
        merged.paragraphs[0].add_run(title).bold = True
        labels = ("Level 1\nHelper", "Level 2\nBaker", "Level 3\nMaster")
        rows = (("Description", definition), *zip(labels, levels, strict=True), ("Sample question", question))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph("")
    document.save(str(path))


def levels_that_begin_a_sentence(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph().add_run("GARDEN CENTRE COMPETENCIES").bold = True
    for cluster, title, definition, levels in (
        (
            "Customer-facing competencies",
            "Plant Advice",
            "Gives advice that makes plants thrive.",
            (
                ("knows the fifty best sellers;", "reads labels with the customer."),
                ("suggests plants for shade, drought and frost.",),
                ("diagnoses sick plants from a leaf.",),
            ),
        ),
        (
            "Technical competencies",
            "Propagation",
            "Raises plants from seed and cutting.",
            (
                ("sows in trays.", "waters by hand."),
                ("takes cuttings of woody plants.",),
                ("plans the propagation year.",),
            ),
        ),
    ):
        for text, size in ((cluster, 16), (title, 13)):
            run = document.add_paragraph().add_run(text)
            run.bold, run.font.size = True, Pt(size)
        document.add_paragraph(definition)
        for number, (name, texts) in enumerate(zip(("Foundation", "Skilled", "Lead"), levels, strict=True), start=1):
            _bold_lead(document, f"Level {number} ({name}): ", "The employee")
            for text in texts:
                document.add_paragraph(f"• {text}")
    document.save(str(path))
