"""The parts of a Word document as XML, read within limits, and what in them is final text.

The parts are read directly: a document may be hostile, and tracked changes and text boxes are not part of what a
high-level reader shows. Insertions are in, deletions are out.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from prowess.framework.errors import InputError
from prowess.sources.asked import Asked

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
TEXTS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
TRACKED_NOTE = (
    "The Word document holds tracked changes; its final text was read: insertions are in, deletions are left out."
)
_TRACKED = frozenset((f"{W}del", f"{W}ins", f"{W}moveFrom", f"{W}moveTo"))
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


class WordParts:
    """An open Word document."""

    def __init__(self, archive: zipfile.ZipFile, *, asked: Asked, place: str) -> None:
        self._archive, self._asked, self._place = archive, asked, place
        self.names = frozenset(archive.namelist())

    def xml(self, name: str) -> etree._Element:
        """One part as XML; never more than the limit is unpacked, and no entity is followed.

        Raises:
            InputError: damaged, protected, or larger than what is asked for can be.
        """
        try:
            with self._archive.open(name) as part:
                content = part.read(self._asked.largest_part + 1)
        except RuntimeError as error:
            raise InputError(
                "The Word document is protected with a password.",
                place=self._place,
                remedy="Save it without a password.",
            ) from error
        except Exception as error:  # zlib.error and lzma.LZMAError have no common ancestor below Exception
            raise _damaged(self._place) from error
        if len(content) > self._asked.largest_part:
            raise InputError(
                f"The Word document unpacks to more than {self._asked.largest_part // 2**20} MB of text; "
                f"no {self._asked.what} does.",
                place=self._place,
                remedy="Divide it into several files, or paste its text.",
            )
        try:
            return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _damaged(self._place) from error

    def body(self) -> etree._Element:
        """The element that holds the text."""
        body = self.xml("word/document.xml").find(f"{W}body")
        if body is None:
            raise _damaged(self._place)
        return body


@contextmanager
def opened(raw: bytes, *, asked: Asked, place: str) -> Iterator[WordParts]:
    """A Word document for reading.

    Raises:
        InputError: damaged, protected, or larger than what is asked for can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            yield WordParts(archive, asked=asked, place=place)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(place) from error


def _damaged(place: str) -> InputError:
    return InputError("The Word document is damaged.", place=place, remedy="Save it again in Word, or paste its text.")


def notes_on(body: etree._Element) -> tuple[str, ...]:
    """What a reader should know of how the final text was found."""
    return (TRACKED_NOTE,) if any(element.tag in _TRACKED for element in body.iter()) else ()


def blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, also inside content controls and accepted insertions."""
    return _within(container, (f"{W}p", f"{W}tbl"))


def cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row of a table, also inside content controls."""
    return _within(row, (f"{W}tc",))


def _within(container: etree._Element, wanted: tuple[str, ...]) -> Iterator[etree._Element]:
    waiting = list(reversed(container))
    while waiting:
        element = waiting.pop()
        if element.tag in wanted:
            yield element
        elif element.tag in _WRAPPERS:
            waiting.extend(reversed(element))


def is_on(flag: etree._Element | None) -> bool:
    """Whether a property that is switched (bold, hidden) is on."""
    return flag is not None and flag.get(f"{W}val", "1") not in ("0", "false", "none", "off")


def runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The final runs of a paragraph that are shown, and the text boxes anchored in it, in order."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in DELETED or element.tag in (f"{W}pPr", f"{MC}Fallback"):
            continue
        if element.tag == f"{W}txbxContent":
            yield element
        elif element.tag == f"{W}r":
            properties = element.find(f"{W}rPr")
            if properties is None or not is_on(properties.find(f"{W}vanish")):
                yield element
            waiting.extend(reversed([child for child in element if child.tag not in TEXTS]))
        elif element.tag != f"{W}t":
            waiting.extend(reversed(element))


def text_of_run(run: etree._Element) -> str:
    """The words of a run, with its tabs, line breaks and signs."""
    return "".join(map(_text_of_child, run))


def _text_of_child(child: etree._Element) -> str:
    if child.tag == f"{W}t":
        return child.text or ""
    return "•" if child.tag == f"{W}sym" else TEXTS.get(str(child.tag), "")
