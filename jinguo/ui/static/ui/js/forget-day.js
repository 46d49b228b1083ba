// On the page where one signs in, so after signing out too: the day's lists that were kept on this device for a failing
// network are deleted. Presses that were never sent hold no names; they stay, and the note says so, until they are sent.
// Drafts (draft.js) go too, unless the sign-in only ran out: then the address says where she goes on, and finds them there.
const note = document.querySelector("[data-unsent-presses]");
const ranOut = new URLSearchParams(location.search).has("next");
try {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith("draft:") && !ranOut) sessionStorage.removeItem(name);
  }
  const queues = Object.keys(localStorage).filter((name) => name.startsWith("presses:"));
  const waiting = queues.reduce((sum, name) => sum + JSON.parse(localStorage.getItem(name)).length, 0);
  if (note && waiting) {
    note.querySelector("[data-n]").textContent = waiting;
    note.hidden = false;
  }
  for (const name of Object.keys(localStorage)) if (name.startsWith("sent:")) localStorage.removeItem(name);
} catch { /* a browser that keeps nothing has nothing to tell */ }
if (window.caches && "serviceWorker" in navigator) {
  for (const name of await caches.keys()) if (name.startsWith("day:")) await caches.delete(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
}
