// data-renew="60": asks for the page again every so many seconds and puts its <main> in place of this one, without a flash.
// When the server is away or the session is over, what is shown stays, and [data-stale] says from when it is.
const main = () => document.querySelector("main[data-renew]");

async function renew() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("main[data-renew]");
    if (!fresh) throw new Error("no such page");
    main().replaceWith(document.adoptNode(fresh));
  } catch {
    for (const word of document.querySelectorAll("[data-stale]")) word.hidden = false;
  }
  wait();
}

function wait() {
  const shown = main();
  if (shown) setTimeout(renew, Number(shown.dataset.renew) * 1000);
}

wait();
