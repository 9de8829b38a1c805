"""Building pages without Gradio's left-over event loops failing a later test."""

import gc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_gradio() -> Iterator[None]:
    """Let the event loops that Gradio opens and forgets meanwhile go at once, without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()
