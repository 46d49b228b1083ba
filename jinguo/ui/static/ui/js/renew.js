// data-renew="60": asks for the page again every so many seconds and puts its <main> in place of this one, without a flash.
// What is shown stays when the server is away or silent ([data-stale] says from when it is) and when the session is over
// ([data-over] says so and leads to the sign-in page).
const PATIENCE = 20000; // a server that says nothing must not stop the clock
const main = () => document.querySelector("main[data-renew]");

function say(word) {
  for (const line of document.querySelectorAll("[data-stale], [data-over]")) line.hidden = !line.matches(word);
}

async function renew() {
  try {
    const patience = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
    const answer = await fetch(location.href, { credentials: "same-origin", redirect: "manual", signal: patience });
    if (answer.type === "opaqueredirect" || answer.status === 403) say("[data-over]");
    else if (!answer.ok) throw new Error(String(answer.status));
    else show(await answer.text());
  } catch {
    say("[data-stale]");
  }
  wait();
}

function show(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("main[data-renew]");
  if (!fresh) throw new Error("no such page");
  main().replaceWith(document.adoptNode(fresh));
}

function wait() {
  const shown = main();
  if (shown) setTimeout(renew, Number(shown.dataset.renew) * 1000);
}

wait();
