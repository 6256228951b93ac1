"""What is typed into the pages around drafts."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from prowess.framework import Framework as FrameworkDocument
from prowess.library.drafts.policies import VERBS, draft_policy
from prowess.library.models import FrameworkRules
from prowess.people.models import User


class NewCompetencyForm(forms.Form):
    """What a competency needs to begin."""

    title = forms.CharField(
        label="Title", max_length=500, widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
    )
    cluster = forms.ChoiceField(label="Cluster", required=False, widget=forms.Select(attrs={"class": "form-select"}))
    code = forms.RegexField(
        r"^\S+$",
        label="Code",
        required=False,
        max_length=200,
        help_text="One word that stays the same for good; made from the title where you leave it empty.",
        error_messages={"invalid": "A code is one word without spaces."},
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, framework: FrameworkDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clusters = [("", "No cluster"), *((c.code, c.title) for c in framework.clusters)]
        self.fields["cluster"].choices = clusters  # type: ignore[attr-defined]


class RulesForm(forms.Form):
    """Who may edit, approve and publish."""

    approver_is_no_author = forms.BooleanField(
        label="Whoever approves a draft must not have written any of it",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    LABELS = {
        "editors": "Who may edit",
        "approvers": "Who may approve or send back",
        "publishers": "Who may publish, retire and mark editions",
    }

    def __init__(self, *args: Any, rules: FrameworkRules | None, **kwargs: Any) -> None:
        people: QuerySet[User] = draft_policy.people()
        super().__init__(*args, **kwargs)
        self.initial.setdefault("approver_is_no_author", bool(rules and rules.approver_is_no_author))
        for who in VERBS:
            self.initial.setdefault(who, list(getattr(rules, who).all()) if rules else [])
            self.fields[who] = forms.ModelMultipleChoiceField(
                people,
                label=self.LABELS[who],
                required=False,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            )


class EditionForm(forms.Form):
    """The name of an edition."""

    name = forms.CharField(
        label="Name of the edition",
        max_length=200,
        help_text="For example the year: an edition is never changed and never renamed.",
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
