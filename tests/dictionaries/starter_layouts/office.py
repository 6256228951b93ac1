"""Word documents and spreadsheets with content of the starter library, each in the layout of some real dictionary."""

from pathlib import Path

import docx
import xlsxwriter

from prowess.framework.framework import Framework
from tests.dictionaries.starter_layouts.content import (
    ACTIVITY,
    Starter,
    anchors,
    both,
    competency,
    four,
    framework,
    layout,
    scale,
    three,
)


@layout("nhs-two-lists.docx")
def nhs_two_lists_docx(path: Path) -> Framework:
    found = [Starter(8), Starter(9)]
    document = docx.Document()
    document.add_heading("Our behaviours framework", 0)
    for c in found:
        document.add_heading(c.title, 1)
        document.add_paragraph(c.definition)
        table = document.add_table(rows=1, cols=2)
        table.style = "Table Grid"
        table.rows[0].cells[0].text = "Effective behaviours"
        table.rows[0].cells[1].text = "Ineffective behaviours"
        a, b = c.levels[4], c.levels[1]
        for i in range(max(len(a), len(b))):
            r = table.add_row().cells
            r[0].text = a[i] if i < len(a) else ""
            r[1].text = b[i] if i < len(b) else ""
    document.save(str(path))
    return framework(
        "Our behaviours framework",
        [competency(c, indicators=both(c.levels[4], c.levels[1])) for c in found],
    )


@layout("interview.docx")
def interview_docx(path: Path) -> Framework:
    found = [Starter(26), Starter(27)]
    document = docx.Document()
    document.add_heading("Interview bank", 0)
    for c in found:
        document.add_heading(c.title, 1)
        document.add_paragraph(c.definition)
        document.add_heading("Questions", 2)
        for _n, (q, pr, _k) in enumerate(c.questions, 1):
            document.add_paragraph(q, "List Number")
            for x in pr:
                document.add_paragraph(x, "List Bullet 2")
        document.add_heading("What to look for", 2)
        for x in c.levels[3]:
            document.add_paragraph(x, "List Bullet")
    document.save(str(path))
    return framework(
        "Interview bank", [competency(c, questions=c.questions, indicators=both(c.levels[3])) for c in found]
    )


@layout("sheets-merged.xlsx")
def sheets_merged_xlsx(path: Path) -> Framework:
    book = xlsxwriter.Workbook(str(path))
    groups = {"Thinking": [Starter(36), Starter(37)], "Serving": [Starter(38), Starter(39)]}
    names = ["Developing", "Competent", "Advanced"]
    competencies = []
    for g, found in groups.items():
        s = book.add_worksheet(g)
        s.merge_range(0, 0, 0, 4, f"{g} competencies")
        s.write_row(1, 0, ["Competency", "Definition", *names])
        r = 2
        for c in found:
            ls = three(c)
            m = max(map(len, ls))
            s.merge_range(r, 0, r + m - 1, 0, c.title)
            s.merge_range(r, 1, r + m - 1, 1, c.definition)
            for k, texts in enumerate(ls):
                for i, x in enumerate(texts):
                    s.write(r + i, 2 + k, x)
            r += m
            competencies.append(competency(c, cluster=f"{g} competencies", indicators=anchors(ls)))
    book.close()
    return framework("U16 sheets merged", competencies, scale(*names), [f"{g} competencies" for g in groups])


@layout("forms.docx")
def forms_docx(path: Path) -> Framework:
    found = [Starter(5), Starter(15)]
    document = docx.Document()
    document.add_heading("Competency profiles", 0)
    for n, c in enumerate(found, 1):
        table = document.add_table(rows=0, cols=2)
        table.style = "Table Grid"
        for a, b in (
            ("Competency title", c.title),
            ("Code", f"C-{n:02}"),
            ("Cluster", "Operations"),
            ("Definition", c.definition),
            ("Typical tasks", "\n".join("• " + x for x in c.job_activities[:3])),
            ("Level 1", "\n".join(c.levels[3])),
            ("Level 2", "\n".join(c.levels[4])),
            ("Level 3", "\n".join(c.levels[5])),
        ):
            r = table.add_row().cells
            r[0].text = a
            r[1].text = b
        document.add_page_break()
    document.save(str(path))
    return framework(
        "Competency profiles",
        [
            competency(c, cluster="Operations", job_activities=c.job_activities[:3], indicators=anchors(three(c)))
            for c in found
        ],
        scale("Level 1", "Level 2", "Level 3"),
        ["Operations"],
    )


