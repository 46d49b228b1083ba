// Tells the server once that the page was really before somebody's eyes: data-seen-url on any element. Opening alone is
// not reading: a mail scanner opens pages too, but never shows them.
import { csrfToken } from "./csrf.js";

const DWELL = 1000;
let told = false;

async function tell() {
  const element = document.querySelector("[data-seen-url]");
  if (!element || told || document.visibilityState !== "visible") return;
  told = true;
  try {
    const answer = await fetch(element.dataset.seenUrl, {
      method: "POST",
      headers: { "X-CSRFToken": csrfToken() },
      credentials: "same-origin",
      keepalive: true,
    });
    told = answer.ok || answer.status < 500;
  } catch {
    told = false;
  }
}

function wait() {
  if (document.visibilityState === "visible") setTimeout(tell, DWELL);
}

document.addEventListener("visibilitychange", wait);
window.addEventListener("online", wait);
wait();
