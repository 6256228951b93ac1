"""Who may edit, approve and publish, framework by framework."""

from django.db.models import QuerySet

from prowess.framework.errors import NotAllowed
from prowess.library.models import CompetencyDraft, Framework, FrameworkRules
from prowess.library.policies import library_policy
from prowess.people.models import KindOfUser, User

VERBS = {"editors": "edit", "approvers": "approve", "publishers": "publish"}


class DraftPolicy:
    """Where a framework's rules name people they may, otherwise every talent lead; readers see no draft."""

    def may(self, user: User, framework: Framework, *, who: str) -> bool:
        """Whether this user is among the editors, approvers or publishers (``who``) of a framework."""
        if not user.is_active:
            return False
        rules = FrameworkRules.objects.filter(framework=framework).first()
        named = getattr(rules, who) if rules else None
        if named is None or not named.exists():
            return user.is_talent_lead
        return bool(named.filter(pk=user.pk).exists())

    def can_edit(self, user: User, framework: Framework) -> bool:
        """Whether this user may write drafts in this framework."""
        return self.may(user, framework, who="editors")

    def can_approve(self, user: User, draft: CompetencyDraft) -> bool:
        """Whether this user may approve this draft; where the rules say so, none of its authors may."""
        if not self.may(user, draft.framework, who="approvers"):
            return False
        rules = FrameworkRules.objects.filter(framework=draft.framework).first()
        return not (rules and rules.approver_is_no_author and draft.authors.filter(pk=user.pk).exists())

    def can_publish(self, user: User, framework: Framework) -> bool:
        """Whether this user may publish and retire in this framework, and mark its editions."""
        return self.may(user, framework, who="publishers")

    def can_see(self, user: User, framework: Framework) -> bool:
        """Whether this user sees the drafts, histories and editions of this framework."""
        return user.is_talent_lead or any(self.may(user, framework, who=who) for who in VERBS)

    def can_rule(self, user: User, framework: Framework) -> bool:  # noqa: ARG002 - asked for an object, as all are
        """Whether this user may say who may do what in this framework."""
        return library_policy.can_change(user)

    def visible_to(self, user: User) -> QuerySet[CompetencyDraft]:
        """The drafts that this user may know of."""
        visible = [f.pk for f in library_policy.visible_to(user).only("pk") if self.can_see(user, f)]
        return CompetencyDraft.objects.filter(framework__in=visible)

    def require_edit(self, user: User, framework: Framework) -> None:
        """Refuse who may not edit.

        Raises:
            NotAllowed: this user may not.
        """
        self._require(self.can_edit(user, framework), "edit its competencies", framework)

    def require_publish(self, user: User, framework: Framework) -> None:
        """Refuse who may not publish.

        Raises:
            NotAllowed: this user may not.
        """
        self._require(self.can_publish(user, framework), "publish its competencies", framework)

    def require_see(self, user: User, framework: Framework) -> None:
        """Refuse who may not see drafts and histories.

        Raises:
            NotAllowed: this user may not.
        """
        self._require(self.can_see(user, framework), "see its drafts, histories and editions", framework)

    def require_rule(self, user: User, framework: Framework) -> None:
        """Refuse who may not say who may do what.

        Raises:
            NotAllowed: this user may not.
        """
        self._require(self.can_rule(user, framework), "say who may do what", framework)

    def require_approve(self, user: User, draft: CompetencyDraft) -> None:
        """Refuse who may not approve.

        Raises:
            NotAllowed: this user may not, or wrote the draft where the rules ask for somebody else.
        """
        if self.can_approve(user, draft):
            return
        if self.may(user, draft.framework, who="approvers"):
            raise NotAllowed(
                "You wrote a part of this draft, and in this framework somebody else has to approve it.",
                remedy="Ask another approver.",
            )
        self._require(False, "approve its drafts", draft.framework)  # noqa: FBT003

    def _require(self, allowed: bool, what: str, framework: Framework) -> None:  # noqa: FBT001
        if not allowed:
            raise NotAllowed(
                f"In “{framework.title}” you may not {what}.", remedy="Ask a talent lead, who says who may do what."
            )

    def people(self) -> QuerySet[User]:
        """The people who can be named in a framework's rules."""
        return User.objects.filter(is_active=True, kind__in=KindOfUser.values).order_by("name", "pk")


draft_policy = DraftPolicy()
