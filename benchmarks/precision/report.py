"""The report on precision: its tables in a frame of words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.machine import machine
from benchmarks.precision.compared import Differences, Run, rates_beside
from benchmarks.writing import write_report
from index import Vectors

FRAME = Path(__file__).with_name("report.md")
REPORT = "PRECISION.md"
LIBRARIES = ("onnxruntime", "sentence-transformers", "torch")


@dataclass(frozen=True, slots=True)
class Report:
    """Two runs over the same questions, and the cosine of each question's two vectors."""

    reference: Run
    served: Run
    cosines: Vectors

    @property
    def parts(self) -> dict[str, str]:
        """What fills the frame, by name."""
        found = Differences.of(self.reference.replies, self.served.replies)
        same = found.questions - found.kind - found.quotes - found.suggestions
        rows = [
            f"| {name} | {before:.1f} | {after:.1f} | {after - before:+.1f} |"
            for name, before, after in rates_beside(self.reference, self.served)
        ]
        return {
            **{name: f"{count:,}" for name, count in asdict(found).items()},
            "same": f"{same:,}",
            "rates": "\n".join(rows),
            "cosine": f"{np.mean(self.cosines):.4f}",
            "least": f"{np.min(self.cosines):.4f}",
            "machine": machine(LIBRARIES),
        }

    def write(self, folder: Path) -> Path:
        """Write the report into a folder and return its file; raises ConfigError if that fails."""
        write_report(FRAME, self.parts, folder / REPORT)
        return folder / REPORT
