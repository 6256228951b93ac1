import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from prowess.framework.errors import InputError
from prowess.library.drafts.merging import merge
from prowess.library.drafts.rows import apply_command, without_bullet
from prowess.library.drafts.sheet import PARTS, competency_of, empty_row, sheet_of
from prowess.library.drafts.sheet_form import read_sheet
from tests.cast import small_framework


@pytest.fixture
def care():
    return small_framework().competency("customer-care")


@pytest.mark.parametrize("code", [c.code for c in small_framework().competencies])
def test_a_competency_comes_back_from_its_sheet_as_it_was(code):
    competency = small_framework().competency(code)
    assert competency_of(sheet_of(competency)) == competency


def test_what_no_page_shows_travels_with_its_row(care):
    action = care.key_actions[0].model_copy(update={"identifier": "urn:7", "extensions": {"case": {"a": 1}}})
    competency = care.model_copy(update={"key_actions": (action,), "identifier": "urn:care"})
    assert competency_of(sheet_of(competency)) == competency


def test_rows_that_say_nothing_yet_are_left_out(care):
    sheet = sheet_of(care)
    for part in PARTS.values():
        sheet[part.field].append(empty_row(part))
    assert competency_of(sheet) == care


def test_a_row_that_lacks_what_it_needs_is_named(care):
    sheet = sheet_of(care)
    sheet["relations"].append(empty_row(PARTS["relations"], note="They are alike."))
    with pytest.raises(InputError, match="relation 4 has no competency"):
        competency_of(sheet)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- Answer the phone.", "Answer the phone."),
        ("• Answer the phone.", "Answer the phone."),
        ("12. Answer the phone.", "Answer the phone."),
        ("(b) Answer the phone.", "Answer the phone."),
        ("o Answer the phone.", "Answer the phone."),
        ("3 people answer the phone.", "3 people answer the phone."),
        ("Open the shop.", "Open the shop."),
        ("e-mail is answered.", "e-mail is answered."),
    ],
)
def test_bullets_are_stripped_and_words_are_not(line, words):
    assert without_bullet(line) == words


def test_a_pasted_list_becomes_a_row_a_line(care):
    text = "• Open the shop.\n\n2) Close it.\r\n"
    sheet, focus = apply_command(sheet_of(care), command="paste:job_activities", pasted={"job_activities": text})
    assert [row["text"] for row in sheet["job_activities"]][-2:] == ["Open the shop.", "Close it."]
    assert focus == "add-job_activities"


def test_name_and_description_of_pasted_key_actions_are_told_apart(care):
    text = "Asks—finds out what is needed.\nOffers: gives a choice."
    sheet, _ = apply_command(sheet_of(care), command="paste:key_actions", pasted={"key_actions": text})
    assert [(r["name"], r["description"]) for r in sheet["key_actions"]][-2:] == [
        ("Asks", "finds out what is needed."),
        ("Offers", "gives a choice."),
    ]


def test_pasted_indicators_stand_at_their_level(care):
    pasted = {"indicators-3-ineffective": "Hides the queue."}
    sheet, _ = apply_command(sheet_of(care), command="paste:indicators:3:ineffective", pasted=pasted)
    found = competency_of(sheet).indicators_at(3)
    assert [(i.polarity.value, i.text) for i in found][-1] == ("ineffective", "Hides the queue.")


def test_rows_move_inside_their_group_only(care):
    sheet = sheet_of(care)
    keys = [row["key"] for row in sheet["job_activities"]]
    moved, focus = apply_command(sheet, command=f"down:job_activities:{keys[0]}", pasted={})
    assert [row["key"] for row in moved["job_activities"]] == [keys[1], keys[0], keys[2]]
    assert focus == f"down-{keys[0]}"
    alone = next(row for row in sheet["indicators"] if row["level"] == "1")
    assert apply_command(sheet, command=f"down:indicators:{alone['key']}", pasted={})[0] == sheet


@pytest.mark.parametrize("command", ["add:", "burn:job_activities", "add:indicators:x:y", "add:indicators", "up"])
def test_what_no_button_says_is_refused(care, command):
    with pytest.raises(InputError):
        apply_command(sheet_of(care), command=command, pasted={})


def test_a_form_that_did_not_arrive_whole_changes_nothing(care):
    with pytest.raises(InputError, match="did not arrive whole"):
        read_sheet(QueryDict("title=x"), stored=sheet_of(care))


def test_control_characters_are_dropped_on_the_way_in(care):
    sheet = read_sheet(QueryDict("title=A%00B%0D%0AC&kind=core&whole=yes"), stored=sheet_of(care))
    assert sheet["title"] == "AB\nC"


# Two people at once -------------------------------------------------------------------------------------------------


def _rows(sheet):
    return [row["text"] for row in sheet["job_activities"]]


def _with_activity(sheet, position, text):
    rows = [dict(row) for row in sheet["job_activities"]]
    rows[position]["text"] = text
    return {**sheet, "job_activities": rows}


def test_changes_to_different_rows_come_together(care):
    base = sheet_of(care)
    together = merge(
        base=base, mine=_with_activity(base, 0, "Mine."), theirs=_with_activity(base, 2, "Theirs."), choices={}
    )
    assert not together.clashes
    assert (_rows(together.sheet)[0], _rows(together.sheet)[2]) == ("Mine.", "Theirs.")


def test_the_same_row_clashes_until_somebody_chooses(care):
    base = sheet_of(care)
    mine, theirs = _with_activity(base, 0, "Mine."), _with_activity(base, 0, "Theirs.")
    (clash,) = merge(base=base, mine=mine, theirs=theirs, choices={}).clashes
    assert "Mine." in clash.mine
    assert "Theirs." in clash.theirs
    chosen = merge(base=base, mine=mine, theirs=theirs, choices={clash.path: "mine"})
    assert _rows(chosen.sheet)[0] == "Mine."


def test_a_row_that_one_changed_survives_that_the_other_removed_it(care):
    base = sheet_of(care)
    removed = {**base, "job_activities": base["job_activities"][1:]}
    changed = _with_activity(base, 0, "Changed.")
    assert "Changed." in _rows(merge(base=base, mine=removed, theirs=changed, choices={}).sheet)
    assert "Changed." in _rows(merge(base=base, mine=changed, theirs=removed, choices={}).sheet)


def test_a_row_that_one_removed_is_gone(care):
    base = sheet_of(care)
    removed = {**base, "job_activities": base["job_activities"][1:]}
    assert _rows(merge(base=base, mine=base, theirs=removed, choices={}).sheet) == _rows(removed)
    assert _rows(merge(base=base, mine=removed, theirs=base, choices={}).sheet) == _rows(removed)


@given(st.permutations(range(3)), st.lists(st.text("ab", min_size=1, max_size=3), max_size=3))
def test_what_is_added_and_moved_by_two_is_all_there(order, added):
    base = sheet_of(small_framework().competency("customer-care"))
    mine = {**base, "job_activities": [base["job_activities"][n] for n in order]}
    more = [empty_row(PARTS["job_activities"], text=text) for text in added]
    theirs = {**base, "job_activities": [*more, *base["job_activities"]]}
    together = merge(base=base, mine=mine, theirs=theirs, choices={})
    assert not together.clashes
    assert sorted(_rows(together.sheet)) == sorted([*_rows(base), *added])


def test_without_a_common_base_every_difference_is_shown(care):
    mine = sheet_of(care)
    theirs = {**mine, "definition": "Another."}
    assert [c.path for c in merge(base=None, mine=mine, theirs=theirs, choices={}).clashes] == ["definition"]
