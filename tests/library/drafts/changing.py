"""Short ways to change a draft in tests."""

from prowess.library.drafts import actions, review


def save(draft, *, actor, revision=None, choices=None, seen=0, **texts):
    """Save texts of a draft as somebody who saw ``revision``."""
    draft.refresh_from_db()
    return actions.save_draft(
        draft,
        actor=actor,
        revision=draft.revision if revision is None else revision,
        choices=choices,
        seen=seen,
        change=lambda sheet: {**sheet, **texts},
    ).draft


def approved(draft, *, author, approver):
    """Bring a draft through its review."""
    draft.refresh_from_db()
    draft = review.submit_draft(draft, revision=draft.revision, actor=author)
    return review.approve_draft(draft, revision=draft.revision, actor=approver)


def form_of(client, draft):
    """What a browser would send for a draft: the fields of its sheet, read from the page."""
    from html.parser import HTMLParser

    class Fields(HTMLParser):
        def __init__(self):
            super().__init__()
            self.inside, self.found, self.text, self.choice = False, [], None, None

        def handle_starttag(self, tag, attrs):
            at = dict(attrs)
            if tag == "form":
                self.inside = at.get("id") == "sheet"
            if not self.inside:
                return
            if tag == "input" and at.get("name"):
                self.found.append((at["name"], at.get("value", "")))
            elif tag == "textarea":
                self.text = [at["name"], ""]
            elif tag == "select":
                self.choice = at["name"]
            elif tag == "option" and "selected" in at:
                self.found.append((self.choice, at["value"]))

        def handle_data(self, data):
            if self.text:
                self.text[1] += data

        def handle_endtag(self, tag):
            if tag == "textarea" and self.text:
                self.found.append((self.text[0], self.text[1].removeprefix("\n")))
                self.text = None

    parser = Fields()
    parser.feed(client.get(f"/library/drafts/{draft.pk}").content.decode())
    data = {}
    for name, value in parser.found:
        data.setdefault(name, []).append(value)
    return data
