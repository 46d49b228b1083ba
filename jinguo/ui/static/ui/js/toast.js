// What is said after an act. Messages printed by the server get a close button and, when they ask nothing, leave by
// themselves; other modules and the server (HX-Trigger: {"toast": "…"}) add more with the event `toast`.
const STAY = 8000;
const region = document.querySelector("[data-toasts]");

function leave(toast) {
  let timer = setTimeout(() => toast.remove(), STAY);
  const hold = () => clearTimeout(timer);
  const go = () => { timer = setTimeout(() => toast.remove(), STAY / 2); };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusout", go);
}

function dress(toast) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn--dense";
  close.textContent = region.dataset.close;
  close.addEventListener("click", () => toast.remove());
  toast.append(close);
  if (!toast.querySelector("a, form") && !toast.hasAttribute("data-stay")) leave(toast);
}

function say(text) {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.append(Object.assign(document.createElement("span"), { textContent: text }));
  region.append(toast);
  dress(toast);
}

if (region) {
  for (const toast of region.querySelectorAll("[data-toast]")) dress(toast);
  document.addEventListener("toast", (event) => {
    const detail = event.detail || {};
    const text = typeof detail === "string" ? detail : detail.value || detail.text || region.dataset[detail.name];
    if (text) say(text);
  });
}
