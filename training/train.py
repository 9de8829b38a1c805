"""Making the learned files: train on every author, fit the thresholds, write the manifest."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Collection
from importlib.metadata import version
from pathlib import Path
from typing import Any

from chatbot.learned import CALIBRATION, MANIFEST, MODELS
from corpus import ARTICLES, Article
from index import file_hash
from training.data import GUARD_DATA
from training.fit import fitted
from training.heldout import lessons
from training.joint import train_joint
from training.ngrams import train_ngrams
from training.report import scores
from training.settings import FILE, TrainingSettings

PARTS = ("encoder", "ngrams", "thresholds")

LIBRARIES = ("torch", "transformers", "sentence-transformers", "peft", "numpy", "scikit-learn")


def train(
    article: Article, settings: TrainingSettings, held_out: Path, parts: Collection[str] = PARTS
) -> None:
    """Write the learned files of some parts into `models/`, then the manifest of all of them.

    The thresholds come from `held_out`, which `crossvalidate` writes.
    """
    MODELS.mkdir(exist_ok=True)
    if "encoder" in parts:
        train_joint(lessons(article), settings, MODELS)
    if "ngrams" in parts:
        train_ngrams(lessons(article), settings, MODELS)
    if "thresholds" in parts:
        write_calibration(settings, held_out)
        write_manifest(article, settings, held_out)


def write_calibration(settings: TrainingSettings, held_out: Path) -> None:
    """Fit thresholds and calibrations and write them."""
    text = json.dumps(fitted(held_out, settings.rates), indent=2)
    (MODELS / CALIBRATION).write_text(text + "\n", "utf-8")


def write_manifest(article: Article, settings: TrainingSettings, held_out: Path) -> None:
    """Write what the learned files were made from, their hashes and the held-out scores."""
    files = sorted(path for path in MODELS.iterdir() if path.name != MANIFEST)
    manifest: dict[str, Any] = {
        "files": {path.name: file_hash(path) for path in files if path.is_file()},
        "article": {article.id: article.sha256},
        "data": {
            "settings": file_hash(FILE),
            "bank": file_hash_of(sorted(_bank(article).glob("questions.jsonl"))),
            "messages": file_hash_of(sorted(GUARD_DATA.glob("*.jsonl"))),
            "held_out": file_hash_of(sorted(held_out.glob("*.jsonl"))),
        },
        "versions": {name: version(name) for name in LIBRARIES}
        | {"python": platform.python_version()},
        "scores": scores(held_out, article, settings.rates),
    }
    (MODELS / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")


def file_hash_of(files: list[Path]) -> str:
    """Return one SHA-256 over the hashes of some files."""
    return hashlib.sha256("".join(map(file_hash, files)).encode()).hexdigest()


def _bank(article: Article) -> Path:
    return ARTICLES / article.id
