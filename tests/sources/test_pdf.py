"""The words, rules and tables of PDF pages, and what is refused."""

import io

import pytest
import weasyprint

from prowess.framework.errors import InputError
from prowess.sources.asked import Asked, FileKind
from prowess.sources.pdf import pages_of
from prowess.sources.pdf_grid import grids_of
from prowess.sources.pdf_page import Page

_ASKED = Asked(
    what="recipe",
    kinds=frozenset(FileKind),
    forms="Give it as text.",
    largest_file=10_000_000,
    largest_part=1_000_000,
    longest_text=3_000,
    most_pages=3,
)


def _pdf(html: str) -> bytes:
    return bytes(weasyprint.HTML(string=html).write_pdf())


def _pages(raw: bytes) -> list[Page]:
    return list(pages_of(raw, asked=_ASKED, place="recipe.pdf"))


def _texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def test_words_come_with_their_place_size_and_weight() -> None:
    (page,) = _pages(_pdf("<h1>Bread</h1><p>Knead the <b>dough</b> well and let it rest.</p>"))
    assert _texts(page)[:4] == ["Bread", "Knead", "the", "dough"]
    assert [word.text for word in page.words if word.bold] == ["Bread", "dough"]
    bread, knead = page.words[:2]
    assert bread.size > 1.5 * knead.size
    assert bread.bottom < knead.top
    assert page.characters == sum(map(len, _texts(page)))


def test_letters_of_a_ligature_stay_in_one_word() -> None:
    (page,) = _pages(_pdf("<p style='font-family:DejaVu Serif'>Sift the first five offers of flour.</p>"))
    assert _texts(page) == ["Sift", "the", "first", "five", "offers", "of", "flour."]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_drawn_sideways_is_read_as_it_is_shown(turn: int) -> None:
    from pypdf import PdfReader, PdfWriter

    raw = _pdf("<h1>Bread</h1><p>Knead the dough and let it rest.</p>")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    writer.pages[0].rotate(turn)
    writer.pages[0].transfer_rotation_to_content()
    writer.pages[0].rotate(360 - turn)
    turned = io.BytesIO()
    writer.write(turned)
    (page,), (upright,) = _pages(turned.getvalue()), _pages(raw)
    assert _texts(page) == _texts(upright)
    assert (page.width, page.height) == pytest.approx((upright.width, upright.height))
    assert [word.top for word in page.words] == pytest.approx([word.top for word in upright.words], abs=1)


def test_ruled_lines_make_a_table_also_where_a_cell_is_wide() -> None:
    (page,) = _pages(
        _pdf(
            "<style>td{border:1px solid;padding:4px} table{border-collapse:collapse}</style><table>"
            "<tr><td colspan=2>Bread of the house</td></tr><tr><td>Flour</td><td>One pound</td></tr></table>"
        )
    )
    (grid,) = grids_of(page.rules)
    assert [[box is not None for box in row] for row in grid.rows] == [[True, False], [True, True]]


def test_a_frame_or_an_underlined_title_is_no_table() -> None:
    frame = "<div style='border:1px solid'>Knead the dough and let it rest.</div>"
    (page,) = _pages(_pdf(f"<h1 style='border-bottom:1px solid'>Bread</h1>{frame}"))
    assert grids_of(page.rules) == []


def test_a_row_that_a_page_cuts_off_is_closed() -> None:
    uprights = [(x, 100.0, x, 200.0) for x in (50.0, 150.0, 250.0)]
    (grid,) = grids_of([*uprights, (50.0, 100.0, 250.0, 100.0)])
    assert grid.rows == (((50.0, 100.0, 150.0, 200.0), (150.0, 100.0, 250.0, 200.0)),)


def test_more_rules_than_a_table_has_are_left_alone() -> None:
    assert grids_of([(float(n), 0.0, float(n), 500.0) for n in range(4_000)]) == []


def test_pictures_are_counted_and_large_ones_told_apart() -> None:
    dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    image = "<img style='width:{size}' src='data:image/png;base64," + dot + "'>"
    (page,) = _pages(_pdf("<p>Bread of the house, baked.</p>" + image.format(size="4px") + image.format(size="9cm")))
    assert (page.pictures, page.large_pictures) == (2, 1)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"%PDF-1.7\nnothing of the kind", "damaged"),
        (_pdf("<p></p>"), "holds no text"),
        (_pdf("<p style='page-break-after:always'>Bread of the house</p>" * 5), "may have up to 3"),
        (_pdf("<p>" + "Knead the dough. " * 300 + "</p>"), "more than 3,000 characters"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        _pages(raw)


def test_the_next_document_can_be_read_after_one_that_was_left_in_the_middle() -> None:
    raw = _pdf("<p style='page-break-after:always'>Bread of the house</p><p>Knead the dough and rest.</p>")
    pages = pages_of(raw, asked=_ASKED, place="recipe.pdf")
    next(pages)
    pages.close()  # type: ignore[attr-defined]
    assert len(_pages(raw)) == 2
