from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fixed_bot import FixedBot
from hypothesis import given
from hypothesis import strategies as st

from chatbot.commands.question_lines import json_line, read_line, replies_to
from chatbot.reply import ReplyKind

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=3,
)
ids = st.text(max_size=8)
# Any Unicode, half surrogate pairs too: JSON can spell them. Reading joins two halves.
questions = st.text(st.characters(), min_size=1, max_size=30).map(
    lambda text: json.loads(json.dumps(text))
)
good = st.builds(
    lambda id, question, name, extra: (
        json.dumps({"extra": extra, "id": id, name: question}).encode(),
        (id, question),
    ),
    ids,
    questions,
    st.sampled_from(["question", "text"]),
    values,
)
bad = st.one_of(
    st.builds(
        lambda value: json.dumps(value).encode(), values.filter(lambda v: not isinstance(v, dict))
    ),
    st.builds(lambda id: json.dumps({"id": id}).encode(), ids),
    st.builds(
        lambda id, value: json.dumps({"id": id, "question": value, "text": "?"}).encode(),
        ids,
        values.filter(lambda value: not isinstance(value, str)),
    ),
    st.binary(max_size=20)
    .filter(lambda raw: b"\n" not in raw and not raw.startswith(b"{"))
    .map(lambda raw: b"\xff" + raw),
    st.sampled_from([b"", b"{", b"[" * 100_000, b"9" * 10_000]),
).map(lambda raw: (raw, None))


@given(lines=st.lists(good | bad, max_size=6))
def test_one_reply_a_line_in_order(
    lines: list[tuple[bytes, tuple[str, str] | None]], fixed: FixedBot
) -> None:
    fixed.asked.clear()
    replies = list(replies_to(fixed, (raw + b"\n" for raw, _ in lines)))
    assert len(replies) == len(lines)
    assert fixed.asked == [asked[1] for _, asked in lines if asked]
    for number, (reply, (_, asked)) in enumerate(zip(replies, lines, strict=True), start=1):
        if asked:
            assert (reply.id, reply.question) == asked
        else:
            assert reply.kind is ReplyKind.INVALID
            assert f" {number} " in reply.message


@given(question=questions, id=ids)
def test_a_reply_is_one_line_of_utf8_that_reads_back(question: str, id: str) -> None:
    line = json_line({"id": id, "question": question})
    assert b"\n" not in line.encode("utf-8")
    assert json.loads(line) == {"id": id, "question": question}


@pytest.mark.parametrize(
    ("id", "kept"), [("7", "7"), (7, "7"), (1.5, "1.5"), (None, ""), (True, ""), (["a"], "")]
)
def test_an_id_is_kept_as_text(id: object, kept: str) -> None:
    assert read_line(json.dumps({"id": id, "question": "Why?"}).encode()).id == kept


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_line(b'\xef\xbb\xbf{"question": "Why?"}').question == "Why?"


def test_replies_come_as_the_lines_do(fixed: FixedBot) -> None:
    """Nothing waits for the end of the input."""

    def endless() -> Iterator[bytes]:
        while True:
            yield b'{"id": "x", "question": "Why?"}'

    replies = replies_to(fixed, endless())
    assert [next(replies).id for _ in range(3)] == ["x", "x", "x"]
