"""Text, Markdown and separated values with content of the starter library, each in the layout of a real dictionary."""

# ruff: noqa: E501  # lines of documents as they are found

import csv
from pathlib import Path

from prowess.framework.framework import Framework
from tests.dictionaries.starter_layouts.content import (
    COMPARE_TO,
    NOT_WITH,
    RELATED,
    Starter,
    anchors,
    both,
    competency,
    four,
    framework,
    hyphenated,
    layout,
    scale,
    three,
    wrap,
)


@layout("numbered-sections.txt")
def numbered_sections_txt(path: Path) -> Framework:
    found = [Starter(18), Starter(19)]
    text = "COMPETENCY HANDBOOK\n\nContents\n\n1 Introduction ........ 2\n2 Clusters ........ 3\n3 Competencies ........ 4\n"
    for i, c in enumerate(found, 1):
        text += f"  3.{i} {c.title} ........ {4 + i}\n"
    text += "\n3 Competencies\n\n"
    for i, c in enumerate(found, 1):
        text += f"3.{i} {c.title}\n\n3.{i}.1 Definition\n{wrap(c.definition, 80)}\n\n3.{i}.2 Behavioural indicators\n"
        for n, texts in enumerate(three(c), 1):
            text += f"Level {n}\n" + "".join(wrap(x, 76, f"  {chr(96 + k)}) ") + "\n" for k, x in enumerate(texts, 1))
        text += f"\n3.{i}.3 Interview questions\n" + "".join(wrap(x[0], 76, "  - ") + "\n" for x in c.questions) + "\n"
    path.write_text(text, encoding="utf-8")
    return framework(
        "COMPETENCY HANDBOOK",
        [competency(c, indicators=anchors(three(c)), questions=[(x[0], [], x[2]) for x in c.questions]) for c in found],
        scale("Level 1", "Level 2", "Level 3"),
    )


@layout("hyphenated.txt")
def hyphenated_txt(path: Path) -> Framework:
    found = [Starter(28), Starter(29)]
    text = "Guide to Competencies\n\n"
    for c in found:
        text += f"{c.title}\n\n{hyphenated(c.definition, 44)}\n\n"
        for n, texts in enumerate(three(c), 1):
            text += f"Level {n}\n" + "".join("* " + hyphenated(x, 42).replace("\n", "\n  ") + "\n" for x in texts)
        text += "\n"
    path.write_text(text, encoding="utf-8")
    return framework(
        "Guide to Competencies",
        [competency(c, indicators=anchors(three(c))) for c in found],
        scale("Level 1", "Level 2", "Level 3"),
    )


@layout("side-by-side.txt")
def side_by_side_txt(path: Path) -> Framework:
    found = [Starter(40), Starter(41)]
    text = "Behaviours at the Quarry Company\n\n"
    for c in found:
        text += f"{c.title}\n{wrap(c.definition, 84)}\n\n{'Effective behaviours':44}Ineffective behaviours\n"
        for a, b in zip(c.levels[4][:3], c.levels[1][:3], strict=True):
            la = wrap(a, 40, "- ").split("\n")
            lb = wrap(b, 40, "- ").split("\n")
            for i in range(max(len(la), len(lb))):
                text += f"{la[i] if i < len(la) else '':44}{lb[i] if i < len(lb) else ''}".rstrip() + "\n"
        text += "\n"
    path.write_text(text, encoding="utf-8")
    return framework(
        "Behaviours at the Quarry Company",
        [competency(c, indicators=both(c.levels[4][:3], c.levels[1][:3])) for c in found],
    )


@layout("small-with-heads.txt")
def small_with_heads_txt(path: Path) -> Framework:
    c = Starter(42)
    text = (
        f"Competency Framework of the Lighthouse Board Page 3 of 12\n\n{c.title}\n\n{wrap(c.definition, 80)}\n\nKey behaviours\n"
        + "".join(wrap(x, 78, "• ") + "\n" for x in c.levels[3])
        + "\nCompetency Framework of the Lighthouse Board Page 4 of 12\n\nDevelopment activities\n"
        + "".join(wrap(x[1], 78, "• ") + "\n" for x in c.activities)
    )
    path.write_text(text, encoding="utf-8")
    return framework(
        "Competency Framework of the Lighthouse Board",
        [competency(c, indicators=both(c.levels[3]), development=c.activities)],
    )


