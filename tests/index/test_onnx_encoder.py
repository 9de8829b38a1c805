"""The two encoders are held together here, and what is exported to what it was exported from."""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from transformers.models.bert.modeling_bert import BertSelfAttention

from corpus import Article, IndexStaleError, ModelError
from index import Manifest, OnnxEncoder, Reference, SentenceEncoder, Settings, Weights
from index.attention import FusedAttention
from index.build import open_encoder
from index.export import LEAST_COSINE, agreement_of, export
from index.onnx_encoder import GRAPH
from index.settings import Precision

LEAST = LEAST_COSINE[Precision.FLOAT32]
WORDS = st.sampled_from("LDN naltrexone the 4.5 mg? cancer 癌 naïve <b> ... \u200b 🙂 a".split(" "))
TEXTS = st.text(max_size=300) | st.lists(WORDS, max_size=400).map(" ".join)


def test_the_tolerance_is_what_was_promised() -> None:
    assert LEAST >= 0.9999


@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
@examples(max_examples=60)
def test_the_two_encoders_agree_on_any_text(
    texts: list[str], encoder: SentenceEncoder, exported: OnnxEncoder
) -> None:
    assert agreement_of(encoder, exported, texts) >= LEAST


def test_the_two_encoders_agree_on_questions(
    articles: list[Article], encoder: SentenceEncoder, exported: OnnxEncoder
) -> None:
    questions = [entry.question for article in articles for entry in article.bank or ()]
    assert len(questions) == 40
    assert agreement_of(encoder, exported, questions) >= LEAST


def test_other_weights_do_not_agree(exported: OnnxEncoder) -> None:
    class Turned:
        def encode(self, texts: list[str]) -> object:
            return exported.encode(texts)[:, ::-1]

    assert agreement_of(Turned(), exported, ["What is LDN?"]) < LEAST  # type: ignore[arg-type]


@given(texts=st.lists(TEXTS, max_size=12))
@examples(max_examples=20)
def test_a_text_has_one_vector_whatever_stands_beside_it(
    texts: list[str], exported: OnnxEncoder
) -> None:
    together = exported.encode(texts)
    assert together.shape == (len(texts), 384)
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_allclose(exported.encode([text])[0], vector, atol=1e-5)
        assert abs(float(np.linalg.norm(vector)) - 1.0) < 1e-5


def test_attention_is_one_operator_in_each_layer(
    exported: OnnxEncoder, exported_folder: Path, encoder: SentenceEncoder
) -> None:
    graph = onnx.load(exported_folder / GRAPH, load_external_data=False).graph
    operators = Counter(node.op_type for node in graph.node)
    assert encoder.model.transformers_model is not None
    assert operators["Attention"] == encoder.model.transformers_model.config.num_hidden_layers
    assert not {"Softmax", "SkipLayerNormalization"} & operators.keys()


def test_the_reference_is_left_as_it_was(encoder: SentenceEncoder, exported: OnnxEncoder) -> None:
    modules = {type(module) for module in encoder.model.modules()}
    assert BertSelfAttention in modules
    assert FusedAttention not in modules


def test_it_is_known_by_its_weights(exported: OnnxEncoder, encoder: SentenceEncoder) -> None:
    assert exported.fingerprint == encoder.fingerprint


def test_a_fresh_one_is_loaded_without_weights_or_libraries(
    exported: OnnxEncoder, exported_folder: Path, settings: Settings
) -> None:
    nowhere = Reference(Weights(replace(settings, model="no_such_model")))
    loaded = open_encoder(nowhere, [], exported_folder)
    np.testing.assert_array_equal(loaded.encode(["a"]), exported.encode(["a"]))
    with pytest.raises(ModelError, match="no_such_model"):
        nowhere.encode(["a"])


@pytest.mark.parametrize("seed", range(5))
def test_an_altered_one_is_refused_where_it_cannot_be_built(
    seed: int,
    exported: OnnxEncoder,
    exported_folder: Path,
    reference: Reference,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = sorted(exported_folder.iterdir())
    altered = files[seed % len(files)]
    for file in files:
        (tmp_path / file.name).hardlink_to(file)
    data = bytearray(altered.read_bytes())
    data[random.Random(seed).randrange(len(data))] ^= 1
    (tmp_path / altered.name).unlink()
    (tmp_path / altered.name).write_bytes(data)
    # As if it were not installed.
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(IndexStaleError, match="index build"):
        open_encoder(reference, [], tmp_path)


def test_another_precision_is_another_encoder(
    exported: OnnxEncoder, exported_folder: Path, reference: Reference
) -> None:
    weights = Weights(replace(reference.weights.settings, precision=Precision.INT8))
    wanted = Manifest.describe_encoder(weights.fingerprint, weights.settings)
    with pytest.raises(IndexStaleError, match="settings"):
        Manifest.checked(exported_folder, wanted)


def test_8_bits_are_near_but_not_the_same(
    encoder: SentenceEncoder, articles: list[Article], tmp_path: Path
) -> None:
    questions = [entry.question for entry in articles[0].bank or ()]
    export(encoder, Precision.INT8, questions, tmp_path)
    coarse = OnnxEncoder(tmp_path, encoder.fingerprint)
    assert LEAST_COSINE[Precision.INT8] <= agreement_of(encoder, coarse, questions) < LEAST


def test_where_8_bits_are_too_coarse_it_serves_32(
    encoder: SentenceEncoder,
    articles: list[Article],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    questions = [entry.question for entry in articles[0].bank or ()]
    monkeypatch.setitem(LEAST_COSINE, Precision.INT8, LEAST)
    export(encoder, Precision.INT8, questions, tmp_path)
    assert agreement_of(encoder, OnnxEncoder(tmp_path, encoder.fingerprint), questions) >= LEAST


def test_a_graph_that_agrees_in_no_precision_is_refused(
    encoder: SentenceEncoder,
    articles: list[Article],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    questions = [entry.question for entry in articles[0].bank or ()]
    monkeypatch.setitem(LEAST_COSINE, Precision.FLOAT32, 1.1)
    with pytest.raises(ModelError, match=r"constraints\.txt"):
        export(encoder, Precision.FLOAT32, questions, tmp_path)
