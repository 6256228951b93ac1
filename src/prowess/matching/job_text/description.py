"""What reading a job description gives."""

from dataclasses import dataclass

from prowess.framework.role_profile import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDescription:
    """A job's title and its statements in the order of the text.

    ``statements`` holds boiler-plate too, marked ``counts=False`` with the reason in ``why``. ``notes`` are sentences
    about the reading that a user should know, for instance that tracked changes were taken as accepted.
    """

    title: str
    statements: tuple[Statement, ...]
    notes: tuple[str, ...] = ()

    @property
    def counting(self) -> tuple[Statement, ...]:
        """The statements that describe the work or the skills it needs."""
        return tuple(statement for statement in self.statements if statement.counts)
