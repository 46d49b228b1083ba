// The confirming desk: the card the keys act on opens, its sentence lights up in the other pane, and both stay in sight.
// Without scripts every card stands open and every act is a form (desk.css, the templates).
const ON = "is-now";
let lit = "";

function rows() {
  return document.querySelectorAll("[data-walk] > .item");
}

function scrolls(pane) {
  return pane && pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY === "auto";
}

function bringIntoPane(element, pane) {
  const box = element.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  const bottom = Math.min(frame.bottom, innerHeight);
  if (box.top >= frame.top + 24 && box.bottom <= bottom - 24) return;
  pane.scrollTop += box.top - frame.top - (bottom - frame.top) / 3;
}

function showSentence(item) {
  const thread = item.dataset.thread || "";
  if (lit && lit !== thread) mark(lit, false);
  lit = thread;
  if (!thread) return;
  mark(thread, true);
  const paper = document.getElementById("paper");
  const source = paper.querySelector(`[data-thread="${CSS.escape(thread)}"]`);
  if (source && scrolls(paper)) bringIntoPane(source, paper);
}

function mark(thread, on) {
  for (const element of document.querySelectorAll(`#paper [data-thread="${CSS.escape(thread)}"]`)) {
    element.classList.toggle("is-on", on);
  }
}

function makeCurrent(item) {
  for (const each of rows()) each.classList.toggle(ON, each === item);
  showSentence(item);
}

function settle() {
  const item = document.querySelector(`[data-walk] > .${ON}`);
  if (!item) return;
  showSentence(item);
  const pane = item.closest(".pane");
  if (scrolls(pane)) bringIntoPane(item, pane);
  else item.scrollIntoView({ block: "nearest" });
}

// A button takes the focus while it is being pressed; the card must not open under the finger and move the button away.
let pressing = false;
document.addEventListener("pointerdown", () => { pressing = true; }, true);
document.addEventListener("click", () => { pressing = false; }, true);
document.addEventListener("pointercancel", () => { pressing = false; }, true);
document.addEventListener("keydown", () => { pressing = false; }, true);

document.addEventListener("focusin", (event) => {
  if (pressing) return;
  const item = event.target.closest("[data-walk] > .item");
  if (item && !item.classList.contains(ON)) makeCurrent(item);
});

document.addEventListener("click", (event) => {
  const item = event.target.closest("[data-walk] > .item");
  if (item && !event.target.closest("a, button, input, select, textarea, label, summary")) {
    item.focus({ preventScroll: true });
  }
});

document.addEventListener("htmx:afterSettle", settle);

// After an act that drew the whole page again; the jump to the address's #work comes first and takes the focus away.
function takeUp() {
  const item = document.querySelector(`[data-walk] > .${ON}`);
  if (!item) return;
  showSentence(item);
  if (!new URLSearchParams(location.search).has("just")) return; // a first visit begins at the top of the page
  item.focus({ preventScroll: true });
  settle();
}

if (document.readyState === "complete") takeUp();
else addEventListener("load", () => setTimeout(takeUp));