@layout("wide-table.md")
def wide_table_md(path: Path) -> Framework:
    found = [Starter(43), Starter(44), Starter(45)]
    names = ["Emerging", "Established", "Leading"]
    text = "# Product team competencies\n\n| Competency | " + " | ".join(names) + " |\n|---|---|---|---|\n"
    for c in found:
        text += f"| **{c.title}** | " + " | ".join("<br>".join(texts) for texts in three(c)) + " |\n"
    path.write_text(text, encoding="utf-8")
    return framework(
        "Product team competencies",
        [competency(c, definition=False, indicators=anchors(three(c))) for c in found],
        scale(*names),
    )


@layout("cluster-tabs.txt")
def cluster_tabs_txt(path: Path) -> Framework:
    gs = {"Thinking": [Starter(48), Starter(49)], "Working together": [Starter(50)]}
    text = "LEADERSHIP COMPETENCY MODEL\n"
    competencies = []
    for i, (g, found) in enumerate(gs.items()):
        text += f"\nCluster {'AB'[i]}: {g}\n"
        for j, c in enumerate(found, 1):
            text += f"\n{'AB'[i]}{j}. {c.title}\n\t{c.definition}\n\tBehavioural indicators:\n" + "".join(
                f"\t\t• {x}\n" for x in c.levels[4]
            )
            competencies.append(competency(c, cluster=g, indicators=both(c.levels[4])))
    path.write_text(text, encoding="utf-8")
    return framework("LEADERSHIP COMPETENCY MODEL", competencies, clusters=gs)


@layout("flat-paste.txt")
def flat_paste_txt(path: Path) -> Framework:
    found = [Starter(21), Starter(22), Starter(23)]
    text = "Hi all, below the competencies that we agreed on in March.\n"
    for c in found:
        text += (
            f"{c.title.upper()}\n{c.definition}\nLevel 1\n"
            + "\n".join(c.levels[3])
            + "\nLevel 2\n"
            + "\n".join(c.levels[4])
            + "\nLevel 3\n"
            + "\n".join(c.levels[5])
            + "\n"
        )
    path.write_text(text, encoding="utf-8")
    return framework(
        "U24 flat paste",
        [competency(c, title=c.title.upper(), indicators=anchors(three(c))) for c in found],
        scale("Level 1", "Level 2", "Level 3"),
    )


@layout("wide.csv")
def wide_csv(path: Path) -> Framework:
    found = [Starter(4), Starter(14), Starter(24)]
    with path.open("w", newline="", encoding="utf-8-sig") as f:
        book = csv.writer(f, delimiter=";")
        book.writerow(
            ["Competency ID", "Competency name", "Description", "Novice", "Competent", "Expert", "Interview question"]
        )
        for n, c in enumerate(found, 1):
            book.writerow(
                [
                    f"K{n}",
                    c.title,
                    c.definition,
                    *["\n".join("- " + x for x in texts) for texts in three(c)],
                    c.questions[0][0],
                ]
            )
    return framework(
        "V01",
        [
            competency(c, indicators=anchors(three(c)), questions=[(c.questions[0][0], [], c.questions[0][2])])
            for c in found
        ],
        scale("Novice", "Competent", "Expert"),
    )


@layout("label-column.txt")
def label_column_txt(path: Path) -> Framework:
    found = [Starter(10), Starter(20)]
    text = "COMPETENCY MODEL FOR CALL CENTRES\n\n"
    for c in found:
        text += f"{c.title.upper()}\n\n"
        for a, xs in (
            ("Definition", [c.definition]),
            ("Level 1", c.levels[3]),
            ("Level 2", c.levels[4]),
            ("Level 3", c.levels[5]),
        ):
            first = True
            for x in xs:
                bl = "" if a == "Definition" else "- "
                for _k, texts in enumerate(wrap(x, 62, bl).split("\n")):
                    text += f"{a if first else '':14}{texts}\n"
                    first = False
        text += "\n\n"
    path.write_text(text, encoding="utf-8")
    return framework(
        "COMPETENCY MODEL FOR CALL CENTRES",
        [competency(c, title=c.title.upper(), indicators=anchors(three(c))) for c in found],
        scale("Level 1", "Level 2", "Level 3"),
    )


