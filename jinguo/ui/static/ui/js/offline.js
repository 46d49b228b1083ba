// A press that cannot arrive would put the browser's own error page in place of what she typed. So a form that is typed into
// for long (data-draft) first asks whether the house is there, every other asks the browser; without a network the page stays
// and says so, and so it does until the network is back. A slow answer is none of these: then the press goes its way.
// submit-once guards the form and is told when it did not leave.
const PATIENCE = 5000;

function sayOffline() {
  const region = document.querySelector("[data-toasts]");
  if (!region || region.querySelector("[data-offline-said]")) return;
  const toast = Object.assign(document.createElement("div"), { className: "toast" });
  toast.dataset.offlineSaid = "";
  toast.append(Object.assign(document.createElement("span"), { textContent: region.dataset.offline }));
  region.append(toast);
}

function takeBack() {
  for (const toast of document.querySelectorAll("[data-offline-said]")) toast.remove();
}

async function away() {
  const signal = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
  try {
    await fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal });
    return false;
  } catch (error) {
    return error.name === "TypeError";
  }
}

// On the window: after every script that sends a form its own way, also without a network (the day's presses).
window.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (event.defaultPrevented || !form.dataset.sent) return; // submit-once lets it go
  if (form.dataset.heard) {
    delete form.dataset.heard;
    return;
  }
  if (navigator.onLine && !form.hasAttribute("data-draft")) return;
  event.preventDefault();
  if (!navigator.onLine || (await away())) {
    form.dispatchEvent(new Event("unsent", { bubbles: true }));
    sayOffline();
    return;
  }
  takeBack();
  form.dispatchEvent(new Event("unsent", { bubbles: true }));
  form.dataset.heard = "yes";
  if (button && button.isConnected) form.requestSubmit(button);
  else form.requestSubmit();
});
window.addEventListener("online", takeBack);
