"""HTML as a tree of elements: comments and processing instructions are out, nothing is fetched or run."""

from lxml import etree, html

from prowess.framework.errors import InputError
from prowess.sources.characters import clean, one_line


def html_tree(text: str, *, place: str) -> etree._Element:
    """The root of an HTML text.

    Raises:
        InputError: there is no element that could be read.
    """
    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
        root = html.document_fromstring(clean(text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise _without_text(place) from error
    if root is None:
        raise _without_text(place)
    return root


def title_of(root: etree._Element) -> str:
    """The words of the ``title`` element."""
    return one_line(root.findtext(".//title") or "")


def _without_text(place: str) -> InputError:
    return InputError("The HTML holds no text.", place=place, remedy="Paste the words themselves.")
