"""Real layouts of job descriptions: what counts, what does not, and the title."""

from pathlib import Path

import pytest

from prowess.matching.job_text import read_job

JOBS = Path(__file__).parent / "jobs"

CASES = {
    "us_government.txt": (
        "Customer Service Supervisor",
        [
            "Supervises, schedules and evaluates a staff of twelve customer service representatives",
            "Responds to escalated complaints from residents about billing, service interruptions and water quality, "
            "and follows each complaint through until the resident confirms that it is resolved.",
            "Trains new employees in billing software, City policy and telephone technique.",
            "Skill in calming upset customers.",
            "Ability to communicate clearly, orally and in writing.",
        ],
        [
            "Performs other duties as assigned.",
            "Must possess a valid state driver's license.",
            "The following duties are normal for this position.",
            "Work is performed in an office environment with prolonged sitting.",
            "The City of Harlan Falls is an Equal Opportunity Employer.",
            "Bachelor's degree in business administration or a related field",
        ],
    ),
    "uk_nhs.txt": (
        "Ward Sister / Charge Nurse",
        [
            "You will act as a role model for junior staff and students.",
            "Administer medicines in accordance with Trust policy.",
            "Mentor student nurses and newly qualified staff.",
            "Handle informal complaints from relatives at ward level, and record what was agreed.",
            "Excellent communication skills",
            "Calm under pressure",
        ],
        [
            "Band: 6",
            "Our staff enjoy access to a range of benefits including the NHS pension scheme.",
            "The post holder must comply with the Health and Safety at Work Act 1974 and Trust policies.",
            "This post is subject to an enhanced DBS check.",
            "Registered Nurse with current NMC registration",
            "This job description is not exhaustive and may be amended in consultation with the post holder.",
        ],
    ),
    "startup.md": (
        "Senior Backend Engineer",
        [
            "Mentor two mid-level engineers",
            "You explain trade-offs clearly to people who don't code",
            "Work closely with product and design to turn fuzzy customer problems into shipped features",
        ],
        [
            "Founded in 2021 and backed by Series A investors, we're a team of 34 across eight countries.",
            "5+ years of experience with Python or Go",
            "Stock options for everyone",
            "No cover letter needed!",
            "We're an equal opportunity employer.",
        ],
    ),
    "numbered_duties.txt": (
        "Quality Assurance Coordinator",
        [
            "Investigate non-conformities, find root causes and follow corrective actions until they are closed.",
            "prepare charts for the shop floor",
            "Visit suppliers and agree improvement plans with them.",
            "Ability to work with people at all levels.",
        ],
        [
            "Reports to the Quality Manager.",
            "Technician diploma or equivalent.",
            "Five years' experience in a manufacturing environment.",
            "I have read this job description and understand it.",
        ],
    ),
    "union.txt": (
        "Head Custodian",
        [
            "Takes charge of the cleaning and upkeep of a school building",
            "Assigns and inspects the work of custodians on the evening shift",
            "Responds to emergency calls outside working hours.",
            "ability to plan and supervise the work of others",
        ],
        [
            "does related work as required.",
            "Graduation from high school and two years of building cleaning experience.",
            "Overtime is paid at one and one half times the hourly rate.",
        ],
    ),
    "ocr_wrapped.txt": (
        "Warehouse Shift Manager",
        [
            "The Warehouse Shift Manager is responsible for the safe and punctual handling of all goods during the "
            "shift.",
            "When a delivery is going to be late, the Shift Manager informs the customer before the customer asks, and "
            "agrees a new time.",
        ],
        [
            "The company was founded in 1968.",
            "The salary is between 34,000 and 39,000 per annum with 25 days annual leave and a pension.",
            "Applications should be sent to the Human Resources Department before the closing date.",
        ],
    ),
    "percentages.txt": (
        "Program Coordinator, Graduate Studies",
        [
            "Answers enquiries by phone and e-mail within one working day.",
            "Negotiates with caterers and other suppliers.",
            "Excellent written and verbal communication skills",
        ],
        ["Bachelor's degree", "Other duties as assigned.", "May be required to lift boxes up to 25 lbs."],
    ),
    "unlabelled_prose.txt": (
        "Store Manager",
        [
            "You'll set weekly sales targets with the team and talk through the results every Monday.",
            "When something goes wrong with an order you ring the customer yourself and put it right.",
        ],
        [
            "We offer a salary of £31,000, 28 days holiday and a staff discount of 40%.",
            "Please apply with your CV by 12 June.",
            "We welcome applications from everyone regardless of age, race or gender.",
        ],
    ),
    "your_mission.txt": (
        "Key Account Manager – Food Service",
        [
            "You negotiate annual agreements and prices with buyers, and see to it that what was agreed is delivered.",
            "You present new products convincingly to groups of up to 50 chefs.",
            "You are persuasive, resilient and enjoy travelling (about 50%)",
        ],
        [
            "Nordleaf Foods is a family business with 1,200 employees in five countries.",
            "Sustainability isn't a buzzword for us - it's in our DNA.",
            "Minimum of 4 years in key account management, ideally in food",
            "A team that laughs a lot",
            "Then we look forward to receiving your application, stating your earliest start date.",
        ],
    ),
    "federal_without_bullets.txt": (
        "Program Analyst (Grants)",
        [
            "Monitor the financial and program performance of grantees through site visits and desk reviews",
            "Prepare written reports, briefings and correspondence for senior officials",
            "Oral Communication",
        ],
        [
            "Must be a U.S. Citizen or National.",
            "You must successfully complete a background investigation.",
            "A Ph.D. or equivalent doctoral degree may be substituted.",
        ],
    ),
    "trades.txt": (
        "Electrician - Maintenance",
        ["Explains the cause of a stoppage to operators and shift leaders.", "Guides apprentices."],
        ["Journeyman certificate; 3 yrs. plant experience.", "Must be able to lift 50 lbs. and work at heights."],
    ),
    "academic.html": (
        "Lecturer in Marine Biology",
        ["Supervise dissertations and act as personal tutor.", "Ability to explain complex ideas to varied audiences"],
        ["PhD in a relevant subject", "Salary: £41,732 to £49,794"],
    ),
    "hr_about_benefits.txt": (
        "Employee Benefits and Recruitment Officer",
        [
            "Administer the company pension scheme, health insurance and paid leave for 900 employees.",
            "Advise managers on equal opportunity law and reasonable adjustments.",
            "Run background checks and right-to-work checks on new starters.",
        ],
        [],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_job_description_of_any_layout_is_read(name):
    title, counting, boilerplate = CASES[name]
    job = read_job(JOBS / name)
    counts = {statement.text: statement.counts for statement in job.statements}
    assert job.title == title
    assert [text for text in counting if not counts.get(text, False)] == []
    assert [text for text in boilerplate if counts.get(text, True)] == []


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith((".txt", ".md"))])
def test_every_statement_names_the_line_where_it_begins(name):
    lines = (JOBS / name).read_text(encoding="utf-8").split("\n")
    for statement in read_job(JOBS / name).statements:
        first_word = statement.text.split()[0].strip("(“\"'")[:8]
        assert first_word in lines[statement.line - 1], statement


