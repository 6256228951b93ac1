"""What is read for interviews."""

from prowess.hiring.guide import InterviewGuide, make_guide
from prowess.library.queries import document_of
from prowess.roles.models import RoleProfile


def guide_for(profile: RoleProfile, *, minutes: int, interviewers: int) -> InterviewGuide:
    """The interview guide for a saved profile.

    Raises:
        InputError: too little time for one question, or no questions in the library.
    """
    library = document_of(profile.role.framework)
    return make_guide(profile.as_document(), library=library, minutes=minutes, interviewers=interviewers)
