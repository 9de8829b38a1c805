"""What serves needs neither torch nor what trains, and answers as the reference does."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from chatbot.chatbot import Chatbot
from chatbot.conversation import Conversation

TRAINING = ("torch", "sentence_transformers", "transformers", "sklearn", "onnx")
LOADED = f"""
import json, sys
print(json.dumps([name for name in {TRAINING} if name in sys.modules]))
"""
ASKING = """
from chatbot.commands.main import main
assert main(["ask", "--json", "Is LDN approved by the FDA for cancer?"]) == 0
"""
SERVING = """
from starlette.testclient import TestClient
from chatbot.opening import open_chatbot
from chatbot.web.application import build_app
from chatbot.web.settings import Settings
with TestClient(build_app(open_chatbot(), Settings())) as client:
    assert client.get("/").status_code == 200
    reply = client.post("/api/ask", json={"question": "Is LDN approved by the FDA for cancer?"})
    assert reply.json()["kind"] == "quotes"
"""


@pytest.mark.parametrize("code", [ASKING, SERVING], ids=["command line", "page"])
def test_torch_is_not_loaded_over_a_fresh_index(bot: Chatbot, code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code + LOADED], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_one_question_is_read_once(bot: Chatbot, monkeypatch: pytest.MonkeyPatch) -> None:
    from index import OnnxEncoder

    read: list[str] = []
    encode = OnnxEncoder.encode

    def noting(self: OnnxEncoder, texts: list[str], progress: bool = False) -> object:
        read.extend(texts)
        return encode(self, texts, progress)

    monkeypatch.setattr(OnnxEncoder, "encode", noting)
    question = "What is the most common side effect of LDN?"
    bot.reply(question, Conversation())
    bot.reply(question, Conversation())
    assert read == [question, question]
