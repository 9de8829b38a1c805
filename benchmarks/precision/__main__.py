"""Hold the encoder that serves against the reference: `python -m benchmarks.precision FILE ...`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.precision.compared import Run
from benchmarks.precision.report import Report
from chatbot.evaluation import read_rows
from chatbot.learned import Learned
from chatbot.opening import open_chatbot
from corpus import AskError, load_library
from index import IndexFolder, Settings, Vectors, Weights, index_folder

DOCS = Path(__file__).resolve().parents[2] / "docs"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report and write it; return the exit status."""
    args = _parser().parse_args(argv)
    try:
        report = measured(args.files, sys.stderr.isatty())
        file = report.write(args.docs)
    except AskError as error:
        print(error, file=sys.stderr)
        return 1
    print(file.read_text("utf-8"))
    return 0


def measured(files: Sequence[Path], progress: bool = False) -> Report:
    """Return what both encoders make of the questions of some files."""
    rows = read_rows(files, load_library().values())
    reference, served = (
        Run.of(open_chatbot(exported=exported), rows, progress) for exported in (False, True)
    )
    return Report(reference, served, cosines([row.text for row in rows]))


def cosines(texts: Sequence[str]) -> Vectors:
    """Return the cosine of each text's two vectors, shape (texts,); each is read by itself."""
    weights, articles = Weights(Settings.load(), Learned.load().encoder), load_library().values()
    folders = (IndexFolder(index_folder(), list(articles), exported=each) for each in (False, True))
    encoders = [folder.encoder(weights) for folder in folders]
    pairs = ([encoder.encode([text])[0] for encoder in encoders] for text in texts)
    return np.array([reference @ served for reference, served in pairs], dtype=np.float32)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.precision", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a question set")
    parser.add_argument("--docs", type=Path, default=DOCS, help="folder the report is written to")
    return parser


if __name__ == "__main__":
    sys.exit(main())
