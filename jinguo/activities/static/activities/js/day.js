// The day's page, with or without a network. Every press is written down on this device first, then sent; a press keeps
// its own code, so that sending it twice counts once. While the day lasts the page itself is kept too (day-worker.js).
const door = document.querySelector("[data-door]");
const told = door.dataset;
const roll = document.querySelector("[data-roll]");
const QUEUE = `presses:${told.session}:${told.who}`;
const SENT = `sent:${told.session}:${told.who}`;
const HASTE = 600; // ms in which a second press on one form is a finger that hit twice
const EVERY = 20000; // ms between looks at the network while something waits
let memory = {}; // where the browser keeps nothing
let sending = false;
let keeper = 0;

// --- what is written down on this device -----------------------------------------------------------------------------

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name) || "[]");
  } catch {
    return memory[name] || [];
  }
}

function write(name, rows) {
  memory[name] = rows;
  try {
    if (rows.length) localStorage.setItem(name, JSON.stringify(rows));
    else localStorage.removeItem(name);
  } catch { /* kept in this page only; the note for an insecure address says so */ }
}

function newCode() {
  const letters = "23456789abcdefghjkmnpqrstuvwxyz";
  const draw = () => [...crypto.getRandomValues(new Uint8Array(24))].filter((n) => n < letters.length * 8);
  return [...draw(), ...draw(), ...draw()].slice(0, 12).map((n) => letters[n % letters.length]).join("");
}

function press(facts) {
  write(QUEUE, [...read(QUEUE), { code: newCode(), at: Date.now(), ...facts }]);
  show();
  send();
}

// --- what the page shows ---------------------------------------------------------------------------------------------

function say(name, number) {
  for (const line of door.querySelectorAll("[data-say]")) line.hidden = line.dataset.say !== name;
  const line = door.querySelector(`[data-say="${name}"] [data-n]`);
  if (line && number !== undefined) line.textContent = number;
}

function state() {
  const waiting = read(QUEUE).length;
  if (waiting) say(navigator.onLine && sending ? "sending" : "waiting", waiting);
  else if (!navigator.onLine) say("offline");
  else if (!window.isSecureContext || !("serviceWorker" in navigator)) say("insecure");
  else say(told.until ? (door.hasAttribute("data-kept") ? "ready" : "online") : "online");
}

function paint(code, came) {
  const line = document.getElementById(`s-${code}`);
  if (!line) return;
  for (const part of line.querySelectorAll("[data-when]")) part.hidden = (part.dataset.when === "came") !== came;
}

function show() {
  const made = Number(told.made);
  const marks = [...read(SENT).filter((row) => row.made > made), ...read(QUEUE)];
  for (const row of marks) if (row.sign_up) paint(row.sign_up, row.kind === "mark");
  const list = door.querySelector("[data-unsent]");
  list.replaceChildren();
  for (const row of read(QUEUE).filter((each) => each.kind === "walk_in" || each.kind === "heads")) {
    const copy = door.querySelector(`template[data-line="${row.kind}"]`).content.cloneNode(true);
    copy.querySelector("[data-n]").textContent = row.kind === "walk_in" ? row.people : row.on_site || row.online || row.women;
    copy.querySelector("button").dataset.drop = row.code;
    list.append(copy);
  }
  list.hidden = !list.children.length;
  state();
}

function tally(name, number) {
  const place = document.querySelector(`[data-tally="${name}"]`);
  if (place) place.textContent = number;
}

function refused(answers) {
  const list = door.querySelector("[data-refused]");
  for (const answer of answers.filter((each) => !each.done)) {
    const line = document.createElement("li");
    line.textContent = answer.said;
    list.append(line);
  }
  list.hidden = !list.children.length;
}

// --- sending ---------------------------------------------------------------------------------------------------------

