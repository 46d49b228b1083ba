// htmx in this house. What it may do is set in <meta name="htmx-config">: no eval, no inline styles, 422 is swapped.
// Here: the token on every request, a word when the network or the server fails, and the focus kept after a swap.
import { csrfToken } from "./csrf.js";

let before = "";

function say(name) {
  document.dispatchEvent(new CustomEvent("toast", { detail: { name } }));
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrfToken();
});

document.addEventListener("htmx:responseError", () => say("failed"));
document.addEventListener("htmx:sendError", () => say("offline"));
document.addEventListener("htmx:timeout", () => say("offline"));

document.addEventListener("htmx:beforeSwap", () => {
  before = document.activeElement ? document.activeElement.id : "";
});

document.addEventListener("htmx:afterSettle", (event) => {
  const root = event.target;
  if (root.matches("[data-by-itself]")) return; // nobody pressed anything: her place stays hers
  const error = root.querySelector(".errors[data-focus]");
  if (error) {
    error.focus();
    return;
  }
  // What the answer asks for comes first, wherever it stands: parts swapped beside it settle before it does.
  const wanted = document.querySelector("[data-focus]:not(.errors)");
  if (!wanted && document.activeElement && document.activeElement !== document.body) return;
  if (wanted) wanted.removeAttribute("data-focus");
  const target = wanted || (before && document.getElementById(before)) || root;
  if (!target.hasAttribute("tabindex") && !target.matches("a, button, input, select, textarea")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
});
