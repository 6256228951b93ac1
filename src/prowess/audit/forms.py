"""What an administrator looks for."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms

from prowess.audit.queries import Search
from prowess.audit.verbs import Concern, verbs


class SearchForm(forms.Form):
    """Words, what happened, and when."""

    words = forms.CharField(label="Words", required=False, max_length=100)
    verb = forms.ChoiceField(label="What happened", required=False)
    concern = forms.ChoiceField(
        label="About", required=False, choices=[("", "Everything"), *((each.value, each.value) for each in Concern)]
    )
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    actor = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(verbs().values(), key=lambda verb: verb.words)
        field: forms.ChoiceField = self.fields["verb"]  # type: ignore[assignment]
        field.choices = [("", "Anything"), *((verb.name, verb.words) for verb in named)]

    def search(self) -> Search:
        """What was asked; days are whole and in universal time."""
        said = self.cleaned_data
        return Search(
            words=said["words"],
            verb=said["verb"],
            concern=said["concern"],
            actor=said["actor"],
            since=datetime.combine(said["since"], time.min, UTC) if said["since"] else None,
            until=datetime.combine(said["until"] + timedelta(days=1), time.min, UTC) if said["until"] else None,
        )
