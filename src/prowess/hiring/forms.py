"""What people fill in about interviews."""

from django import forms


class PanelForm(forms.Form):
    """How many interviewers a candidate meets, and for how long each."""

    interviewers = forms.IntegerField(label="Interviewers", min_value=1, max_value=10)
    minutes = forms.IntegerField(label="Minutes with each interviewer", min_value=15, max_value=240)

    @property
    def first_message(self) -> str:
        """The first thing that is wrong, in a sentence with its field."""
        for name, messages in self.errors.items():
            label = self.fields[name].label if name in self.fields else ""
            return f"{label}: {messages[0]}"
        return ""
