"""Everything that the server writes, on whatever is sent to it: no question is in it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fixed_answerer import EXAMPLES, FAILING, SLOW, UNSHOWABLE, WORD

WEB = Path(__file__).parent
ROOT = WEB.parents[1]
CALL = "/gradio_api/run/predict"


def drive(client: httpx.Client) -> list[int]:
    """Send the secret in every way there is; return what the server answered."""
    config = client.get("/config").json()
    call = {"fn_index": config["dependencies"][0]["id"], "session_hash": WORD}
    turn = {"question": WORD, "kind": "not_in_article", "spans": []}
    json_type = {"content-type": "application/json"}
    answers = [
        client.get(f"/?q={WORD}"),
        client.get(f"/{WORD}"),
        client.get(f"/article/ldn-cancer?q={WORD}"),
        client.get("/", headers={"User-Agent": WORD, "Cookie": f"a={WORD}"}),
        client.post("/sheet", data={"turn": json.dumps(turn)}),
        client.post("/sheet.txt", data={"turn": f"not a turn: {WORD}"}),
        client.post("/feedback", json={"kind": WORD, "verdict": WORD}),
        client.post("/api/ask", content=f'{{"question": "{WORD}', headers=json_type),
        client.post("/api/ask", json={"question": WORD * 9000}),
        client.post(CALL, json={**call, "data": [WORD]}),
        client.post(CALL, json={**call, "data": [WORD, {"replies": WORD}]}),
        client.post(CALL, json={**call, "fn_index": 10**6, "data": [WORD, None]}),
        client.post(CALL, json={**call, "fn_index": WORD, "data": [WORD, None]}),
        client.post(CALL, json={**call, "event_data": WORD, "data": [WORD, None]}),
    ]
    for question in (FAILING, UNSHOWABLE, SLOW, f"{WORD}?", WORD * 300, EXAMPLES[0]):
        answers.append(client.post("/api/ask", json={"question": question}))
        answers.append(client.post(CALL, json={**call, "data": [question, None]}))
    return [answer.status_code for answer in answers]


@pytest.fixture
def written(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Run the server, drive it, stop it, and return all that it wrote, by where."""
    folder = tmp_path / "server"
    folder.mkdir()
    path = os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(ROOT)])
    own = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "GRADIO_TEMP_DIR"), str(folder))
    command = [sys.executable, str(WEB / "serve_fixed.py"), "--port", "0"]
    command += ["--feedback", str(folder / "counts.json")]
    log = tmp_path / "stderr"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=folder,
            env={**os.environ, **own, "PYTHONPATH": path},
        ) as process,
    ):
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            alone = httpx.Limits(max_keepalive_connections=0)
            with httpx.Client(base_url=line.split()[-1], timeout=120, limits=alone) as client:
                codes = drive(client)
        finally:
            process.terminate()
        rest = process.stdout.read()
    files = {str(f): f.read_text("utf-8", "replace") for f in folder.rglob("*") if f.is_file()}
    yield {"stdout": line + rest, "stderr": log.read_text("utf-8"), "codes": str(codes), **files}


def test_no_question_is_in_anything_the_server_writes(written: dict[str, str]) -> None:
    assert re.findall(r"\b[25]\d\d\b", written["codes"])
    # The failures were reached, and are told without the question.
    assert "Answering failed: ValueError at fixed_answerer.py" in written["stderr"]
    assert "Answering failed: KeyError at library.py" in written["stderr"]
    assert any(place.endswith("counts.json") for place in written)
    assert [place for place, text in written.items() if WORD in text + place] == []
