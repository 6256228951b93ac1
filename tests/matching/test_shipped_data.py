import hashlib
import re
from importlib.resources import files

import numpy as np

from prowess.matching.lexical import known_terms
from prowess.matching.likeness import FEATURES
from prowess.matching.model import shipped_model

DATA = files("prowess.matching") / "data"


def test_the_encoders_files_are_those_of_its_provenance():
    stated = dict(re.findall(r"\| `([^`]+)` \| `([0-9a-f]{64})` \|", (DATA / "encoder" / "PROVENANCE.md").read_text()))
    for name in ("model.onnx", "tokenizer.json"):
        assert hashlib.sha256((DATA / "encoder" / name).read_bytes()).hexdigest() == stated[name]


def test_the_encoders_licence_ships_with_it():
    assert "Apache License" in (DATA / "encoder" / "LICENSE").read_text()


def test_the_data_from_onet_carry_their_attribution():
    text = " ".join((DATA / "onet" / "ATTRIBUTION.md").read_text().split())
    assert (
        "O*NET 29.3 Database by the U.S. Department of Labor, Employment and Training Administration, "
        "used under CC BY 4.0" in text
    )


def test_every_shipped_file_is_named_in_the_attribution():
    text = (DATA / "onet" / "ATTRIBUTION.md").read_text()
    assert [one.name for one in (DATA / "onet").iterdir() if f"`{one.name}`" not in text] == ["ATTRIBUTION.md"]


def test_nothing_shipped_needs_unpickling():
    endings = {one.name.rsplit(".", 1)[-1] for folder in ("encoder", "onet") for one in (DATA / folder).iterdir()}
    assert endings <= {"onnx", "json", "npz", "md", "LICENSE"}


def test_the_parts_of_the_model_fit_each_other():
    model = shipped_model()
    reader, terms = model.activities, len(model.vocabulary.frequency)
    assert reader.term_vectors.shape[0] == reader.direct_weights.shape[0] == terms
    assert (
        reader.vector_weights.shape[1] == reader.term_weights.shape[1] == len(reader.general) == len(reader.constants)
    )
    assert reader.centroids.shape == (len(reader.starts), reader.vector_weights.shape[0])
    for encoder in (None, object()):
        heads = model.heads(encoder)
        assert heads.weights["terms"].shape == (terms, 1)
        importance = model.importance_heads(encoder)
        assert importance.dual.shape[1] == len(importance.constants) == len(model.elements)
        widths = {view: kernel.width for view, kernel in importance.kernels}
        assert widths["words"] == terms
        assert widths["reading"] == widths["each_reading"] == len(reader.starts)
        assert heads.weights["activities"].shape[0] == len(reader.starts)
        for aligned in (True, False):
            calibration = model.calibration(encoder, aligned=aligned)
            assert calibration.weights.shape == (len(FEATURES),)
            assert 0 < calibration.threshold < 1


def test_a_text_is_read_as_the_work_it_describes():
    model = shipped_model()
    texts = ["Teach students mathematics.", "Repair engines of aircraft."]
    terms = known_terms(texts, vocabulary=model.vocabulary)
    read = model.activities.intermediate(vectors=np.zeros((2, 0), np.float32), terms=terms)
    assert np.allclose(read.sum(axis=1), 1, atol=1e-4)
    assert read[0].argmax() != read[1].argmax()
    assert (read.max(axis=1) > 0.2).all()
