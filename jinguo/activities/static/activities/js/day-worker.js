// Shows the kept copy of one session's day page while the network is away; with a network it changes nothing. The copy is
// made by day.js in a cache named "day:<until>:<address of the page>"; one whose day is over, or whose reader may no
// longer see the page (signed out, link revoked), is deleted. A visitor's code scanned meanwhile leads to the copy too.
const PAGE = new URL(self.location.href).searchParams.get("page");
const PATIENCE = 8000; // ms: a network that does not answer is none

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function kept() {
  for (const name of await caches.keys()) {
    const [kind, until, page] = name.split(/:(.*?):(.*)/s);
    if (kind !== "day" || page !== PAGE) continue;
    if (Number(until) > Date.now()) return caches.open(name);
    await caches.delete(name);
  }
  return null;
}

async function forget() {
  for (const name of await caches.keys()) if (name.startsWith("day:") && name.endsWith(`:${PAGE}`)) await caches.delete(name);
}

function refused(answer) {
  return answer.type === "opaqueredirect" || [401, 403, 404, 410].includes(answer.status);
}

async function open(request, path) {
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), PATIENCE);
  try {
    const answer = await fetch(request, { signal: clock.signal });
    if (path === PAGE && refused(answer)) await forget();
    return answer;
  } catch {
    const cache = await kept();
    if (!cache) return Response.error();
    const copy = await cache.match(PAGE);
    if (path === PAGE) return copy || Response.error();
    const code = path.split("/").filter(Boolean).pop();
    return copy && path.startsWith("/c/") ? Response.redirect(`${PAGE}?q=${encodeURIComponent(code)}`, 303) : Response.error();
  } finally {
    clearTimeout(timer);
  }
}

async function part(request) {
  try {
    return await fetch(request);
  } catch {
    const cache = await kept();
    return (cache && await cache.match(request)) || Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(open(request, url.pathname));
  else if (["script", "style", "image", "font"].includes(request.destination)) event.respondWith(part(request));
});
