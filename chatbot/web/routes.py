"""The page's own routes: articles, sheet, files, health, and the interface for programs."""

from __future__ import annotations

import logging
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

from chatbot.conversation import Conversation
from chatbot.reply import ReplyKind
from chatbot.web.answerer import Answerer
from chatbot.web.asking import AnswerFailedError, ask
from chatbot.web.documents import BEST, Document
from chatbot.web.feedback import FeedbackCounter, Verdict
from chatbot.web.middleware.caching import IMMUTABLE
from chatbot.web.settings import Settings
from chatbot.web.sheet import Sheet, SheetError, read_sheet, read_turns
from chatbot.web.site import Site

_log = logging.getLogger(__name__)

Turns = Annotated[list[str], Form(alias="turn")]


class Question(BaseModel):
    """What a program asks; `id` comes back with the reply."""

    question: str
    id: Annotated[str, Field(max_length=200)] = ""


class Opinion(BaseModel):
    """What a reader says of a reply: its kind and one of a few words, nothing else."""

    model_config = ConfigDict(extra="forbid")

    kind: ReplyKind
    verdict: Verdict


def build_routes(answerer: Answerer, site: Site, settings: Settings) -> APIRouter:
    """Return every route that is not Gradio's.

    Raises ConfigError if the file of the settings for readers' opinions cannot be used.
    """
    router = APIRouter()
    _add_pages(router, answerer, site)
    _add_embedding(router, site, settings)
    _add_sheet(router, answerer, site)
    _add_programs(router, answerer)
    if settings.feedback is not None:
        _add_feedback(router, answerer, FeedbackCounter(settings.feedback))
    return router


def _add_pages(router: APIRouter, answerer: Answerer, site: Site) -> None:
    text = answerer.catalogue.text
    chat = site.chat()
    articles = {id: site.article(article, quality=BEST) for id, article in site.library.items()}
    references = {id: site.references(article) for id, article in site.library.items()}

    def answer(request: Request, document: Document | None, caching: str = "no-cache") -> Response:
        if document is None:
            return JSONResponse({"error": text("page.not_found")}, 404)
        return document.response(request, caching)

    @router.api_route("/", methods=["GET", "HEAD"])
    def chat_page(request: Request) -> Response:
        return answer(request, chat)

    @router.api_route("/article/{id}", methods=["GET", "HEAD"])
    def article_page(request: Request, id: str, q: str = "") -> Response:
        marked = id in articles and q
        return answer(request, site.article(site.library[id], q) if marked else articles.get(id))

    @router.api_route("/article/{id}/references", methods=["GET", "HEAD"])
    def references_page(request: Request, id: str) -> Response:
        return answer(request, references.get(id))

    @router.api_route("/ui/{digest}/{name}", methods=["GET", "HEAD"])
    def own_file(request: Request, digest: str, name: str) -> Response:
        return answer(request, site.assets.find(digest, name), IMMUTABLE)


def _add_embedding(router: APIRouter, site: Site, settings: Settings) -> None:
    @router.api_route("/embed", methods=["GET", "HEAD"])
    def embed_page(request: Request) -> Response:
        # The header is there only if a trusted proxy has set it.
        host = request.headers.get("x-forwarded-host", request.url.netloc)
        address = f"{request.url.scheme}://{host}{settings.root_path}/"
        return HTMLResponse(site.embed(address, settings.embed_from))


def _add_feedback(router: APIRouter, answerer: Answerer, counter: FeedbackCounter) -> None:
    @router.post("/feedback")
    def feedback(opinion: Opinion) -> Response:
        try:
            counter.count(opinion.kind, opinion.verdict)
        except (OSError, ValueError) as error:
            _log.warning("An opinion was not counted: %s", type(error).__name__)
            return JSONResponse({"error": answerer.catalogue.text("page.feedback_failed")}, 503)
        return Response(status_code=204)


def _add_sheet(router: APIRouter, answerer: Answerer, site: Site) -> None:
    text = answerer.catalogue.text

    def read(turns: list[str]) -> Sheet:
        return read_sheet(read_turns(turns, text), answerer.library, text)

    @router.post("/sheet")
    def sheet_page(turn: Turns = []) -> Response:  # noqa: B006 - FastAPI copies the default
        return HTMLResponse(site.sheet(read(turn)))

    @router.post("/sheet.txt")
    def sheet_text(turn: Turns = []) -> Response:  # noqa: B006 - FastAPI copies the default
        headers = {"Content-Disposition": 'attachment; filename="care-team-sheet.txt"'}
        return PlainTextResponse(site.sheet_text(read(turn)), headers=headers)


def _add_programs(router: APIRouter, answerer: Answerer) -> None:
    @router.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.post("/api/ask")
    def ask_once(question: Question) -> dict[str, Any]:
        return ask(answerer, question.question, Conversation(), question.id).to_json()


def error_handlers(answerer: Answerer) -> dict[int | type[Exception], Any]:
    """Return what a program or a form gets for each error: one sentence, never what was sent."""
    text = answerer.catalogue.text

    def unreadable(_request: Request, _error: Exception) -> Response:
        return JSONResponse({"error": text("page.unreadable", example='{"question": "…"}')}, 422)

    def failed(_request: Request, _error: Exception) -> Response:
        return JSONResponse({"error": text("page.failed")}, 500)

    def bad_sheet(_request: Request, error: Exception) -> Response:
        return JSONResponse({"error": str(error)}, 422)

    from fastapi.exceptions import RequestValidationError

    return {
        RequestValidationError: unreadable,
        AnswerFailedError: failed,
        SheetError: bad_sheet,
    }
