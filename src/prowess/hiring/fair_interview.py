"""What every interviewer is told: how to open and close, how to ask and rate, and what one may not ask.

The wording binds no jurisdiction: it keeps to what has no bearing on the work, which is the common ground of the
law in most countries. An organisation's own rules come first.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OffLimits:
    """A subject that one may not ask about, an example, and what to ask where the work gives a reason."""

    subject: str
    not_this: str
    but_this: str


LAW_DIFFERS = (
    "What may be asked differs from place to place, and your organisation's rules come first. The safe rule holds "
    "everywhere: ask about the work, ask everybody the same, and do not follow up what a candidate lets slip about "
    "private matters."
)

OFF_LIMITS: tuple[OffLimits, ...] = (
    OffLimits(
        "Age", "How old are you? When did you leave school?", "Do you meet the legal minimum age for this work, if any?"
    ),
    OffLimits(
        "Family, pregnancy, care for others",
        "Do you have children, or plan to? Who looks after them?",
        "These are the working hours and the travel. Can you work them?",
    ),
    OffLimits(
        "Partner, sexual orientation, gender identity",
        "Are you married? What does your partner do?",
        "Nothing. It has no bearing on any job.",
    ),
    OffLimits(
        "Origin, nationality, first language",
        "Where are you from originally? What is your mother tongue?",
        "Are you allowed to work in this country? Which of the languages that the job uses do you speak, and how well?",
    ),
    OffLimits(
        "Religion and belief",
        "Which holidays do you keep? Do you attend a place of worship?",
        "The rota includes these days. Can you work them, or would you need an arrangement?",
    ),
    OffLimits(
        "Health and disability",
        "Have you been ill a lot? Is that a disability?",
        "These are the tasks of the job. Can you do them, with an adjustment where you need one?",
    ),
    OffLimits(
        "Politics, union membership",
        "How do you vote? Are you in a union?",
        "Nothing, unless the law makes it a condition of this post.",
    ),
    OffLimits(
        "Criminal record",
        "Have you ever been arrested?",
        "Leave it to the formal check, where the post requires one.",
    ),
    OffLimits(
        "Money and past pay",
        "What do you earn now? Do you have debts?",
        "The pay range for this post is this. Does it meet your expectations?",
    ),
    OffLimits(
        "Looks and private life",
        "How tall are you? What do you do at weekends?",
        "The work has these requirements (clothing, reach, lifting). Can you meet them?",
    ),
)

BEFORE: tuple[str, ...] = (
    "Read your questions and the anchors once, and the candidate's papers only for facts.",
    "Have this guide, a pen and a clock. Switch off telephone and messages.",
)

OPENING: tuple[str, ...] = (
    "Welcome the candidate, and say who you are and what you do.",
    "“I will ask you the same questions, in the same order, as everybody else who applies for this post.”",
    "“Most questions ask for something that you have really done. Take your time to think of an example. Tell me what "
    "the situation was, what you yourself did, and what came of it.”",
    "“I will take notes, so that I remember what you said. There is time for your questions at the end.”",
)

CLOSING: tuple[str, ...] = (
    "“Is there anything you would like to add to one of your answers?”",
    "Answer the candidate's questions about the work and the organisation.",
    "Say what happens next, and by when the candidate will hear from whom.",
    "Thank the candidate.",
)

AFTERWARDS: tuple[str, ...] = (
    "Rate at once, alone, from your notes, before you speak with the other interviewers.",
    "Rate each competency for itself: a strong answer to one question says nothing about the next.",
    "Choose the level whose anchors describe best what you heard. Where you heard too little, tick “Not observed”.",
    "Write down what the candidate said or did that speaks for your rating. Reasons may be asked for later.",
    "Hand in your ratings before the panel meets. Then talk about what you heard, not about impressions.",
)

ASKING: tuple[str, ...] = (
    "Read each question aloud as it stands. You may repeat it, but not explain what a good answer would be.",
    "Use the probes where the situation, the candidate's own part or the result is missing. Ask “what did you do?” "
    "when you hear “we”.",
    "Note words and deeds, not verdicts: “rang the customer the same evening”, not “reliable”.",
    "Keep to the minutes. Every candidate gets the same time.",
)
