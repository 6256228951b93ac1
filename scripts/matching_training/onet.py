"""Reads the released O*NET tables that training and benchmark need."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from python_calamine import CalamineWorkbook
from scipy.sparse import csr_matrix

CODE = "O*NET-SOC Code"
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the content model: a skill, a work style or a generalised work activity."""

    code: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Onet:
    """Occupations with their tasks and ratings.

    ``labels``: (tasks, detailed activities); ``owners``: occupation of each task; ``labelled``: tasks that have labels;
    ``ratings``: importance, (occupations, elements), missing where an occupation was not rated; ``levels``: of the
    skills, likewise; ``responsibility``: 1 to 5, half the job zone and half the rank of the mean level of skills.
    """

    codes: list[str]
    titles: list[str]
    descriptions: list[str]
    tasks: list[str]
    owners: NDArray[np.intp]
    labels: csr_matrix
    detailed: list[str]
    detailed_titles: list[str]
    intermediate: list[str]
    intermediate_titles: list[str]
    generalised: list[Element]
    skills: list[Element]
    styles: list[Element]
    ratings: NDArray[np.float64]
    levels: NDArray[np.float64]
    responsibility: NDArray[np.float64]
    anchors: list[tuple[str, float, str]]

    @property
    def folds(self) -> NDArray[np.intp]:
        """The fold of each occupation."""
        return np.array([crc32(code.encode()) % FOLDS for code in self.codes])

    @property
    def elements(self) -> list[Element]:
        """Skills, then work styles: the columns of ``ratings``."""
        return self.skills + self.styles

    @property
    def intermediate_of(self) -> NDArray[np.intp]:
        """Index of the intermediate activity of each detailed one."""
        index = {code: position for position, code in enumerate(self.intermediate)}
        return np.array([index[code.rsplit(".", 1)[0]] for code in self.detailed])

    @property
    def generalised_of(self) -> NDArray[np.intp]:
        """Index of the generalised activity of each detailed one."""
        index = {element.code: position for position, element in enumerate(self.generalised)}
        return np.array([index[code.rsplit(".", 2)[0]] for code in self.detailed])

    def labels_at(self, parents: NDArray[np.intp], *, count: int) -> NDArray[np.bool_]:
        """Whether each task has each parent activity, shape (tasks, count)."""
        tasks, detailed = self.labels.nonzero()
        has = np.zeros((len(self.tasks), count), np.bool_)
        has[tasks, parents[detailed]] = True
        return has

    @property
    def labelled(self) -> NDArray[np.bool_]:
        """Tasks that have at least one activity."""
        return np.asarray(self.labels.sum(axis=1)).ravel() > 0


def read_onet(folder: Path) -> Onet:
    """Read the tables of a release."""
    occupations = _rows(folder, "Occupation Data")
    codes = [row[CODE] for row in occupations]
    position = {code: index for index, code in enumerate(codes)}
    tasks = _rows(folder, "Task Statements")
    activities = {row["DWA ID"]: row for row in _rows(folder, "DWA Reference")}
    detailed = sorted(activities)
    intermediate = {row["IWA ID"]: row["IWA Title"] for row in activities.values()}
    content = {row["Element ID"]: row for row in _rows(folder, "Content Model Reference")}
    skills, skill_ratings = _ratings(_rows(folder, "Skills"), position=position, scale="IM")
    _, skill_levels = _ratings(_rows(folder, "Skills"), position=position, scale="LV")
    styles, style_ratings = _ratings(_rows(folder, "Work Styles"), position=position, scale="IM")
    general = [code for code in content if code.startswith("4.A.") and code.count(".") == 4]
    return Onet(
        codes=codes,
        titles=[row["Title"] for row in occupations],
        descriptions=[row["Description"] for row in occupations],
        tasks=[row["Task"] for row in tasks],
        owners=np.array([position[row[CODE]] for row in tasks]),
        labels=_labels(tasks, _rows(folder, "Tasks to DWAs"), detailed=detailed),
        detailed=detailed,
        detailed_titles=[activities[code]["DWA Title"] for code in detailed],
        intermediate=sorted(intermediate),
        intermediate_titles=[intermediate[code] for code in sorted(intermediate)],
        generalised=_elements(content, general),
        skills=_elements(content, skills),
        styles=_elements(content, styles),
        ratings=np.hstack([skill_ratings, style_ratings]),
        levels=skill_levels,
        responsibility=_responsibility(_rows(folder, "Job Zones"), skill_levels.mean(axis=1), position=position),
        anchors=[
            (row["Element ID"], float(row["Anchor Value"]), row["Anchor Description"])
            for row in _rows(folder, "Level Scale Anchors")
        ],
    )


def _rows(folder: Path, table: str) -> list[dict[str, Any]]:
    header, *rows = CalamineWorkbook.from_path(folder / f"{table}.xlsx").get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def _elements(content: dict[str, dict[str, Any]], codes: Sequence[str]) -> list[Element]:
    return [Element(code, content[code]["Element Name"], content[code]["Description"]) for code in codes]


def _labels(tasks: list[dict[str, Any]], links: list[dict[str, Any]], *, detailed: list[str]) -> csr_matrix:
    task = {int(row["Task ID"]): index for index, row in enumerate(tasks)}
    column = {code: index for index, code in enumerate(detailed)}
    pairs = sorted({(task[int(row["Task ID"])], column[row["DWA ID"]]) for row in links})
    rows, columns = zip(*pairs, strict=True)
    return csr_matrix((np.ones(len(pairs), np.float32), (rows, columns)), shape=(len(tasks), len(detailed)))


def _ratings(
    rows: list[dict[str, Any]], *, position: dict[str, int], scale: str
) -> tuple[list[str], NDArray[np.float64]]:
    wanted = [row for row in rows if row["Scale ID"] == scale]
    codes = sorted({row["Element ID"] for row in wanted})
    column = {code: index for index, code in enumerate(codes)}
    values = np.full((len(position), len(codes)), np.nan)
    for row in wanted:
        values[position[row[CODE]], column[row["Element ID"]]] = float(row["Data Value"])
    return codes, values


def _responsibility(
    zones: list[dict[str, Any]], levels: NDArray[np.float64], *, position: dict[str, int]
) -> NDArray[np.float64]:
    zone = np.full(len(position), np.nan)
    for row in zones:
        zone[position[row[CODE]]] = float(row["Job Zone"])
    rank = np.full(len(position), np.nan)
    rated = ~np.isnan(levels)
    rank[rated] = np.argsort(np.argsort(levels[rated])) / (rated.sum() - 1)
    return (zone + 1 + 4 * rank) / 2
