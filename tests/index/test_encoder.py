from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from corpus import ModelError
from index import SentenceEncoder, Settings


def test_rows_are_unit_vectors(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(["a", "What is LDN?", "x " * 900])
    assert vectors.shape == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_text_has_one_vector_whatever_stands_beside_it(encoder: SentenceEncoder) -> None:
    alone = encoder.encode(["What is LDN?"])[0]
    beside = encoder.encode(["What is LDN?", "a much longer text " * 20])[0]
    np.testing.assert_allclose(alone, beside, atol=1e-5)


def test_nothing_gives_an_empty_array(encoder: SentenceEncoder) -> None:
    assert len(encoder.encode([])) == 0


def test_wrong_weights_are_refused(settings: Settings) -> None:
    with pytest.raises(ModelError, match="SHA-256"):
        SentenceEncoder(replace(settings, sha256="0" * 64))


def test_a_model_that_is_not_there_is_refused(settings: Settings) -> None:
    with pytest.raises(ModelError, match="neither a folder nor an installed package"):
        SentenceEncoder(replace(settings, model="no_such_model"))


def test_tuned_parameters_that_do_not_fit_are_refused(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "tuned.safetensors"
    save_file({"encoder.layer.0.no.such.weight": torch.zeros(2)}, file)
    with pytest.raises(ModelError, match="make train"):
        SentenceEncoder(settings, file)
