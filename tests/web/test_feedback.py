"""The counter that an operator may turn on: numbers by kind and reason, and never a word."""

import json
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from fixed_answerer import EXAMPLES, KINDS, FixedAnswerer
from hypothesis import given
from hypothesis import strategies as st
from parsed_html import all_of, parse
from starlette.testclient import TestClient

from chatbot.conversation import Conversation
from chatbot.reply import ReplyKind
from chatbot.web.feedback import ASKED, REASONS, FeedbackCounter, Verdict
from chatbot.web.render import URGENT, Renderer
from corpus import ConfigError

Build = Callable[..., TestClient]
opinions = st.lists(st.tuples(st.sampled_from(ReplyKind), st.sampled_from(Verdict)), max_size=12)


@given(opinions)
def test_the_file_holds_the_sums_and_nothing_else_is_left(
    tmp_path_factory: pytest.TempPathFactory, given_opinions: list[tuple[ReplyKind, Verdict]]
) -> None:
    folder = tmp_path_factory.mktemp("counts")
    for kind, verdict in given_opinions:
        FeedbackCounter(folder / "counts.json").count(kind, verdict)
    FeedbackCounter(folder / "counts.json")
    stored = json.loads((folder / "counts.json").read_text("utf-8"))["counts"]
    flat = {(kind, verdict): n for kind, by in stored.items() for verdict, n in by.items()}
    assert flat == dict(Counter(given_opinions))
    assert [path.name for path in folder.iterdir()] == ["counts.json"]


def test_whoever_reads_the_file_meanwhile_finds_it_whole(tmp_path: Path) -> None:
    file = tmp_path / "counts.json"
    counter = FeedbackCounter(file)
    done = threading.Event()
    seen: list[int] = []

    def read() -> None:
        while not done.is_set():
            counts = json.loads(file.read_text("utf-8"))["counts"]
            seen.append(counts.get("quotes", {}).get("helpful", 0))

    reader = threading.Thread(target=read)
    reader.start()
    writers = [
        threading.Thread(
            target=lambda: [counter.count(ReplyKind.QUOTES, Verdict.HELPFUL) for _ in range(15)]
        )
        for _ in range(3)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    done.set()
    reader.join()
    assert counter.counts() == {"quotes": {"helpful": 45}}
    assert seen == sorted(seen)


@pytest.mark.parametrize("content", ["", "[]", '{"version": 9}', '{"counts": {"praise": {}}}'])
def test_a_file_of_something_else_is_not_overwritten(tmp_path: Path, content: str) -> None:
    file = tmp_path / "letter.txt"
    file.write_text(content, "utf-8")
    with pytest.raises(ConfigError, match="--feedback") as raised:
        FeedbackCounter(file)
    assert "\n" not in str(raised.value)
    assert file.read_text("utf-8") == content


def test_a_file_that_cannot_be_written_is_told_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file or directory"):
        FeedbackCounter(tmp_path / "missing" / "counts.json")


def test_by_default_nobody_is_asked_and_nothing_is_taken(
    client: TestClient, answerer: FixedAnswerer, renderer: Renderer
) -> None:
    html = renderer.reply(answerer.reply(EXAMPLES[0], Conversation()))
    assert "data-verdict" not in html
    sent = client.post("/feedback", json={"kind": "quotes", "verdict": "helpful"})
    assert sent.status_code == 404


@pytest.mark.parametrize("question", [*EXAMPLES, *KINDS])
def test_someone_in_danger_is_never_asked(answerer: FixedAnswerer, question: str) -> None:
    asking = Renderer(answerer.library, answerer.catalogue, asks_feedback=True)
    reply = answerer.reply(question, Conversation())
    buttons = [b for b in all_of(parse(asking.reply(reply)), "button") if not b.has_class("copy")]
    verdicts = [button.attributes["data-verdict"] for button in buttons]
    assert verdicts == (["helpful", "not_helpful", *REASONS] if reply.kind in ASKED else [])
    assert not ASKED & URGENT


def test_an_opinion_is_counted_and_has_no_room_for_text(
    answerer: FixedAnswerer, build: Build, tmp_path: Path
) -> None:
    file = tmp_path / "counts.json"
    client = build(answerer, feedback=file)
    good = {"kind": "quotes", "verdict": "why_wrong"}
    assert client.post("/feedback", json=good).status_code == 204
    wrong = [{**good, "text": "zanzibar"}, {**good, "verdict": "zanzibar"}, {"kind": "zanzibar"}]
    for sent in wrong:
        refused = client.post("/feedback", json=sent)
        assert refused.status_code == 422
        assert "zanzibar" not in refused.text
    assert json.loads(file.read_text("utf-8"))["counts"] == {"quotes": {"why_wrong": 1}}


def test_a_counter_that_fails_says_so_and_begins_anew_once_it_can(
    answerer: FixedAnswerer, build: Build, tmp_path: Path
) -> None:
    file = tmp_path / "counts.json"
    client = build(answerer, feedback=file)
    opinion = {"kind": "quotes", "verdict": "helpful"}
    file.unlink()
    file.mkdir()
    failed = client.post("/feedback", json=opinion)
    assert (failed.status_code, list(failed.json())) == (503, ["error"])
    file.rmdir()
    assert client.post("/feedback", json=opinion).status_code == 204
    assert json.loads(file.read_text("utf-8"))["counts"] == {"quotes": {"helpful": 1}}


def test_opinions_have_a_rate_limit_of_their_own(
    answerer: FixedAnswerer, build: Build, tmp_path: Path
) -> None:
    client = build(answerer, feedback=tmp_path / "counts.json", rates="2/hour")
    opinion = {"kind": "quotes", "verdict": "helpful"}
    codes = [client.post("/feedback", json=opinion).status_code for _ in range(3)]
    assert codes == [204, 204, 429]
    assert client.post("/api/ask", json={"question": EXAMPLES[0]}).status_code == 200
