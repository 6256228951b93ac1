"""What readers and talent leads type into the library's pages."""

from django import forms
from django.conf import settings

from prowess.framework import Framework as FrameworkDocument
from prowess.framework import parse_framework
from prowess.framework.errors import InputError

LONGEST_QUERY = 200


class SearchForm(forms.Form):
    """Words or a sentence to look for."""

    q = forms.CharField(
        label="Search this framework",
        required=False,
        max_length=LONGEST_QUERY,
        error_messages={"max_length": f"That is longer than {LONGEST_QUERY} characters. Use a few words."},
        strip=False,
    )


class FrameworkFileForm(forms.Form):
    """A framework file to take into the library."""

    file = forms.FileField(
        label="Framework file",
        help_text="A Prowess framework as YAML or JSON, at most 20 MB.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".yaml,.yml,.json"}),
    )

    def clean_file(self) -> FrameworkDocument:
        """Read the file, or say in a sentence what is wrong with it."""
        upload = self.cleaned_data["file"]
        name = upload.name or "the file"
        if upload.size > settings.LARGEST_UPLOAD:
            raise forms.ValidationError(f"{name} is larger than 20 MB.")
        try:
            return parse_framework(upload.read().decode("utf-8-sig"), place=name)
        except UnicodeDecodeError:
            raise forms.ValidationError(f"{name} is not text. Save it as YAML or JSON in UTF-8.") from None
        except InputError as error:
            raise forms.ValidationError(str(error)) from error
