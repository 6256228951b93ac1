"""A small library for the tests of matching."""

from prowess.matching.parts import CompetencyParts, Part


def competency(code: str, title: str, definition: str = "", *activities: str) -> CompetencyParts:
    """A competency with a title, a definition if it is not empty, and job activities."""
    parts = [Part("title", title), *([Part("definition", definition)] if definition else [])]
    return CompetencyParts(code, (*parts, *(Part("job_activity", text) for text in activities)))


LIBRARY = [
    competency(
        "WRITE",
        "Written communication",
        "Writes texts that readers understand at once and can act upon.",
        "Draft letters and reports for clients.",
        "Write minutes of meetings.",
        "Edit manuals and instructions.",
    ),
    competency(
        "LEAD",
        "Leading a team",
        "Gives a team direction, shares out its work and helps its members to do well.",
        "Supervise a group of technicians.",
        "Assign duties to staff and check their progress.",
        "Coach new employees.",
    ),
    competency(
        "MONEY",
        "Financial understanding",
        "Plans and watches budgets and costs, and explains what figures mean.",
        "Prepare annual budgets.",
        "Analyse costs against plan.",
        "Approve invoices and expenses.",
    ),
    competency(
        "RUST",
        "Rust",
        "Writes safe, fast systems software in the Rust programming language.",
        "Develop embedded firmware.",
        "Review the code of other programmers.",
        "Design software libraries.",
    ),
]
