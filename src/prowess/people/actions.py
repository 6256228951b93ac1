"""What changes users."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from prowess.audit.actions import audited
from prowess.audit.verbs import Concern, register
from prowess.framework.errors import Conflict, InputError
from prowess.people.models import KindOfUser, User

ADD_USER = register("add-user", "added a user", concern=Concern.PEOPLE)


@audited(ADD_USER)
def add_user(*, email: str, name: str, kind: KindOfUser, password: str) -> User:
    """Add somebody who may sign in (for the command line: whoever holds the machine may do this).

    Raises:
        InputError: no such address, or a weak password.
        Conflict: the address is taken.
    """
    try:
        validate_email(email)
        validate_password(password, User(email=email, name=name))
    except ValidationError as error:
        raise InputError(" ".join(error.messages), remedy="Choose another.") from error
    if User.objects.filter(email__iexact=email).exists():
        raise Conflict(f"Somebody already signs in with {email}.", remedy="Use another address.")
    return User.objects.create_user(email, name=name, kind=kind, password=password)
