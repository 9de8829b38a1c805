// What one can do with an answer: copy a quote, make the sheet, say whether it helped.
"use strict";

function announce(text) {
  find("#said").textContent = text;
}

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
    button.textContent = said.dataset.copied;
  } catch {
    button.textContent = said.dataset.notCopied;
  }
  announce(button.textContent);
  setTimeout(() => {
    button.textContent = button.dataset.label;
    announce("");
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

// --- Whether it helped: only where the operator counts, and only the kind and a word ---------

async function sendOpinion(button) {
  const said = find("#said");
  const box = button.closest(".feedback");
  const { verdict } = button.dataset;
  const kind = JSON.parse(button.closest("[data-turn]").dataset.turn).kind;
  const root = find("#sheet-form").getAttribute("action").replace(/\/sheet$/, "");
  const sent = await ordinaryFetch(`${root}/feedback`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ kind, verdict }),
  }).catch(() => null);
  if (sent?.ok && verdict === "not_helpful") {
    box.classList.add("asks-why");
    announce(find(".why", box).textContent);
    find(".why button", box).focus();
    return;
  }
  const done = document.createElement("p");
  done.className = "note";
  done.tabIndex = -1;
  done.textContent = sent?.ok ? said.dataset.thanks : said.dataset.notCounted;
  box.replaceChildren(done);
  done.focus();
}
