"""File formats: Word, PDF, HTML and encodings of plain text."""

import pytest

from prowess.matching.job_text import read_job
from tests.matching.job_files import TEXT_BOX, TRACKED, council_job, duty_table, pdf_file, with_body, word_file

COUNCIL_PDF = """<html lang=en><style>
@page { size: A4; margin: 2cm; @top-center { content: "Northshire Council, job description" }
        @bottom-center { content: "Page " counter(page) " of " counter(pages) } }
body { font: 11pt "Liberation Serif" } td, th { border: 1px solid black; padding: 4pt }
table { border-collapse: collapse; width: 100% } h2 { font-size: 12pt } h3 { break-before: page; font-size: 12pt }
</style>
<table><tr><td>Job title</td><td>Library Supervisor</td></tr><tr><td>Grade</td><td>F</td></tr></table>
<h2>Principal accountabilities</h2>
<ol><li>Supervise a team of six library assistants, including their rotas, appraisals and training, and deal with
absence and poor performance at an early stage.</li>
<li>Answer complaints from members of the public, and keep them informed until the matter is settled.</li></ol>
<h3>Knowledge, skills and experience</h3>
<table><tr><th>Factor</th><th>Essential</th><th>Desirable</th></tr>
<tr><td>Education</td><td>Five GCSEs including English</td><td>Library qualification</td></tr>
<tr><td>Skills</td><td>Able to explain library services clearly to people of different ages and backgrounds</td>
<td>Skilled in running events</td></tr></table>
<h2>Health and safety</h2>
<p>All employees have a duty to take reasonable care for the health and safety of themselves and others.</p>"""

CARE_HTML = """<!doctype html><html><head><title>Care Home Manager | Jobs</title>
<script>document.write("Manage the world")</script></head><body><nav><a>Home</a><a>Jobs</a></nav>
<h1>Care Home Manager</h1><h2>The role</h2><p>You will lead a team of 45 carers.<br>You will keep to the budget.</p>
<p><strong>Your responsibilities</strong></p><ul><li>Recruit, train and appraise staff</li></ul>
<p><b>What we offer</b></p><ul><li>Company pension</li></ul>
<table><tr><th>Requirement</th><th>Essential / Desirable</th></tr>
<tr><td>Ability to motivate people through change</td><td>E</td></tr>
<tr><td>Experience of coaching managers</td><td>D</td></tr></table>
<form><button>Manage your alerts</button></form></body></html>"""


def counting(job):
    return [statement.text for statement in job.statements if statement.counts]


def test_a_word_form_with_facts_bullets_and_a_person_specification():
    job = read_job(word_file(council_job), name="form.docx")
    assert job.title == "Housing Support Officer"
    assert counting(job) == [
        "To help tenants who are at risk of losing their home to keep it.",
        "Visit tenants at home and agree a support plan with each of them.",
        "Negotiate repayment arrangements with landlords and utility companies.",
        "Keep accurate case notes and answer enquiries from councillors.",
        "Able to listen to people in distress",
        "Conversational British Sign Language skills",
    ]
    assert job.counting[-1].weight < job.counting[-2].weight


def test_a_table_of_duties_gives_the_share_of_time_as_weight():
    job = read_job(word_file(duty_table), name="planner.docx")
    assert job.title == "Fleet Maintenance Planner"
    assert [s.weight for s in job.counting] == sorted((s.weight for s in job.counting), reverse=True)
    assert job.counting[0].weight > 5 * job.counting[2].weight


def test_tracked_changes_are_read_as_the_final_text_and_said():
    job = read_job(with_body(TRACKED), name="tracked.docx")
    assert counting(job) == ["Prepare samples for the microbiology bench.", "Calibrate the balances every week."]
    assert "tracked changes" in job.notes[0]


def test_a_text_box_is_read_once():
    job = read_job(with_body(TEXT_BOX), name="guide.docx")
    assert counting(job) == ["Lead tours for school classes and answer their questions."]