@layout("blocks.xlsx")
def blocks_xlsx(path: Path) -> Framework:
    book = xlsxwriter.Workbook(str(path))
    s = book.add_worksheet("Dictionary")
    b = book.add_format({"bold": True})
    s.write(0, 0, "Competency dictionary of the Ferry Company", b)
    r = 2
    found = [Starter(6), Starter(16), Starter(26)]
    for c in found:
        s.write(r, 0, "Competency", b)
        s.write(r, 1, c.title, b)
        r += 1
        s.write(r, 0, "Definition")
        s.write(r, 1, c.definition)
        r += 1
        for n, texts in enumerate(four(c), 1):
            for k, x in enumerate(texts):
                if k == 0:
                    s.write(r, 0, f"Level {n}")
                s.write(r, 1, x)
                r += 1
        r += 1
    book.close()
    return framework(
        "Competency dictionary of the Ferry Company",
        [competency(c, indicators=anchors(four(c))) for c in found],
        scale("Level 1", "Level 2", "Level 3", "Level 4"),
    )


@layout("do-dont.docx")
def do_dont_docx(path: Path) -> Framework:
    found = [Starter(36), Starter(46)]
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "People and Culture – Behaviours"
    document.sections[0].footer.paragraphs[0].text = "Internal use only"
    document.add_heading("Our behaviours", 0)
    for c in found:
        table = document.add_table(rows=3, cols=2)
        table.style = "Table Grid"
        a = table.cell(0, 0).merge(table.cell(0, 1))
        a.text = ""
        a.paragraphs[0].add_run(c.title).bold = True
        b = table.cell(1, 0).merge(table.cell(1, 1))
        b.text = c.definition
        table.cell(2, 0).text = "We do"
        table.cell(2, 1).text = "We don't"
        r = table.add_row().cells
        r[0].text = "\n".join(c.levels[4])
        r[1].text = "\n".join(c.levels[1])
        document.add_paragraph()
    document.save(str(path))
    return framework("Our behaviours", [competency(c, indicators=both(c.levels[4], c.levels[1])) for c in found])


@layout("title-row-tables.docx")
def title_row_tables_docx(path: Path) -> Framework:
    found = [Starter(29), Starter(39)]
    document = docx.Document()
    document.add_heading("Technical competencies", 1)
    for c in found:
        table = document.add_table(rows=2, cols=2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = c.title
        table.cell(1, 0).text = "Level"
        table.cell(1, 1).text = "Behaviours"
        for n, texts in zip(("1. Foundation", "2. Practitioner", "3. Expert"), three(c), strict=True):
            r = table.add_row().cells
            r[0].text = n
            r[1].text = "\n".join("• " + x for x in texts)
        document.add_paragraph()
    document.save(str(path))
    return framework(
        "Technical competencies",
        [competency(c, definition=False, indicators=anchors(three(c))) for c in found],
        scale("Foundation", "Practitioner", "Expert"),
    )


@layout("numbered.docx")
def numbered_docx(path: Path) -> Framework:
    found = [Starter(19), Starter(33)]
    document = docx.Document()
    document.add_paragraph("Competency manual", "Title")
    document.add_paragraph("Version 2.1")
    for i, c in enumerate(found, 1):
        document.add_paragraph(f"{i}. {c.title}", "Heading 1")
        document.add_paragraph(f"{i}.1 Description", "Heading 2")
        document.add_paragraph(c.definition)
        document.add_paragraph(f"{i}.2 Key actions", "Heading 2")
        for a, b in c.key_actions:
            q = document.add_paragraph(style="List Bullet")
            q.add_run(a + ". ").bold = True
            q.add_run(b)
        document.add_paragraph(f"{i}.3 Development", "Heading 2")
        for k, x in c.development:
            if k == ACTIVITY:
                document.add_paragraph(x, "List Bullet")
    document.save(str(path))
    return framework(
        "Competency manual", [competency(c, key_actions=c.key_actions, development=c.activities) for c in found]
    )


@layout("transposed.xlsx")
def transposed_xlsx(path: Path) -> Framework:
    found = [Starter(7), Starter(23), Starter(37)]
    book = xlsxwriter.Workbook(str(path))
    s = book.add_worksheet("Overview")
    s.write(0, 0, "Competency")
    for j, c in enumerate(found, 1):
        s.write(0, j, c.title)
        s.write(1, j, c.definition)
        for n, texts in enumerate(three(c)):
            s.write(2 + n, j, "\n".join("• " + x for x in texts))
    for i, a in enumerate(("Definition", "Level 1", "Level 2", "Level 3"), 1):
        s.write(i, 0, a)
    book.close()
    return framework(
        "W05", [competency(c, indicators=anchors(three(c))) for c in found], scale("Level 1", "Level 2", "Level 3")
    )


@layout("title-run-in.docx")
def title_run_in_docx(path: Path) -> Framework:
    found = [Starter(47), Starter(0), Starter(16)]
    document = docx.Document()
    document.add_heading("Leadership qualities", 1)
    for c in found:
        q = document.add_paragraph()
        q.add_run(f"{c.title}: ").bold = True
        q.add_run(c.definition)
        for x in c.levels[4]:
            document.add_paragraph(x, "List Bullet")
    document.save(str(path))
    return framework("Leadership qualities", [competency(c, indicators=both(c.levels[4])) for c in found])
