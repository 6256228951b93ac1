"""A role of the small framework, drafted from a short job description."""

from typing import Any

import pytest

JOB = """Counter assistant

About us
Harbour & Vale has served sailors since 1921 and offers free lunches.

Your duties
- Answer questions of visitors at the counter.
- Handle complaints about late parcels.
- Trace the cause of engine failures together with the workshop.
- Write short letters to customers about their orders.

We are an equal opportunity employer.
"""


@pytest.fixture
def role(cast: Any, framework: Any) -> Any:
    """A role with a draft profile, made by Charlie."""
    from prowess.matching.job_text import read_job
    from prowess.roles.actions import add_role

    return add_role(actor=cast.charlie, framework=framework, job=read_job(JOB), size=(2, 3), core=["customer-care"])


@pytest.fixture
def saved_role(role: Any, cast: Any) -> Any:
    """The same role with its first profile saved."""
    from prowess.roles.actions import save_profile

    save_profile(role, actor=cast.charlie, revision=1)
    return role
