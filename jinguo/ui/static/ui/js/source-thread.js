// The source thread: elements with the same data-thread belong together (a sentence and its item, a field and its
// evidence). Pointing at one or focusing it lights all; a click also brings the twin into view in its own pane.
// Without scripts the numbered boxes are plain links to the twin.
const ON = "is-on";

function twins(ref) {
  return document.querySelectorAll(`[data-thread="${CSS.escape(ref)}"]`);
}

function light(ref, on) {
  for (const element of twins(ref)) element.classList.toggle(ON, on);
}

let pinned = "";

function pin(ref) {
  if (pinned) light(pinned, false);
  pinned = ref;
  light(ref, true);
}

function threadOf(event) {
  return event.target.closest ? event.target.closest("[data-thread]") : null;
}

function enter(event) {
  const element = threadOf(event);
  if (element) light(element.dataset.thread, true);
}

function leave(event) {
  const element = threadOf(event);
  if (!element || element.dataset.thread === pinned) return;
  if (event.relatedTarget && element.contains(event.relatedTarget)) return;
  light(element.dataset.thread, false);
}

function show(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "center", inline: "nearest" });
}

document.addEventListener("pointerover", enter);
document.addEventListener("pointerout", leave);
document.addEventListener("focusin", enter);
document.addEventListener("focusout", leave);

document.addEventListener("click", (event) => {
  const element = threadOf(event);
  if (!element) return;
  const link = event.target.closest("a, button, input, select, textarea, label");
  const ours = link && link.matches("a[data-thread]");
  pin(element.dataset.thread);
  if (link && !ours) return;
  const side = element.closest("[data-side], .pane, section");
  const twin = [...twins(element.dataset.thread)].find((other) => other.closest("[data-side], .pane, section") !== side);
  if (!twin) return;
  if (ours) {
    event.preventDefault();
    history.replaceState(history.state, "", link.hash);
    twin.focus({ preventScroll: true });
  }
  show(twin);
});

if (location.hash) {
  const start = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (start && start.dataset.thread) pin(start.dataset.thread);
}