def test_a_pdf_with_ruled_tables_and_page_furniture():
    job = read_job(pdf_file(COUNCIL_PDF), name="library.pdf")
    assert job.title == "Library Supervisor"
    assert counting(job) == [
        "Supervise a team of six library assistants, including their rotas, appraisals and training, and deal with "
        "absence and poor performance at an early stage.",
        "Answer complaints from members of the public, and keep them informed until the matter is settled.",
        "Able to explain library services clearly to people of different ages and backgrounds",
        "Skilled in running events",
    ]
    assert not any("Northshire" in statement.text or "Page 1" in statement.text for statement in job.statements)


def test_two_columns_of_a_pdf_are_read_one_after_the_other():
    left = "".join(f"<p>Answers letter number {n} from members of the public in the first week.</p>" for n in range(12))
    right = "".join(f"<p>Checks invoice number {n} from suppliers against the order book.</p>" for n in range(12))
    job = read_job(pdf_file(f"<div style='columns:2;column-gap:1.5cm;height:23cm'>{left}{right}</div>"), name="two.pdf")
    assert "Answers letter number 3 from members of the public in the first week." in counting(job)
    assert "Checks invoice number 7 from suppliers against the order book." in counting(job)


def test_html_leaves_out_scripts_menus_and_forms():
    job = read_job(CARE_HTML)
    assert job.title == "Care Home Manager"
    assert counting(job) == [
        "You will lead a team of 45 carers.",
        "You will keep to the budget.",
        "Recruit, train and appraise staff",
        "Ability to motivate people through change",
        "Experience of coaching managers",
    ]
    assert job.counting[-1].weight < job.counting[-2].weight


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_encoding_of_a_text_is_found(encoding):
    text = "Job title: Chef de café\n\nPrepare meals – “quickly” – for 80 residents.\nOrder crème fraîche."
    job = read_job(text.encode(encoding), name="job.txt")
    assert job.title == "Chef de café"
    assert counting(job) == ["Prepare meals – “quickly” – for 80 residents.", "Order crème fraîche."]


def test_bullets_of_symbol_fonts_ligatures_and_soft_hyphens_are_understood():
    job = read_job("Duties\n\uf0b7 Of\ufb01ce and ware\u00adhouse staff: plans the rota\n\uf0a7\u00a0Writes reports")
    assert counting(job) == ["Office and warehouse staff: plans the rota", "Writes reports"]


def test_an_empty_line_after_every_line_is_not_taken_for_paragraphs():
    lines = (
        "Duties",
        "Answers enquiries from customers about their orders and passes on what",
        "cannot be settled at once to the department concerned without delay.",
        "Keeps the customers' files in order so that any colleague can find a",
        "letter within a minute and knows what was agreed with whom and when.",
        "Helps to prepare the yearly open day by writing to the customers and",
        "by booking rooms, catering and transport for up to two hundred guests.",
        "Reports to the head of department each Friday on complaints that are",
        "still open and on what is being done about each of them this week.",
    )
    job = read_job("\n\n".join(lines))
    assert len(job.counting) == 4
    assert job.counting[0].text.endswith("without delay.")


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Cook\n\nPrepares meals.", "", "Cook"),
        ("Prepares meals. Cleans the kitchen every evening.", "assistant_cook_final_v2.txt", "Assistant cook"),
        ("POSITION DESCRIPTION\nPosition title: Cook\nPrepares meals.", "x.txt", "Cook"),
        ("We are looking for a night porter to look after guests. Answers calls.", "", "Night porter"),
        ("JOB DESCRIPTION: SENIOR COOK\n\nPrepares meals.", "", "Senior Cook"),
        ("Answers calls at night.", "", "Untitled role"),
    ],
)
def test_the_title_is_found(text, name, title):
    assert read_job(text, name=name).title == title


def test_a_title_that_the_user_gives_is_taken():
    assert read_job("Cook\n\nPrepares meals.", title="Head Cook").title == "Head Cook"
