"""A role profile with its library for tests of plans and guides."""

from prowess.framework import (
    Competency,
    Framework,
    Indicator,
    InterviewQuestion,
    Level,
    Polarity,
    ProfileEntry,
    QuestionKind,
    RoleProfile,
    Scale,
)
from prowess.framework.role_profile import Evidence, Role, Statement

TITLES = ("Listening", "Planning", "Repairing", "Deciding", "Writing", "Teaching", "Buying", "Selling", "Testing")
SCALE = Scale(
    levels=(
        Level(number=1, name="Hinders", polarity=Polarity.INEFFECTIVE),
        Level(number=2, name="Solid"),
        Level(number=3, name="Strong"),
    )
)


def competency(title: str, *, questions: int = 4) -> Competency:
    asked = [
        InterviewQuestion(text=f"Tell me about {title.lower()} number {n}.", probes=("What happened?", "What then?"))
        for n in range(1, max(questions, 1))
    ]
    asked.append(
        InterviewQuestion(kind=QuestionKind.SITUATIONAL, text=f"What would you do about {title.lower()} & <why>?")
    )
    return Competency(
        code=title.lower(),
        title=title,
        definition=f"{title} so that it helps others.",
        questions=tuple(asked[:questions]) if questions else (),
        indicators=tuple(
            Indicator(
                level=n, polarity=Polarity.INEFFECTIVE if n == 1 else Polarity.EFFECTIVE, text=f"{title} at level {n}."
            )
            for n in (1, 2, 3)
        ),
    )


def library(count: int = 7, *, questions: int = 4) -> Framework:
    return Framework(
        title="Small library",
        scale=SCALE,
        competencies=tuple(competency(t, questions=questions) for t in TITLES[:count]),
    )


def profile(count: int = 7, *, questions: int = 4, definitions: bool = True) -> RoleProfile:
    framework = library(count, questions=questions)
    return RoleProfile(
        role=Role(title="Workshop Leader"),
        library="small",
        statements=tuple(
            Statement(id=f"s{n}", line=10 + n, text=f"Does some {c.title.lower()} every day.")
            for n, c in enumerate(framework.competencies, start=1)
        ),
        competencies=tuple(
            ProfileEntry(
                code=c.code,
                title=c.title,
                importance=round(0.9 - 0.1 * n, 2),
                target_level=2,
                evidence=(Evidence(statement=f"s{n + 1}", part="definition", text=c.definition, similarity=0.5),),
            )
            for n, c in enumerate(framework.competencies)
        ),
        definitions=framework.competencies if definitions else (),
    )
