// Light, dark or as the system says, at once; the form behind it is what remembers, and what works without scripts.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-switch]") || !event.submitter) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  const theme = body.get("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const button of document.querySelectorAll("[data-theme-switch] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  try {
    await fetch(form.action, { method: "POST", body: new URLSearchParams(body), redirect: "manual" });
  } catch {
    document.dispatchEvent(new CustomEvent("toast", { detail: { name: "offline" } }));
  }
});
