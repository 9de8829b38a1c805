"""Finding passages: embeddings, dense and lexical search, and the index that holds them."""

from index.build import build, open_index
from index.dense import Vectors
from index.encoder import Encoder, SentenceEncoder
from index.fusion import fuse
from index.lexical import terms
from index.manifest import Manifest
from index.passages import Passage, passages_of
from index.search import Hit, search
from index.settings import Settings, index_folder
from index.store import PassageIndex, Scores
from index.weights import file_hash

__all__ = [
    "Encoder",
    "Hit",
    "Manifest",
    "Passage",
    "PassageIndex",
    "Scores",
    "SentenceEncoder",
    "Settings",
    "Vectors",
    "build",
    "file_hash",
    "fuse",
    "index_folder",
    "open_index",
    "passages_of",
    "search",
    "terms",
]
