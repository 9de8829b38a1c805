"""Keeping what people write out of the log."""

from __future__ import annotations

import logging

from chatbot.web.asking import place_of


class ScrubTracebacks(logging.Filter):
    """Replaces a traceback by the error's type and place: its message may hold a question."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback out of a record; every record passes."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg = f"{type(error).__name__} at {place_of(error)}"
            record.args = ()
        record.exc_info = record.exc_text = None
        return True
