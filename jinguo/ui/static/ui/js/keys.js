// Single keys. An element says its own with data-key="Y"; the current item's buttons come before the page's. A list
// with data-walk moves with J and K. Off while typing, with a modifier held, or once the reader has turned them off
// (help, opened by ?), which this browser remembers. A field in a closed fold is opened by its key.
const off = () => localStorage.getItem("keys") === "off";
const help = document.querySelector("[data-keys-help]");

function typing(target) {
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), select, textarea");
}

function current() {
  return document.activeElement?.closest("[data-walk] > *") || document.querySelector("[data-walk] > .is-now");
}

function walk(key) {
  const step = { j: 1, k: -1 }[key.toLowerCase()];
  const items = [...document.querySelectorAll("[data-walk] > *")].filter((item) => item.offsetParent);
  if (!step || !items.length) return false;
  const at = items.indexOf(current());
  const next = items[Math.min(Math.max(at + step, 0), items.length - 1)];
  for (const item of items) item.classList.toggle("is-now", item === next);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function press(key) {
  const selector = `[data-key="${CSS.escape(key.toUpperCase())}"], [data-key="${CSS.escape(key)}"]`;
  const item = current();
  const target = (item && item.querySelector(selector)) || document.querySelector(selector);
  if (!target) return false;
  if (target.matches("input, select, textarea")) {
    target.closest("details:not([open])")?.setAttribute("open", "");
    target.focus();
  }
  else target.click();
  return true;
}

function fillHelp() {
  const list = help.querySelector("[data-keys-list]");
  const known = new Map();
  for (const element of document.querySelectorAll("[data-key]")) {
    const words = element.dataset.keyLabel || element.textContent.replace(element.dataset.key, "").trim();
    if (!known.has(element.dataset.key)) known.set(element.dataset.key, words);
  }
  list.replaceChildren();
  for (const [key, words] of known) {
    const term = document.createElement("dt");
    term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    list.append(term, Object.assign(document.createElement("dd"), { textContent: words }));
  }
}

function labelToggle() {
  const toggle = help.querySelector("[data-keys-toggle]");
  toggle.textContent = off() ? toggle.dataset.on : toggle.dataset.off;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key.length !== 1 || typing(event.target) || document.querySelector("dialog:modal")) return;
  if (event.key === "?" && help) {
    fillHelp();
    labelToggle();
    help.showModal();
  } else if (off() || !(press(event.key) || walk(event.key))) return;
  event.preventDefault();
});

if (help) {
  help.querySelector("[data-keys-toggle]").addEventListener("click", () => {
    localStorage.setItem("keys", off() ? "on" : "off");
    labelToggle();
  });
}
