"""Finding passages: embeddings, dense and lexical search, and the index that holds them."""

from index.build import build, open_index
from index.dense import Nearest, Vectors
from index.encoder import Encoder, Reference, SentenceEncoder
from index.fusion import fuse
from index.lexical import content_terms, terms
from index.manifest import Manifest
from index.memory import Remembering, remembered, remembering
from index.onnx_encoder import OnnxEncoder
from index.opened import IndexFolder, Searcher
from index.parts import Part, parts_of
from index.passages import Passage, passages_of
from index.scores import Scores
from index.search import Hit, search
from index.settings import Settings, index_folder
from index.store import PassageIndex
from index.weights import Weights, file_hash

__all__ = [
    "Encoder",
    "Hit",
    "IndexFolder",
    "Manifest",
    "Nearest",
    "OnnxEncoder",
    "Part",
    "Passage",
    "PassageIndex",
    "Reference",
    "Remembering",
    "Scores",
    "Searcher",
    "SentenceEncoder",
    "Settings",
    "Vectors",
    "Weights",
    "build",
    "content_terms",
    "file_hash",
    "fuse",
    "index_folder",
    "open_index",
    "parts_of",
    "passages_of",
    "remembered",
    "remembering",
    "search",
    "terms",
]
