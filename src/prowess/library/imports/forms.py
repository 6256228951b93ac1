"""What curators send to the pages of imports."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from prowess.dictionaries.limits import LARGEST_FILE
from prowess.exchange import formats
from prowess.framework import Framework as FrameworkDocument
from prowess.framework import Polarity
from prowess.library.imports.corrected import LevelSetting
from prowess.library.imports.storage import PASTED
from prowess.library.models import Framework

LONGEST_PASTE = 4_000_000
MEGABYTES = LARGEST_FILE // 2**20
_POLARITIES = [(Polarity.EFFECTIVE.value, "what one wants to see"), (Polarity.INEFFECTIVE.value, "what goes wrong")]
_CODE_ERROR = "Use at most 100 small letters, digits and hyphens, without spaces."


class SourceForm(forms.Form):
    """A file or a text to bring in."""

    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,  # an empty one gets the same sentence as everywhere
        help_text=f"Word (.docx), PDF, HTML, text, spreadsheet (.xlsx, .csv), framework file; at most {MEGABYTES} MB.",
        widget=forms.FileInput(attrs={"class": "form-control", "data-largest": str(LARGEST_FILE)}),
    )
    text = forms.CharField(
        label="Or paste the text",
        required=False,
        strip=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": "6", "spellcheck": "false"}),
    )
    format = forms.ChoiceField(
        label="Format", required=False, widget=forms.Select(attrs={"class": "form-select"}), choices=()
    )
    target = forms.ChoiceField(
        label="Into", required=False, widget=forms.Select(attrs={"class": "form-select"}), choices=()
    )

    def __init__(self, *args: Any, targets: Sequence[Framework], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._targets = {framework.code: framework for framework in targets}
        self._choices("format", [("", "Told from the file"), *_formats_to_read()])
        self._choices("target", _target_choices(targets))

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Exactly one source is needed."""
        data = super().clean() or {}
        file, text = data.get("file"), (data.get("text") or "").strip()
        if file is None and not text and not self.errors:
            self.add_error("file", "Choose a file, or paste a text.")
        if file is not None and text:
            self.add_error("text", "Give a file or a text, not both.")
        return data

    @property
    def framework(self) -> Framework | None:
        """The framework to bring up to date; None for a new one."""
        return self._targets.get(self.cleaned_data["target"])

    def source(self) -> tuple[str, Iterable[bytes]]:
        """The source's name and its bytes, piece by piece."""
        file = self.cleaned_data.get("file")
        if file is not None:
            return file.name or "", file.chunks()
        return PASTED, [self.cleaned_data["text"].encode()]


class TargetForm(forms.Form):
    """Where an import goes, and how."""

    target = forms.ChoiceField(
        label="Into", required=False, widget=forms.Select(attrs={"class": "form-select"}), choices=()
    )
    code = forms.SlugField(
        label="Code of the new framework",
        required=False,
        max_length=100,
        error_messages={"invalid": _CODE_ERROR, "max_length": _CODE_ERROR},
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    publish = forms.ChoiceField(
        label="As",
        choices=(("", "drafts, to be reviewed and published"), ("1", "published versions, at once")),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    keep_missing_parts = forms.BooleanField(
        label="Keep parts that the source leaves empty",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, targets: Sequence[Framework], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._targets = {framework.code: framework for framework in targets}
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = _target_choices(targets)

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        data = self.cleaned_data
        return {
            "target": self._targets.get(data["target"]),
            "publish": data["publish"] == "1",
            "keep_missing_parts": data["keep_missing_parts"],
            "code": data["code"].lower(),
        }


class FrameworkForm(forms.Form):
    """The title, the codes and the scale of what is brought in."""

    title = forms.CharField(label="Title", max_length=500, widget=forms.TextInput(attrs={"class": "form-control"}))

    def __init__(self, *args: Any, document: FrameworkDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._document = document
        self.levels = [self._level_fields(number) for number in document.scale.numbers]

    def _level_fields(self, number: int) -> dict[str, Any]:
        level = self._document.scale.level(number)
        assert level is not None  # noqa: S101 - it is one of the scale's numbers
        label = f"“{level.name}”"
        text = forms.TextInput(attrs={"class": "form-control", "aria-label": f"Name of {label}"})
        choice = forms.Select(attrs={"class": "form-select", "aria-label": f"What {label} describes"})
        count = forms.NumberInput(attrs={"class": "form-control", "aria-label": f"Number of {label}"})
        fields: dict[str, forms.Field] = {
            "number": forms.IntegerField(min_value=0, max_value=100, widget=count, initial=number),
            "name": forms.CharField(max_length=500, widget=text, initial=level.name),
            "polarity": forms.ChoiceField(choices=_POLARITIES, widget=choice, initial=level.polarity.value),
        }
        for name, field in fields.items():
            self.fields[f"level-{number}-{name}"] = field
        return {"number": number, **{name: self[f"level-{number}-{name}"] for name in fields}}

    def level_settings(self) -> list[LevelSetting]:
        """The levels as they were set, those that differ or not."""
        return [
            LevelSetting(
                source=number,
                number=self.cleaned_data[f"level-{number}-number"],
                name=self.cleaned_data[f"level-{number}-name"],
                polarity=self.cleaned_data[f"level-{number}-polarity"],
            )
            for number in self._document.scale.numbers
        ]


def _formats_to_read() -> list[tuple[str, str]]:
    return [(name, each.description[:1].upper() + each.description[1:]) for name, each in formats().items()]


def _target_choices(targets: Sequence[Framework]) -> list[tuple[str, str]]:
    return [("", "A new framework"), *((framework.code, framework.title) for framework in targets)]
