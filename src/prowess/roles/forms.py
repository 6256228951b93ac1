"""What people fill in about roles."""

from typing import Any

from django import forms
from django.conf import settings

from prowess.library.models import Framework


class NewRoleForm(forms.Form):
    """A job description, pasted or uploaded, and how the profile is to be chosen."""

    title = forms.CharField(
        label="Role title",
        required=False,
        max_length=500,
        help_text="Leave it empty to take the title from the text.",
    )
    job_text = forms.CharField(
        label="Job description",
        required=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Paste the whole text; what it says of the employer, benefits or the law is left out.",
    )
    job_file = forms.FileField(
        label="… or upload it",
        required=False,
        help_text="Word, PDF, HTML or plain text, at most 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.docx,.pdf,.html,.htm"}),
    )
    framework = forms.ModelChoiceField(label="Library", queryset=Framework.objects.none(), empty_label=None)
    fewest = forms.IntegerField(label="At least", min_value=1, max_value=30, initial=5)
    most = forms.IntegerField(label="At most", min_value=1, max_value=30, initial=9)
    core = forms.MultipleChoiceField(label="Always in the profile", required=False)

    def __init__(self, *args: Any, frameworks: Any, core_choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        framework = self.fields["framework"]
        core = self.fields["core"]
        assert isinstance(framework, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        assert isinstance(core, forms.MultipleChoiceField)  # noqa: S101
        framework.queryset = frameworks
        core.choices = core_choices

    def clean(self) -> dict[str, Any]:
        """One source for the text, and a size that makes sense."""
        data = super().clean() or {}
        text, file = data.get("job_text"), data.get("job_file")
        if text and file:
            self.add_error("job_file", "Give either a text or a file, not both.")
        elif not text and not file and "job_text" not in self.errors and "job_file" not in self.errors:
            self.add_error("job_text", "Paste a job description, or upload one.")
        if file and file.size > settings.LARGEST_JOB:
            self.add_error("job_file", f"The file is larger than {settings.LARGEST_JOB // 2**20} MB.")
        fewest, most = data.get("fewest"), data.get("most")
        if fewest and most and fewest > most:
            self.add_error("most", "The largest size must not be below the smallest.")
        return data


class WeightForm(forms.Form):
    """An importance in percent."""

    importance = forms.IntegerField(label="Importance", min_value=0, max_value=100)


class LevelForm(forms.Form):
    """A target level; empty for none."""

    level = forms.IntegerField(label="Target level", required=False)
