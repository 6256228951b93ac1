"""What a line of a dictionary can be, in the words that a curator sees and chooses from."""

from enum import StrEnum

from prowess.dictionaries.choices import Move
from prowess.dictionaries.line import Part


class Label(StrEnum):
    """What a line was taken for. The value is stable, `words` is what people read."""

    DOCUMENT_TITLE = "title of the document"
    DOCUMENT_DESCRIPTION = "description of the framework"
    SCALE_LEVEL = "level of the scale"
    SCALE_DESCRIPTION = "description of a level"
    CLUSTER = "cluster"
    CLUSTER_DESCRIPTION = "description of the cluster"
    TITLE = "title"
    CODE = "code"
    KIND = "kind"
    ALIAS = "alias"
    DEFINITION = "definition"
    KEY_ACTION = "key action"
    JOB_ACTIVITY = "job activity"
    LEVEL = "level"
    INDICATOR = "indicator"
    EFFECTIVE = "effective indicator"
    INEFFECTIVE = "ineffective indicator"
    QUESTION = "question"
    PROBE = "probe"
    ACTIVITY = "activity"
    COURSE = "course"
    RESOURCE = "resource"
    RELATED = "related"
    COMPARE_TO = "compare-to"
    NOT_WITH = "not-with"
    NOTE = "note on use"
    HEADING = "heading"
    GOES_ON = "goes on"
    CLUTTER = "clutter"
    PLACEHOLDER = "placeholder"
    UNPLACED = "unplaced"

    @property
    def words(self) -> str:
        """The label as people read it."""
        return _WORDS.get(self, self.value)


_WORDS = {
    Label.TITLE: "title of a competency",
    Label.LEVEL: "name of a level",
    Label.ACTIVITY: "activity for development",
    Label.RELATED: "related competency",
    Label.COMPARE_TO: "competency to compare with",
    Label.NOT_WITH: "competency not to use together with",
    Label.GOES_ON: "goes on from the line above",
    Label.CLUTTER: "no content",
    Label.PLACEHOLDER: "under development",
    Label.UNPLACED: "not understood",
}

LABELS: tuple[Label, ...] = tuple(Label)
"""Every label that a curator may choose, in the order in which a document usually has them."""

PART_OF: dict[Label, Part] = {
    Label.CODE: Part.CODE,
    Label.KIND: Part.KIND,
    Label.ALIAS: Part.ALIASES,
    Label.DEFINITION: Part.DEFINITION,
    Label.KEY_ACTION: Part.KEY_ACTIONS,
    Label.JOB_ACTIVITY: Part.JOB_ACTIVITIES,
    Label.INDICATOR: Part.INDICATORS,
    Label.EFFECTIVE: Part.EFFECTIVE,
    Label.INEFFECTIVE: Part.INEFFECTIVE,
    Label.QUESTION: Part.QUESTIONS,
    Label.PROBE: Part.PROBES,
    Label.ACTIVITY: Part.ACTIVITIES_TO_DEVELOP,
    Label.COURSE: Part.COURSES,
    Label.RESOURCE: Part.RESOURCES,
    Label.RELATED: Part.RELATED,
    Label.COMPARE_TO: Part.COMPARE_TO,
    Label.NOT_WITH: Part.NOT_WITH,
    Label.NOTE: Part.NOTES_ON_USE,
}
"""The part of a competency that content with a label goes into."""

OUTSIDE_OF: dict[Label, str] = {
    Label.DOCUMENT_DESCRIPTION: "front",
    Label.CLUSTER_DESCRIPTION: "cluster",
    Label.SCALE_DESCRIPTION: "scale",
}
"""Where content with a label stands that belongs to no competency."""

MOVE_OF: dict[Label, Move] = {
    Label.DOCUMENT_TITLE: Move.DOCUMENT_TITLE,
    Label.CLUSTER: Move.CLUSTER,
    Label.TITLE: Move.TITLE,
    Label.LEVEL: Move.LEVEL,
    Label.SCALE_LEVEL: Move.LEVEL,
    Label.HEADING: Move.HEADING,
    Label.CLUTTER: Move.CLUTTER,
    Label.PLACEHOLDER: Move.PLACEHOLDER,
    Label.UNPLACED: Move.UNPLACED,
}
"""What a reading says of a line with a label that is no content."""
