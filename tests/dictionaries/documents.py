"""The fixtures that are no text: Word, PDF and spreadsheet files, each by its name with what writes it."""

from collections.abc import Callable
from pathlib import Path

from tests.dictionaries import pdf_documents, sheet_documents, word_documents

BUILDERS: dict[str, Callable[[Path], None]] = {
    "row-per-level-tables.docx": word_documents.row_per_level_tables,
    "career-steps-with-bold-run-ins.docx": word_documents.career_steps_with_bold_run_ins,
    "key-actions-by-level-matrix.docx": word_documents.key_actions_by_level_matrix,
    "long-sheet-with-merged-cells.xlsx": sheet_documents.long_sheet_with_merged_cells,
    "wide-sheet-with-two-head-rows.xlsx": sheet_documents.wide_sheet_with_two_head_rows,
    "one-form-per-sheet.xlsx": sheet_documents.one_form_per_sheet,
    "pages-with-running-heads.pdf": pdf_documents.pages_with_running_heads,
    "ruled-tables-with-descriptions.pdf": pdf_documents.ruled_tables_with_descriptions,
    "labelled-tables-with-a-title-row.docx": word_documents.labelled_tables_with_a_title_row,
    "levels-that-begin-a-sentence.docx": word_documents.levels_that_begin_a_sentence,
    "two-columns.pdf": pdf_documents.two_columns,
    "ruled-columns-per-level.pdf": pdf_documents.ruled_columns_per_level,
    "coded-rows-beside-a-note-sheet.xlsx": sheet_documents.coded_rows_beside_a_note_sheet,
}
"""Each generated fixture by the name of its file."""
