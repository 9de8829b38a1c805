"""Evaluation: how well the chatbot does on question sets, and what changed between two runs."""

from chatbot.evaluation.comparison import Comparison, compare, read_right
from chatbot.evaluation.evaluation import Evaluation, evaluate_replies
from chatbot.evaluation.measures import Rate
from chatbot.evaluation.outcomes import Judged, Outcome
from chatbot.evaluation.rows import Row, Truth, read_rows
from chatbot.evaluation.running import replies_of

__all__ = [
    "Comparison",
    "Evaluation",
    "Judged",
    "Outcome",
    "Rate",
    "Row",
    "Truth",
    "compare",
    "evaluate_replies",
    "read_right",
    "read_rows",
    "replies_of",
]
