// What the conversation needs beyond Gradio: focus and scrolling, words for trouble, and clicks.
"use strict";

// --- Language ------------------------------------------------------------------------------

// Gradio sets the browser's language on a page that speaks its own, and it would be misread.
const language = page.lang;
new MutationObserver(() => {
  if (page.lang !== language) page.lang = language;
}).observe(page, { attributeFilter: ["lang"] });

// --- New turns -----------------------------------------------------------------------------

const touch = window.matchMedia("(pointer: coarse)");
let shown = "";

function tidyLog(log) {
  // Gradio labels each message with its HTML source, which a screen reader would read out.
  for (const message of findAll("[data-testid='user'], [data-testid='bot']", log)) {
    message.removeAttribute("aria-label");
  }
  const label = find("gradio-app").dataset.log;
  if (log.getAttribute("aria-label") !== label) log.setAttribute("aria-label", label);
}

function measure() {
  // What stays in view at the top and the foot of the window, for the style sheet.
  const composer = find("#composer");
  const base = find(".base").offsetHeight;
  const stays = composer && getComputedStyle(composer).position === "sticky";
  page.style.setProperty("--tabs-height", `${find(".tabs").offsetHeight}px`);
  page.style.setProperty("--base-height", `${base}px`);
  page.style.setProperty("--bottom-height", `${base + (stays ? composer.offsetHeight : 0)}px`);
}

function makeRoomBelow(newest) {
  // A short last answer could not be scrolled to the top of the window otherwise.
  const end = find("#suggestions");
  page.style.setProperty("--room", "0px");
  const used = end.getBoundingClientRect().bottom - newest.getBoundingClientRect().top;
  const around = [".tabs", "#composer", ".base"].map((part) => find(part).offsetHeight);
  const free = window.innerHeight - around.reduce((sum, height) => sum + height, 0);
  page.style.setProperty("--room", `${Math.max(0, free - used)}px`);
}

function showNewTurn(log) {
  const asked = findAll(".asked", log);
  const newest = asked.at(-1);
  const reply = findAll(".reply", log).at(-1);
  if (!newest || !reply) return;
  const now = [asked.length, newest.textContent, reply.dataset.turn ?? reply.textContent].join("|");
  if (now === shown) return;
  shown = now;
  find("#sheet-form").hidden = !find("[data-turn]", log);
  find(".intro").hidden = true;
  measure();
  makeRoomBelow(newest);
  newest.scrollIntoView({ block: "start" });
  turnTo(find(".quote a.read, .nearest a.read[href*='#']", reply));
  if (!staysInField()) {
    newest.tabIndex = -1;
    newest.focus({ preventScroll: true });
  }
}

function staysInField() {
  // On a phone the keyboard would hide the answer; it goes once the question was taken.
  const active = document.activeElement;
  if (!active?.matches("#question textarea, #ask")) return false;
  const field = find("#question textarea");
  return !touch.matches || (active === field && field.value !== "");
}

function watch() {
  const app = find("gradio-app");
  new MutationObserver(() => {
    const log = find("#log [role='log']", app);
    if (!log) return;
    tidyLog(log);
    showNewTurn(log);
  }).observe(app, { childList: true, subtree: true });
  const resized = new ResizeObserver(measure);
  for (const part of [".tabs", ".base"]) resized.observe(find(part));
}

// --- Trouble -------------------------------------------------------------------------------

function sayTrouble(text) {
  find("#trouble").textContent = text;
  measure();
}

function sayWaiting(text) {
  find("#waiting").textContent = text;
}

const ordinaryFetch = window.fetch.bind(window);

// Gradio passes over an answer that did not come; the person is told why, and the question stays.
window.fetch = async (resource, options) => {
  const asking = String(resource.url ?? resource).includes("/gradio_api/run/");
  if (!asking) return ordinaryFetch(resource, options);
  sayTrouble("");
  const waiting = setTimeout(() => sayWaiting(find("#waiting").dataset.waiting), 300);
  try {
    const answer = await ordinaryFetch(resource, options);
    if (!answer.ok) {
      const body = await answer.clone().json().catch(() => ({}));
      sayTrouble(body.error ?? find("#trouble").dataset.failed);
    }
    return answer;
  } catch {
    // To Gradio this is a refusal: after a lost connection it would take no question until a reload.
    const error = find("#trouble").dataset.unreachable;
    sayTrouble(error);
    return new Response(JSON.stringify({ error }), { status: 503 });
  } finally {
    clearTimeout(waiting);
    sayWaiting("");
  }
};

// --- Clicks --------------------------------------------------------------------------------

const plain = (event) => !(event.metaKey || event.ctrlKey || event.shiftKey || event.button);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.read, a[data-open]");
  const within = event.target.closest("#beside :is(a[href^='#'], .number)");
  const field = event.target.closest("[data-field]");
  if (link && plain(event)) {
    event.preventDefault();
    openArticle(link);
  } else if (within) {
    event.preventDefault();
    const place = document.getElementById(within.hash.slice(1));
    scrollBesideTo(place);
    focusOn(place);
  } else if (field) {
    event.preventDefault();
    find("#question textarea")?.focus();
  } else if (event.target.closest("[data-back]")) {
    goBack();
  } else if (event.target.closest("button.copy")) {
    copyQuote(event.target.closest("button.copy"));
  } else if (event.target.closest("[data-verdict]")) {
    sendOpinion(event.target.closest("[data-verdict]"));
  }
});

document.addEventListener("submit", (event) => {
  if (event.target.id === "sheet-form") fillSheet(event.target);
});

document.addEventListener("DOMContentLoaded", watch);
