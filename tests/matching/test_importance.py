import pytest

from prowess.matching.encoder import load_encoder
from prowess.matching.importance import importance_of, onet_importance
from prowess.matching.matcher import Matcher
from tests.matching.library import LIBRARY, competency

ENCODERS = [pytest.param(load_encoder(), id="meaning"), pytest.param(None, id="words")]
SOFTWARE = ["Write and test programs", "Debug software", "Design databases", "Review the code of other developers"]
NURSING = ["Monitor patients and record their condition", "Comfort patients and relatives", "Administer medication"]


@pytest.mark.parametrize("encoder", ENCODERS)
def test_programming_matters_to_programmers_and_not_to_nurses(encoder):
    programmer, nurse = (onet_importance(job, encoder=encoder)["Programming"] for job in (SOFTWARE, NURSING))
    assert programmer > nurse + 0.5
    assert nurse >= 1
    assert programmer <= 5


def test_the_title_alone_says_something():
    encoder = load_encoder()
    named = onet_importance([], job_title="Registered Nurse", encoder=encoder)
    other = onet_importance([], job_title="Software Developer", encoder=encoder)
    assert named["Service Orientation"] > other["Service Orientation"]


def test_a_competency_of_ones_own_borrows_from_those_that_are_like_it():
    own = [
        competency("C", "Coding", "Writes computer programs."),
        competency("H", "Caring", "Looks after other people."),
    ]
    encoder = load_encoder()
    coding = [importance_of(job, competencies=own, encoder=encoder)[0] for job in (SOFTWARE, NURSING)]
    caring = [importance_of(job, competencies=own, encoder=encoder)[1] for job in (SOFTWARE, NURSING)]
    assert coding[0] > coding[1]
    assert caring[0] < caring[1]


@pytest.mark.parametrize("encoder", ENCODERS)
def test_importance_lies_between_zero_and_one_whatever_the_text(encoder):
    for job in ([], [""], ["budget " * 500], SOFTWARE):
        values = importance_of(job, competencies=LIBRARY, encoder=encoder)
        assert values.shape == (len(LIBRARY),)
        assert ((values >= 0) & (values <= 1)).all()


def test_the_matcher_gives_the_same():
    encoder = load_encoder()
    ours = Matcher(LIBRARY, encoder=encoder).importance(SOFTWARE, job_title="Developer")
    assert ours == pytest.approx(importance_of(SOFTWARE, job_title="Developer", competencies=LIBRARY, encoder=encoder))