@pytest.mark.parametrize("name", CASES)
def test_what_does_not_count_says_why(name):
    for statement in read_job(JOBS / name).statements:
        assert bool(statement.why) != statement.counts
        assert (statement.weight > 0) == statement.counts


def test_numbered_subheadings_are_not_statements():
    texts = [statement.text for statement in read_job(JOBS / "numbered_duties.txt").statements]
    assert "Quality system" not in texts
    assert "Customers and suppliers" not in texts


def test_desirable_skills_weigh_less_than_essential_ones():
    weights = {statement.text: statement.weight for statement in read_job(JOBS / "uk_nhs.txt").statements}
    assert weights["Able to use electronic rostering systems"] < 0.6 * weights["Excellent communication skills"]


def test_a_share_of_time_is_divided_among_the_duties_below_it():
    job = read_job(
        "Duties\n\nTeaching (80%)\n- Teaches two classes.\n- Marks written work.\n\n"
        "Administration (20%)\n- Keeps the register.\n- Orders books.\n"
    )
    weights = {statement.text: statement.weight for statement in job.statements}
    assert weights["Teaches two classes."] > 3 * weights["Keeps the register."]
    assert "80%" not in " ".join(weights)


def test_an_inline_enumeration_becomes_its_parts():
    job = read_job(
        "The officer is responsible for the following work: (a) keeping the register of members; "
        "(b) collecting the yearly fees; and (c) answering questions from members."
    )
    assert [s.text for s in job.counting][-3:] == [
        "keeping the register of members",
        "collecting the yearly fees",
        "answering questions from members.",
    ]


def test_a_statement_that_stands_twice_counts_once():
    job = read_job("Duties:\n- Answer the telephone.\n- Greet visitors.\n- Answer the telephone.\n")
    assert [s.counts for s in job.statements if s.text == "Answer the telephone."] == [True, False]


@pytest.mark.parametrize("code", ["A1. ", "B12) ", "KRA 2: ", "D-3.1. "])
def test_the_code_of_a_duty_is_no_statement_of_its_own(code):
    job = read_job(
        f"Buyer\n\nDuties\n{code}Negotiate prices with suppliers.\n{code}Check the invoices of each month.\n"
    )
    assert [s.text for s in job.counting] == ["Negotiate prices with suppliers.", "Check the invoices of each month."]
