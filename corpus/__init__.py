"""What can be quoted: articles with exact offsets, their references and the editors' notes."""

from corpus.article import Article, Metadata, Paragraph, Section, Sentence, Site
from corpus.bank import BankQuestion, QuestionBank
from corpus.errors import (
    AskError,
    ConfigError,
    CorpusError,
    IndexStaleError,
    ModelError,
    SpanError,
)
from corpus.library import ARTICLES, Library, load_article, load_library
from corpus.notes import EditorNotes, SafetyNote
from corpus.references import Reference
from corpus.span import Span

__all__ = [
    "ARTICLES",
    "Article",
    "AskError",
    "BankQuestion",
    "ConfigError",
    "CorpusError",
    "EditorNotes",
    "IndexStaleError",
    "Library",
    "Metadata",
    "ModelError",
    "Paragraph",
    "QuestionBank",
    "Reference",
    "SafetyNote",
    "Section",
    "Sentence",
    "Site",
    "Span",
    "SpanError",
    "load_article",
    "load_library",
]
