// A double click sends once. Every POST form is guarded; data-many on a form lets it go. The pressed button says it is
// busy; nothing is disabled, so its name and value still travel. Freed when the page comes back from the cache, when
// htmx has its answer, and after a while, in case the answer was a download or the network gave up.
const WAIT = 15000;

function free(form) {
  delete form.dataset.sent;
  for (const button of form.ownerDocument.querySelectorAll("[data-busy-of]")) {
    if (button.form !== form) continue;
    button.removeAttribute("aria-busy");
    delete button.dataset.busyOf;
  }
}

function guarded(form) {
  return (form.getAttribute("method") || "").toLowerCase() === "post" && !form.hasAttribute("data-many");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!guarded(form)) return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (event.submitter && event.submitter.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = String(Date.now());
  const button = event.submitter || form.querySelector('button:not([type="button"])');
  if (button) {
    button.setAttribute("aria-busy", "true");
    button.dataset.busyOf = "form";
  }
  const mine = form.dataset.sent;
  setTimeout(() => form.dataset.sent === mine && free(form), WAIT);
}, true);

// A script that handles the form itself and refuses it must not leave it locked.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented && guarded(event.target) && !event.target.matches("[hx-post], [data-hx-post]")) {
    free(event.target);
  }
});

document.addEventListener("unsent", (event) => free(event.target)); // another script says: it has not left

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest && event.target.closest("form");
  if (form) free(form);
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) free(form);
});

// The quick way out of a discreet page takes the page out of the way back, too: its entry in the history is replaced. It
// stands in this file because such a page may cost a visitor no further request.
for (const way of document.querySelectorAll("[data-leave]")) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(way.href);
  });
}
