"""Verbs with which duties begin, in every form that job descriptions use."""

import re

_VERBS = """
accept achieve act adapt address adhere adjust administer advance advise advocate align allocate analyse analyze
answer anticipate apply appraise approve arrange assemble assess assign assist assure attend audit author authorise
authorize balance brief bring budget build calculate calibrate care carry chair champion check clarify clean coach
collaborate collect communicate compile complete comply compose conduct configure confirm consult contact contribute
control convene convert cook coordinate co-ordinate correspond counsel create cultivate cut dance deal debug decide
define delegate deliver demonstrate deploy design detect determine develop diagnose direct discuss dispatch dispense
distribute document draft drive drill edit educate elicit embed employ empower enable encourage enforce engage
engineer enhance ensure enter equip escalate escort establish estimate evaluate examine execute expand explain
explore extract facilitate file follow forecast formulate foster fulfil fulfill gather generate give greet grow
guide handle help hire host identify implement improve influence inform initiate inspect inspire install instruct
integrate interact interpret interview investigate issue keep lead learn leverage liaise lift listen load locate log
maintain make manage map market measure mediate meet mentor migrate mitigate mobilise model monitor motivate
negotiate nurture observe obtain offer operate optimise optimize orchestrate order organise organize originate
overhaul oversee own pack participate partner perform pick plan play prepare prescribe present preserve prevent
price prioritise prioritize process procure produce program promote propose protect prototype provide publish
purchase pursue raise read receive recognise recommend reconcile record recruit redesign reduce refactor refer
refine register remove renew repair replace reply report represent research resolve respond restock restore retain
review revise run sample scan schedule scope screen scale secure select sell serve service set shape share ship
solve sort specify sponsor staff stock store strengthen structure study submit suggest supervise supply support
survey sustain take teach test track train transcribe translate transport treat troubleshoot undertake update
upgrade upload uphold use utilise utilize validate value verify visit wash weigh weld welcome work write
""".split()  # fmt: skip
_DOUBLING = re.compile(
    r"^(?:[^aeiou]*[aeiou][bdgmnprt]|.*(?:refer|submit|program|pul|fulfil|control|log|run|set|ship|plan|cut|map|get|begin))$"
)


def _forms(verb: str) -> set[str]:
    if verb.endswith("e"):
        return {verb, verb + "s", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb, verb[:-1] + "ies", verb + "ing"}
    ending = "es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"
    stem = verb + verb[-1] if _DOUBLING.match(verb) else verb
    return {verb, verb + ending, verb + "ing", stem + "ing"}


DUTY_VERBS = frozenset(form for verb in _VERBS for form in _forms(verb))
_FIRST_WORDS = re.compile(r"^(?:to |and |or |also |then |you(?:'|’)?ll |will |\w{1,20}ly,? )*([a-z][a-z-]*)")
_LOOKED_AT = 120
_NOUN = re.compile(r"\s+(?:is|are|was|will|of|must|may|has|have)\b")
"""What stands after a word that is a noun here: "Work is performed …"."""


def begins_with_duty_verb(text: str) -> bool:
    """Whether a sentence begins with what somebody does ("Manages …", "To prepare …", "Actively seeking …")."""
    text = text[:_LOOKED_AT].lower().lstrip("\"'“‘(- ")
    found = _FIRST_WORDS.match(text)
    return found is not None and found[1] in DUTY_VERBS and not _NOUN.match(text[found.end() :])
