import pytest

from prowess.framework.errors import Conflict, InputError, NotAllowed
from prowess.library.actions import take_framework
from prowess.matching import editing
from prowess.matching.job_text import read_job
from prowess.roles import actions, queries
from prowess.roles.models import ProfiledCompetency, Role, RoleProfile
from tests.cast import JOB


def _codes(profile):
    return [entry["code"] for entry in profile.document["competencies"]]


def _adding(code):
    return lambda profile, framework: editing.add_competency(profile, code=code, framework=framework)


def test_a_role_is_drafted_from_a_job_description(role):
    draft = role.profiles.get()
    document = draft.as_document()
    assert role.title == "Counter assistant"
    assert draft.number is None
    assert "customer-care" in _codes(draft)
    assert "loyalty" not in _codes(draft)
    assert [s.text for s in document.statements if not s.counts]
    assert next(e for e in document.competencies if e.code == "customer-care").evidence


def test_a_reader_makes_no_roles(cast, framework):
    with pytest.raises(NotAllowed):
        actions.add_role(actor=cast.rosa, framework=framework, job=read_job(JOB))
    assert not Role.objects.exists()


def test_who_has_left_makes_no_roles(cast, framework):
    with pytest.raises(NotAllowed):
        actions.add_role(actor=cast.nadia, framework=framework, job=read_job(JOB))


def test_core_competencies_that_forbid_each_other_are_refused_and_nothing_is_left_behind(cast, framework):
    with pytest.raises((Conflict, InputError), match="Loyalty"):
        actions.add_role(
            actor=cast.charlie, framework=framework, job=read_job(JOB), size=(2, 4), core=["customer-care", "loyalty"]
        )
    assert not Role.objects.exists()


def test_a_forbidden_pair_is_refused_with_the_librarys_advice(role, cast):
    with pytest.raises(editing.ForbiddenPairRefused) as refused:
        actions.change_draft(role, actor=cast.charlie, revision=1, change=_adding("loyalty"))
    assert refused.value.remedy.startswith("Take Customer Care for those who serve anybody")
    assert role.profiles.get().revision == 1


def test_a_swap_takes_the_place_of_the_other(role, cast):
    before = _codes(role.profiles.get())
    profile = actions.change_draft(
        role,
        actor=cast.charlie,
        revision=1,
        change=lambda p, f: editing.swap_competency(p, take="loyalty", leave="customer-care", framework=f),
    )
    assert _codes(profile) == ["loyalty" if code == "customer-care" else code for code in before]


def test_what_was_taken_out_comes_back_with_its_evidence(role, cast):
    entry = next(e for e in role.profiles.get().as_document().competencies if e.evidence)
    actions.change_draft(
        role, actor=cast.charlie, revision=1, change=lambda p, _f: editing.remove_competency(p, code=entry.code)
    )
    profile = actions.change_draft(role, actor=cast.charlie, revision=2, change=_adding(entry.code))
    again = next(e for e in profile.as_document().competencies if e.code == entry.code)
    assert again.evidence == entry.evidence


def test_the_second_of_two_who_change_one_draft_is_told(role, cast):
    actions.change_draft(
        role,
        actor=cast.charlie,
        revision=1,
        change=lambda p, _f: editing.weigh_competency(p, code=p.competencies[0].code, importance=0.9),
    )
    with pytest.raises(actions.ChangedMeanwhile, match="Charlie"):
        actions.change_draft(role, actor=cast.charlie, revision=1, change=_adding("setting-sail"))


@pytest.mark.parametrize("importance", [-0.1, 1.1])
def test_an_importance_is_a_share(role, cast, importance):
    with pytest.raises(InputError):
        actions.change_draft(
            role,
            actor=cast.charlie,
            revision=1,
            change=lambda p, _f: editing.weigh_competency(p, code=p.competencies[0].code, importance=importance),
        )


def test_a_level_that_the_scale_lacks_is_refused(role, cast):
    with pytest.raises(InputError, match="1, 2, 3"):
        actions.change_draft(
            role,
            actor=cast.charlie,
            revision=1,
            change=lambda p, f: editing.set_target_level(p, code=p.competencies[0].code, level=5, framework=f),
        )


def test_a_saved_profile_keeps_the_competencies_as_they_were(saved_role, cast, framework, framework_document):
    changed = framework_document.model_copy(
        update={
            "competencies": tuple(
                c.model_copy(update={"definition": "Something else."}) for c in framework_document.competencies
            )
        }
    )
    take_framework(changed, code="harbour-vale", actor=cast.charlie)
    document = saved_role.profiles.get().as_document()
    assert all(definition.definition != "Something else." for definition in document.definitions)
    assert document.definitions[0].version == 1


def test_saving_numbers_the_profiles_and_records_their_use(saved_role, cast):
    assert saved_role.profiles.get().number == 1
    assert ProfiledCompetency.objects.filter(version__competency__code="customer-care").count() == 1
    draft = actions.start_draft(saved_role, actor=cast.charlie)
    assert actions.start_draft(saved_role, actor=cast.charlie) == draft
    assert actions.save_profile(saved_role, actor=cast.charlie, revision=draft.revision).number == 2
    assert [p.number for p in queries.saved_profiles(cast.rosa, role=saved_role)] == [2, 1]


def test_only_the_latest_profile_counts_as_use(saved_role, cast, framework):
    actions.start_draft(saved_role, actor=cast.charlie)
    draft = actions.change_draft(
        saved_role,
        actor=cast.charlie,
        revision=1,
        change=lambda p, _f: editing.remove_competency(p, code="customer-care"),
    )
    actions.save_profile(saved_role, actor=cast.charlie, revision=draft.revision)
    competency = framework.competencies.get(code="customer-care")
    assert list(queries.uses_of(cast.charlie, competency=competency)) == []


def test_an_empty_profile_is_not_saved(role, cast):
    revision = 1
    for code in _codes(role.profiles.get()):
        revision = actions.change_draft(
            role,
            actor=cast.charlie,
            revision=revision,
            change=lambda p, _f, c=code: editing.remove_competency(p, code=c),
        ).revision
    with pytest.raises(Conflict, match="at least one"):
        actions.save_profile(role, actor=cast.charlie, revision=revision)


def test_a_draft_of_a_new_role_is_thrown_away_with_the_role(role, cast):
    assert actions.discard_draft(role, actor=cast.charlie) is False
    assert not Role.objects.exists()


def test_a_draft_of_a_saved_role_is_thrown_away_alone(saved_role, cast):
    actions.start_draft(saved_role, actor=cast.charlie)
    assert actions.discard_draft(saved_role, actor=cast.charlie) is True
    assert RoleProfile.objects.count() == 1


@pytest.mark.parametrize("title", ["", "   ", "x" * 501])
def test_a_role_needs_a_title(title):
    with pytest.raises(InputError):
        actions.rename(title)
