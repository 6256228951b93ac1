"""What readers and talent leads type into the library's pages."""

from django import forms

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
