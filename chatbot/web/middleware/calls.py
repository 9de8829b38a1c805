"""What a call of the conversation must look like."""

from __future__ import annotations

import json
from collections.abc import Collection

from starlette.types import ASGIApp, Receive, Scope, Send

from chatbot.web.middleware.body import read_body, replay
from chatbot.web.middleware.paths import local_path
from chatbot.web.middleware.plain import send_error

CALL = "/gradio_api/run/predict"
"""The path at which the page asks."""

MOST_BYTES = 1 << 20


class WellFormedCalls:
    """Refuses a call of another function, or without exactly a question and a state.

    Gradio would write the values of such a call to the terminal, and with them a question.
    """

    def __init__(self, app: ASGIApp, message: str, functions: Collection[int]) -> None:
        """Wrap `app`, which gets no call longer than the body limit around this layer.

        `functions` are the numbers under which Gradio knows those that the page calls.
        """
        self.app = app
        self.message = message
        self.functions = frozenset(functions)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on if it is one that the page makes."""
        if scope["type"] != "http" or local_path(scope) != CALL:
            await self.app(scope, receive, send)
            return
        body = await read_body(receive, MOST_BYTES)
        if body is None or not self._is_call(body):
            await send_error(send, 422, self.message)
            return
        await self.app(scope, replay(body, receive), send)

    def _is_call(self, body: bytes) -> bool:
        try:
            call = json.loads(body)
        except ValueError:
            return False
        if not isinstance(call, dict):
            return False
        data, function = call.get("data"), call.get("fn_index")
        if not isinstance(function, int) or function not in self.functions:
            return False
        return isinstance(data, list) and len(data) == 2 and isinstance(data[0], str | None)