@layout("nested.md")
def nested_md(path: Path) -> Framework:
    found = [Starter(38), Starter(48)]
    text = "# Engineering ladder: competencies\n\n"
    for c in found:
        text += f"### {c.title}\n\n> {c.definition}\n\n"
        for n, texts in zip(("Junior", "Senior", "Principal"), three(c), strict=True):
            text += f"- **{n}**\n" + "".join(f"    - {x}\n" for x in texts)
        text += "\n"
    path.write_text(text, encoding="utf-8")
    return framework(
        "Engineering ladder: competencies",
        [competency(c, indicators=anchors(three(c))) for c in found],
        scale("Junior", "Senior", "Principal"),
    )


@layout("codes-in-brackets.txt")
def codes_in_brackets_txt(path: Path) -> Framework:
    found = [Starter(5), Starter(21)]
    text = "TECHNICAL COMPETENCIES CATALOGUE\n\n"
    for i, c in enumerate(found, 1):
        text += f"[TC-{i:02}] {c.title}\n\nDescription: {wrap(c.definition, 80)}\n\nBehaviours by level\n\n"
        for n, texts in enumerate(four(c), 1):
            text += f"L{n}\n" + "".join(wrap(x, 80, "  - ") + "\n" for x in texts) + "\n"
    path.write_text(text, encoding="utf-8")
    return framework(
        "TECHNICAL COMPETENCIES CATALOGUE",
        [competency(c, indicators=anchors(four(c))) for c in found],
        scale("Level 1", "Level 2", "Level 3", "Level 4"),
    )


@layout("row-per-level.csv")
def row_per_level_csv(path: Path) -> Framework:
    found = [Starter(9), Starter(25)]
    names = ["Aware", "Skilled", "Expert"]
    with path.open("w", newline="") as f:
        book = csv.writer(f)
        book.writerow(["competency_title", "level", "level_name", "behaviours"])
        for c in found:
            for n, (nm, texts) in enumerate(zip(names, three(c), strict=True), 1):
                book.writerow([c.title, n, nm, "\n".join(texts)])
    return framework(
        "W06", [competency(c, definition=False, indicators=anchors(three(c))) for c in found], scale(*names)
    )


@layout("tables.md")
def tables_md(path: Path) -> Framework:
    found = [Starter(13), Starter(29)]
    text = "# Analyst competencies\n\n[Home](/) / [Guides](/guides)\n\n"
    for c in found:
        text += (
            f"## {c.title}\n\n{c.definition}\n\n| Level | Behaviours |\n| --- | --- |\n"
            + "".join(
                f"| {n} | {'<br>'.join(texts)} |\n"
                for n, texts in zip(("Associate", "Analyst", "Lead"), three(c), strict=True)
            )
            + "\n"
        )
    path.write_text(text, encoding="utf-8")
    return framework(
        "Analyst competencies",
        [competency(c, indicators=anchors(three(c))) for c in found],
        scale("Associate", "Analyst", "Lead"),
    )


@layout("rules.txt")
def rules_txt(path: Path) -> Framework:
    found = [Starter(2), Starter(8), Starter(14)]
    a, b, c_ = found
    text = (
        f"Selecting competencies\n\n{a.title}\n\n{a.definition} This competency is closely related to {b.title} and {c_.title}.\n\nKey actions\n"
        + "".join(f"• {x}: {y}\n" for x, y in a.key_actions)
        + f"\n{b.title}\n\n{b.definition}\n\nKey actions\n"
        + "".join(f"• {x}: {y}\n" for x, y in b.key_actions)
        + f"\n(Do not use with {c_.title}.)\n\n{c_.title}\n\n{c_.definition}\n\nKey actions\n"
        + "".join(f"• {x}: {y}\n" for x, y in c_.key_actions)
        + f"\nCompare to: {a.title}\n"
    )
    path.write_text(text, encoding="utf-8")
    return framework(
        "Selecting competencies",
        [
            competency(
                a,
                key_actions=a.key_actions,
                relations=[
                    (
                        RELATED,
                        b.title,
                        f"This competency is closely related to {b.title} and {c_.title}.",
                    ),
                    (
                        RELATED,
                        c_.title,
                        f"This competency is closely related to {b.title} and {c_.title}.",
                    ),
                ],
            ),
            competency(b, key_actions=b.key_actions, relations=[(NOT_WITH, c_.title, f"Do not use with {c_.title}.")]),
            competency(c_, key_actions=c_.key_actions, relations=[(COMPARE_TO, a.title, "")]),
        ],
    )
