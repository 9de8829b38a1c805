// The article beside the chat, or on a phone in its place until one goes back.
"use strict";

const page = document.documentElement;
page.classList.add("js");

const wide = window.matchMedia("(min-width: 1100px)");
const find = (selector, within = document) => within.querySelector(selector);
const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];

let returnTo = { scroll: 0, focus: null };

function setLevels() {
  // While the article stands in place of the chat its title is the page's first heading.
  const below = page.classList.contains("reading") ? 0 : 1;
  for (const heading of findAll("#beside [data-level]")) {
    heading.setAttribute("aria-level", Number(heading.dataset.level) + below);
  }
}

async function loadArticle(id, address) {
  const beside = find("#beside");
  if (beside.dataset.article === id) return;
  const own = `${address.origin}${address.pathname.replace(/\/references$/, "")}`;
  const answer = await fetch(own);
  if (!answer.ok) throw new Error(`no article at ${own}`);
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = [find("main .contents", other), find("main .article-text", other)];
  // Beside the chat too, a paragraph's link is one to share.
  for (const link of findAll(".number", parts[1])) link.href = own + link.hash;
  find(".reader", beside).replaceChildren(...parts);
  beside.dataset.article = id;
  for (const link of findAll("a[data-current]")) link.href = own + link.dataset.current;
  setLevels();
}

function markSentences(range) {
  const beside = find("#beside");
  for (const old of findAll(".quoted", beside)) old.classList.remove("quoted");
  const [first, last = first] = (range || "").split("-").map(Number);
  for (let number = first; number <= last; number++) {
    find(`#s${number}`, beside)?.classList.add("quoted");
  }
}

function markSection(place) {
  const contents = find("#beside .contents");
  find("[aria-current]", contents)?.removeAttribute("aria-current");
  const section = place?.closest("section");
  const link = section && find(`a[href="#${section.id}"]`, contents);
  link?.setAttribute("aria-current", "location");
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
  page.classList.toggle("reading", reading);
  find("#beside").setAttribute("role", reading ? "main" : "complementary");
  setLevels();
}

function showBeside(target, link) {
  returnTo = { scroll: window.scrollY, focus: link };
  page.classList.add("opened");
  if (!wide.matches && !page.classList.contains("reading")) {
    history.pushState({ reading: true }, "");
    setReading(true);
  }
  scrollBesideTo(target);
  focusOn(target || find("#beside"));
}

function focusOn(place) {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

function goBack() {
  if (page.classList.contains("reading")) history.back();
  else leaveBeside();
}

function leaveBeside() {
  page.classList.remove("opened");
  setReading(false);
  window.scrollTo(0, returnTo.scroll);
  returnTo.focus?.focus({ preventScroll: true });
}

async function findPlace(link) {
  const address = new URL(link.href);
  const id = address.pathname.split("/article/")[1].split("/")[0];
  await loadArticle(id, address);
  markSentences(address.searchParams.get("q"));
  const fragment = link.dataset.open ?? address.hash.slice(1);
  const place = fragment ? document.getElementById(fragment) : null;
  markSection(place);
  return place;
}

async function openArticle(link) {
  try {
    showBeside(await findPlace(link), link);
  } catch {
    // The article could not be fetched; its own page says why.
    window.open(link.href, "_blank", "noopener");
  }
}

async function turnTo(link) {
  // Beside the chat the article follows the answer by itself; focus stays where it is.
  page.classList.remove("opened");
  if (!wide.matches || !link) return;
  const place = await findPlace(link).catch(() => null);
  if (place) scrollBesideTo(place);
}

window.addEventListener("popstate", (event) => {
  if (event.state?.reading) setReading(true);
  else if (page.classList.contains("reading")) leaveBeside();
});

document.addEventListener("DOMContentLoaded", setLevels);
