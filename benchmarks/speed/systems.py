"""What is compared: the whole reply, and the bare search of libraries over the same passages.

Each system is opened in a process of its own, so that it imports only what it needs, and keeps
whatever threads it takes by default.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass

NEAREST = 5
"""Passages that a bare search returns."""

WHOLE = "whole reply"
RENDER = "render as HTML, on the page alone"
TOGETHER = "encode, four questions together, for each"
OUTSIDE = frozenset({WHOLE, RENDER, TOGETHER})
"""What is timed and no stage of a reply in process.

That is the reply itself, what follows it on the page, and what it would cost to read the questions
of several readers at once.
"""

Search = Callable[[str], Sequence[int]]
"""From a question to the rows of the passages found, best first."""


@dataclass(frozen=True, slots=True)
class Task:
    """What every system gets: the folder of the model's weights, the passages, the questions."""

    model: str
    passages: Sequence[str]
    questions: Sequence[str]


@dataclass(frozen=True, slots=True)
class System:
    """A system by its name in the report; `needs` are the modules it is made of.

    `packages` are the names under which these are installed.
    """

    name: str
    needs: tuple[str, ...]
    packages: tuple[str, ...]
    open: Callable[[Task], Search]

    @property
    def installed(self) -> bool:
        """Return whether it can be opened here; nothing of it is imported."""
        return all(importlib.util.find_spec(name) is not None for name in self.needs)


def _reply(_task: Task) -> Search:
    from chatbot.conversation import Conversation
    from chatbot.opening import open_chatbot

    bot, fresh = open_chatbot(), Conversation()

    def search(question: str) -> Sequence[int]:
        quotes = bot.reply(question, fresh).quotes
        return [number - 1 for quote in quotes for number in quote.sentences]

    return search


def _bare(task: Task) -> Search:
    import faiss
    import numpy as np
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(task.model, device="cpu", local_files_only=True)

    def encode(texts: Sequence[str]) -> np.ndarray:
        found = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)

    vectors = encode(task.passages)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return lambda question: [int(row) for row in index.search(encode([question]), NEAREST)[1][0]]


def _llama_index(task: Task) -> Search:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    model = HuggingFaceEmbedding(model_name=task.model, device="cpu")
    nodes = [TextNode(text=text, id_=str(row)) for row, text in enumerate(task.passages)]
    index = VectorStoreIndex(nodes, embed_model=model)
    retriever = index.as_retriever(similarity_top_k=NEAREST)
    return lambda question: [int(hit.node.node_id) for hit in retriever.retrieve(question)]


def _txtai(task: Task, hybrid: bool = False) -> Search:
    from txtai import Embeddings

    embeddings = Embeddings(path=task.model, content=False, hybrid=hybrid, gpu=False)
    embeddings.index(enumerate(task.passages))
    return lambda question: [int(row) for row, _ in embeddings.search(question, NEAREST)]


SYSTEMS = (
    System(WHOLE, (), ("onnxruntime", "tokenizers"), _reply),
    System(
        "sentence-transformers + FAISS",
        ("sentence_transformers", "faiss"),
        ("sentence-transformers", "torch", "faiss-cpu"),
        _bare,
    ),
    System(
        "LlamaIndex",
        ("llama_index", "llama_index.embeddings.huggingface"),
        ("llama-index-core", "llama-index-embeddings-huggingface"),
        _llama_index,
    ),
    System("txtai", ("txtai",), ("txtai",), _txtai),
    System("txtai, hybrid", ("txtai",), (), lambda task: _txtai(task, hybrid=True)),
)
"""In the order in which they are run; the first is what the others are held against."""
