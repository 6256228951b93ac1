"""The one tree of errors that Prowess raises on purpose.

Every message is a sentence for the person who meets it. ``place`` says where (a file, a row, a field), ``remedy``
what would be right; doors (command line, pages, REST) print all three and never a traceback.
"""


class ProwessError(Exception):
    """Something that the user can be told in a sentence.

    ``message`` says what is wrong, ``place`` where it is wrong (file, row, field) and ``remedy`` what would be right.
    """

    def __init__(self, message: str, *, place: str | None = None, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        """One line: the place, what is wrong, what would be right."""
        start = f"{self.place}: " if self.place else ""
        end = f" {self.remedy}" if self.remedy else ""
        return f"{start}{self.message}{end}"


class InputError(ProwessError):
    """What was given cannot be used: wrong form, wrong content, too large, unreadable."""


class NotAllowed(ProwessError):
    """This person may not do this."""


class NotFound(ProwessError):
    """What was named does not exist, or may not be known to exist by this person."""


class Conflict(ProwessError):
    """The change contradicts a rule, or somebody else's change that came first."""


class MissingCapability(ProwessError):
    """A part that is not installed on this machine is needed (a system library, an optional package)."""