async function send() {
  const waiting = read(QUEUE).slice(0, 100);
  if (sending || !waiting.length) return;
  sending = true;
  state();
  try {
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const answer = await fetch(told.door, {
      method: "POST", redirect: "manual", body: JSON.stringify({ now: Date.now(), presses: waiting }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    });
    if (answer.ok) taken(waiting, await answer.json());
    else say(answer.status === 422 ? "broken" : answer.status >= 500 ? "waiting" : "again", read(QUEUE).length);
    sending = false;
    if (answer.ok) after(waiting);
  } catch { // no network, or a wall that answers for it
    sending = false;
    say("waiting", read(QUEUE).length);
  }
}

function taken(sent, { answers, made, tally: numbers }) {
  const codes = new Set(answers.map((answer) => answer.code));
  const undone = new Set(answers.filter((answer) => !answer.done).map((answer) => answer.code));
  write(QUEUE, read(QUEUE).filter((row) => !codes.has(row.code)));
  write(SENT, [...read(SENT), ...sent.map((row) => ({ ...row, made }))].slice(-500));
  for (const row of sent) if (undone.has(row.code) && row.sign_up) paint(row.sign_up, row.kind !== "mark");
  write(SENT, read(SENT).filter((row) => !undone.has(row.code)));
  refused(answers);
  tally("came", numbers.came);
  tally("walked_in", numbers.walked_in);
}

function after(sent) {
  show();
  if (read(QUEUE).length) send();
  if (sent.some((row) => !row.sign_up)) fresh();
  clearTimeout(keeper);
  keeper = setTimeout(keep, 1500);
}

// What only the server can draw: the head-count, and walk-ins with the button that takes each back.
async function fresh() {
  try {
    const answer = await fetch(location.pathname, { redirect: "manual" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-fresh]")) {
      const newer = page.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
      if (newer) part.replaceWith(document.importNode(newer, true));
    }
  } catch { /* the next look brings it */ }
}

// --- keeping the page ------------------------------------------------------------------------------------------------

async function keep() {
  if (!window.caches || !("serviceWorker" in navigator)) return;
  for (const name of await caches.keys()) {
    const over = name.startsWith("day:") && Number(name.split(":")[1]) <= Date.now();
    if (over || (name.endsWith(`:${told.page}`) && name !== `day:${told.until}:${told.page}`)) await caches.delete(name);
  }
  if (!told.until || Number(told.until) <= Date.now() || !navigator.onLine) return;
  try {
    const copy = await fetch(`${told.page}?whole`, { redirect: "manual" });
    if (!copy.ok) return;
    const cache = await caches.open(`day:${told.until}:${told.page}`);
    const parts = [...performance.getEntriesByType("resource"), ...document.querySelectorAll("link[rel=stylesheet]")];
    const files = parts.map((part) => part.href || part.name).filter((one) => one.startsWith(location.origin + told.static));
    await cache.addAll([...new Set(files)]);
    await cache.put(told.page, copy);
    for (const place of [told.page, told.arrive]) {
      await navigator.serviceWorker.register(`${place}worker.js?page=${encodeURIComponent(told.page)}`, { scope: place });
    }
    await navigator.serviceWorker.ready;
    door.toggleAttribute("data-kept", true);
    state();
  } catch { state(); }
}

async function wipe() {
  for (const name of await caches.keys()) if (name.startsWith("day:")) await caches.delete(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  write(SENT, []);
  door.toggleAttribute("data-kept", false);
  say("wiped");
}

// --- presses ---------------------------------------------------------------------------------------------------------

document.querySelector("#main").addEventListener("submit", (event) => {
  const form = event.target.closest("[data-press]");
  if (!form) return;
  if (Date.now() - Number(form.dataset.pressed || 0) < HASTE && form.dataset.press !== "find") {
    event.preventDefault(); // by now 来了 has become 撤销, and the number of people is 1 again
    return;
  }
  form.dataset.pressed = Date.now();
  const typed = Object.fromEntries(new FormData(form));
  if (form.dataset.press === "mark") {
    event.preventDefault();
    press({ kind: event.submitter && event.submitter.name === "undo" ? "undo" : "mark", sign_up: form.dataset.signUp });
  } else if (form.dataset.press === "walk_in" && /^[1-9]\d{0,2}$/.test(typed.people) && Number(typed.people) <= 500) {
    event.preventDefault();
    press({ kind: "walk_in", people: Number(typed.people) });
    form.reset();
  } else if (form.dataset.press === "heads" && !navigator.onLine && (typed.on_site || typed.women || typed.online)) {
    event.preventDefault();
    const { on_site, women, online, exactness } = typed;
    press({ kind: "heads", on_site, women, online, exactness });
  } else if (form.dataset.press === "later" && !navigator.onLine) {
    event.preventDefault();
    say("later");
    door.scrollIntoView({ block: "start" });
  } else if (form.dataset.press === "find" && roll && roll.hasAttribute("data-whole")) {
    event.preventDefault();
    find(typed.q);
  }
});

door.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.drop) {
    write(QUEUE, read(QUEUE).filter((row) => row.code !== button.dataset.drop));
    show();
  }
  if (button.hasAttribute("data-wipe")) wipe();
  if (button.hasAttribute("data-send")) send();
});

// --- finding, when the whole list is on the page ---------------------------------------------------------------------

function plain(words) {
  return words.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
}

function find(typed) {
  const words = plain(typed);
  const lines = [...roll.children];
  const exact = lines.filter((line) => words && plain(line.dataset.token) === words);
  const fits = (line) => !words || line.dataset.name.includes(words) || line.dataset.last === words;
  for (const line of lines) line.hidden = exact.length ? !exact.includes(line) : !fits(line);
  const count = document.querySelector("[data-found]");
  count.hidden = !words;
  count.querySelector("[data-n]").textContent = lines.filter((line) => !line.hidden).length;
}

const asked = new URLSearchParams(location.search).get("q");
if (asked && roll && roll.hasAttribute("data-whole")) {
  document.querySelector('[data-press="find"] input').value = asked;
  find(asked);
}
door.hidden = false;
show();
send();
addEventListener("online", () => { state(); send(); });
addEventListener("offline", state);
document.addEventListener("visibilitychange", () => document.hidden || send());
setInterval(() => navigator.onLine && send(), EVERY);
if (document.readyState === "complete") keep();
else addEventListener("load", keep);
