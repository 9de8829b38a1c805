// What the chat needs beyond Gradio: the article beside it, copying, the sheet, and focus.
"use strict";

const page = document.documentElement;
page.classList.add("js");

const wide = window.matchMedia("(min-width: 1100px)");
const find = (selector, within = document) => within.querySelector(selector);
const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

// --- The article ---------------------------------------------------------------------------

let returnTo = { scroll: 0, focus: null };

async function loadArticle(id, address) {
  const beside = find("#beside");
  if (beside.dataset.article === id) return;
  const answer = await fetch(address.split("#")[0]);
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  find(".sheet", beside).replaceChildren(...find("main", other).childNodes);
  beside.dataset.article = id;
}

function markSentences(range) {
  const beside = find("#beside");
  for (const old of findAll(".quoted", beside)) old.classList.remove("quoted");
  const [first, last = first] = (range || "").split("-").map(Number);
  for (let number = first; number <= last; number++) {
    find(`#s${number}`, beside)?.classList.add("quoted");
  }
}

function scrollBesideTo(target) {
  const beside = find("#beside");
  if (!wide.matches) {
    if (target) target.scrollIntoView({ block: "center" });
    else window.scrollTo(0, 0);
    return;
  }
  const offset = target ? target.getBoundingClientRect().top - beside.getBoundingClientRect().top : 0;
  beside.scrollTop = target ? beside.scrollTop + offset - beside.clientHeight / 4 : 0;
}

function setReading(reading) {
  // While the article stands in place of the chat it is the page's main part: its title comes first.
  page.classList.toggle("reading", reading);
  const beside = find("#beside");
  beside.setAttribute("role", reading ? "main" : "complementary");
  for (const heading of findAll("h2, h3, h4", beside)) {
    if (reading) heading.setAttribute("aria-level", heading.localName[1] - 1);
    else heading.removeAttribute("aria-level");
  }
}

function showBeside(target) {
  if (!wide.matches && !page.classList.contains("reading")) {
    returnTo = { scroll: window.scrollY, focus: document.activeElement };
    history.pushState({ reading: true }, "");
    setReading(true);
  }
  scrollBesideTo(target);
  const place = target || find("#beside");
  place.tabIndex = -1;
  if (!wide.matches) place.focus({ preventScroll: true });
}

function leaveBeside() {
  setReading(false);
  window.scrollTo(0, returnTo.scroll);
  returnTo.focus?.focus({ preventScroll: true });
}

async function findPlace(link) {
  const address = new URL(link.href);
  const id = address.pathname.split("/article/")[1].split("/")[0];
  await loadArticle(id, link.href);
  markSentences(address.searchParams.get("q"));
  const fragment = link.dataset.open ?? address.hash.slice(1);
  return fragment ? document.getElementById(fragment) : null;
}

async function openArticle(link) {
  showBeside(await findPlace(link));
}

async function turnTo(link) {
  // Beside the chat the article follows the answer by itself; focus stays where it is.
  if (wide.matches && link) scrollBesideTo(await findPlace(link));
}

window.addEventListener("popstate", (event) => {
  if (event.state?.reading) setReading(true);
  else if (page.classList.contains("reading")) leaveBeside();
});

// --- Copying -------------------------------------------------------------------------------

async function writeClipboard(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "vh";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("copying is not allowed");
}

async function copyQuote(button) {
  const figure = button.closest("figure");
  const address = new URL(find("a.read", figure).href);
  const text = `${find("blockquote", figure).textContent}\n\n${button.dataset.source}\n${address}`;
  const said = find("#said");
  button.dataset.label ??= button.textContent;
  try {
    await writeClipboard(text);
    said.textContent = said.dataset.copied;
    button.textContent = said.dataset.copied;
  } catch {
    said.textContent = said.dataset.notCopied;
    button.textContent = said.dataset.notCopied;
  }
  setTimeout(() => {
    button.textContent = button.dataset.label;
    said.textContent = "";
  }, 4000);
}

// --- The sheet -----------------------------------------------------------------------------

function fillSheet(form) {
  for (const old of findAll("input", form)) old.remove();
  for (const reply of findAll("#log [data-turn]")) {
    const turn = document.createElement("input");
    turn.type = "hidden";
    turn.name = "turn";
    turn.value = reply.dataset.turn;
    form.append(turn);
  }
}

// --- New turns -----------------------------------------------------------------------------

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
  page.style.setProperty("--tabs-height", `${find(".tabs").offsetHeight}px`);
  page.style.setProperty("--foot-height", `${find(".chat .foot").offsetHeight}px`);
}

function makeRoomBelow(newest) {
  // A short last answer could not be scrolled to the top of the window otherwise.
  const end = find("#suggestions");
  page.style.setProperty("--room", "0px");
  const used = end.getBoundingClientRect().bottom - newest.getBoundingClientRect().top;
  const around = [".tabs", "#composer", ".chat .foot"].map((part) => find(part).offsetHeight);
  const free = window.innerHeight - around.reduce((sum, height) => sum + height, 0);
  page.style.setProperty("--room", `${Math.max(0, free - used)}px`);
}

function showNewTurn(log) {
  const newest = findAll(".asked", log).at(-1);
  const reply = findAll(".reply", log).at(-1);
  const now = newest && reply ? newest.textContent + reply.outerHTML : "";
  if (now === shown) return;
  shown = now;
  find("#sheet-form").hidden = !find("[data-turn]", log);
  find(".intro").hidden = true;
  measure();
  makeRoomBelow(newest);
  newest.scrollIntoView({ block: "start" });
  turnTo(find(".quote a.read", reply));
  if (!document.activeElement?.matches("textarea, #ask")) {
    newest.tabIndex = -1;
    newest.focus({ preventScroll: true });
  }
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
  for (const part of [".tabs", ".chat .foot"]) resized.observe(find(part));
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
  const waiting = setTimeout(() => sayWaiting(find("#waiting").dataset.waiting), 500);
  try {
    const answer = await ordinaryFetch(resource, options);
    if (!answer.ok) {
      const body = await answer.clone().json().catch(() => ({}));
      sayTrouble(answer.status === 500 ? find("#trouble").dataset.failed : body.error);
    }
    return answer;
  } catch (error) {
    sayTrouble(find("#trouble").dataset.unreachable);
    throw error;
  } finally {
    clearTimeout(waiting);
    sayWaiting("");
  }
};

// --- Clicks --------------------------------------------------------------------------------

const plain = (event) => !(event.metaKey || event.ctrlKey || event.shiftKey || event.button);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.read, a[data-open]");
  const within = event.target.closest("#beside a[href^='#']");
  const field = event.target.closest("[data-field]");
  if (link && plain(event)) {
    event.preventDefault();
    openArticle(link);
  } else if (within) {
    event.preventDefault();
    scrollBesideTo(document.getElementById(within.hash.slice(1)));
  } else if (field) {
    event.preventDefault();
    find("#question textarea")?.focus();
  } else if (event.target.closest("[data-back]")) {
    history.back();
  } else if (event.target.closest("button.copy")) {
    copyQuote(event.target.closest("button.copy"));
  }
});

document.addEventListener("submit", (event) => {
  if (event.target.id === "sheet-form") fillSheet(event.target);
});

document.addEventListener("DOMContentLoaded", watch);
