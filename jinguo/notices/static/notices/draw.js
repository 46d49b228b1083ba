// Drawing a missing item: words selected on the paper (pointer, finger or keys) become the start and end of a new item.
// Every stretch of the paper says in data-at where it begins in the raw text, counted in code points, so what is sent is
// exact. Keys, once A was pressed: ↑ ↓ sentence, ← → the end, with Shift the beginning, with Ctrl or Alt to the next
// punctuation mark, Enter adds, N says it was looked at, Escape stops.
const paper = document.querySelector("[data-paper]");
const bar = document.querySelector("[data-draw]");
const words = bar.querySelector("[data-draw-words]");
const seen = bar.querySelector("[data-draw-seen]");
const LONGEST = 60;
const ENDS = "，。；：！？、,;";
let letters = [];
let sentences = [];
let from = 0;
let to = 0;
let before = null;
let waiting = 0;

function map() {
  letters = [];
  sentences = [];
  let last = null;
  for (const stretch of paper.querySelectorAll("[data-at]")) {
    const key = stretch.dataset.sentence || stretch.closest("p, h2, h3").id;
    if (key !== last) sentences.push({ first: letters.length, id: stretch.dataset.sentence || "" });
    last = key;
    let at = Number(stretch.dataset.at);
    const walker = document.createTreeWalker(stretch, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      let offset = 0;
      for (const letter of walker.currentNode.data) {
        letters.push({ node: walker.currentNode, offset, letter, at, stretch });
        offset += letter.length;
        at += 1;
      }
    }
  }
  sentences.forEach((sentence, n) => { sentence.last = n + 1 < sentences.length ? sentences[n + 1].first : letters.length; });
}

function text() {
  return letters.slice(from, to).map((each) => each.letter).join("");
}

function sentenceAt(index) {
  return sentences.findIndex((each) => index < each.last);
}

function select() {
  const range = document.createRange();
  const end = letters[to - 1];
  range.setStart(letters[from].node, letters[from].offset);
  range.setEnd(end.node, end.offset + end.letter.length);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  const pane = paper.closest(".pane");
  const box = range.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  if (pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY === "auto") {
    const bottom = Math.min(frame.bottom, innerHeight) - bar.offsetHeight - 24;
    if (box.top < frame.top + 24 || box.bottom > bottom) pane.scrollTop += box.top - frame.top - (bottom - frame.top) / 4;
  } else if (box.top < 80 || box.bottom > innerHeight - bar.offsetHeight - 120) {
    scrollBy(0, box.top - innerHeight / 3);
  }
}

function tell() {
  const chosen = text();
  bar.elements.start.value = letters[from].at;
  bar.elements.end.value = letters[to - 1].at + 1;
  const short = chosen.length > LONGEST ? `${chosen.slice(0, LONGEST / 2)}……${chosen.slice(-LONGEST / 2)}` : chosen;
  words.querySelector("[data-draw-quote]").textContent = short;
  const whole = sentences[sentenceAt(from)];
  const unseen = letters[from].stretch.classList.contains("is-unseen");
  seen.hidden = !(unseen && whole && whole.first === from);
  seen.dataset.sentence = unseen ? whole.id : "";
  bar.hidden = false;
  clearTimeout(waiting);
  waiting = setTimeout(() => { bar.querySelector("[data-draw-said]").textContent = chosen; }, 300);
}

function stop() {
  if (bar.hidden) return;
  bar.hidden = true;
  getSelection().removeAllRanges();
  if (before && before.isConnected) before.focus({ preventScroll: true });
  before = null;
}

function draw(n) {
  from = sentences[n].first;
  to = sentences[n].last;
  while (to - 1 > from && /\s/.test(letters[to - 1].letter)) to -= 1;
  select();
  tell();
}

function start(n) {
  if (bar.hidden) before = document.activeElement;
  bar.hidden = false;
  draw(n);
  words.focus({ preventScroll: true });
}

// ---- pointer and finger -------------------------------------------------------------------------------------------

function reach(range, stretch) {
  const whole = document.createRange();
  whole.selectNodeContents(stretch);
  const inside = range.cloneRange();
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) inside.setStart(whole.startContainer, whole.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) inside.setEnd(whole.endContainer, whole.endOffset);
  if (inside.collapsed || !inside.toString()) return null;
  const lead = document.createRange();
  lead.setStart(whole.startContainer, whole.startOffset);
  lead.setEnd(inside.startContainer, inside.startOffset);
  const first = Number(stretch.dataset.at) + [...lead.toString()].length;
  return [first, first + [...inside.toString()].length];
}

function selected() {
  const selection = getSelection();
  if (document.activeElement === words) return;
  const range = selection.rangeCount ? selection.getRangeAt(0) : null;
  if (!range || range.collapsed || !paper.contains(range.commonAncestorContainer)) {
    if (!bar.hidden && !bar.contains(document.activeElement)) bar.hidden = true;
    return;
  }
  const parts = [...paper.querySelectorAll("[data-at]")].filter((each) => range.intersectsNode(each));
  const spans = parts.map((each) => reach(range, each)).filter(Boolean);
  if (!spans.length) return;
  map();
  from = letters.findIndex((each) => each.at === spans[0][0]);
  to = letters.findIndex((each) => each.at === spans[spans.length - 1][1] - 1) + 1;
  if (from < to) tell();
}

let timer = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  timer = setTimeout(selected, 150);
});

// ---- keys ---------------------------------------------------------------------------------------------------------

function step(at, way, jump) {
  let next = at + way;
  if (jump) while (next > 0 && next < letters.length && !ENDS.includes(letters[next - 1].letter)) next += way;
  return next;
}

words.addEventListener("keydown", (event) => {
  const way = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    draw(Math.min(Math.max(sentenceAt(from) + way, 0), sentences.length - 1));
  } else if (way) {
    const jump = event.ctrlKey || event.altKey;
    if (event.shiftKey) from = Math.min(Math.max(step(from, way, jump), 0), to - 1);
    else to = Math.min(Math.max(step(to, way, jump), from + 1), letters.length);
    select();
    tell();
  } else if (event.key === "Enter") {
    bar.querySelector("[name=kind]").click();
  } else if (event.key.toLowerCase() === "n" && !seen.hidden) {
    seen.click();
  } else if (event.key === "Escape") {
    stop();
  } else if (event.key.length > 1 || event.key === "?" || event.key.toLowerCase() === "g") {
    return;
  }
  event.preventDefault();
});

bar.addEventListener("keydown", (event) => {
  if (event.key === "Escape") stop();
});

bar.querySelector("[data-draw-stop]").addEventListener("click", stop);

seen.addEventListener("htmx:configRequest", (event) => {
  event.detail.parameters = { sentence: seen.dataset.sentence };
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "work") {
    bar.hidden = true;
    getSelection().removeAllRanges();
    document.querySelector("#work .add [autofocus]")?.focus();
  }
});

// ---- where to begin -----------------------------------------------------------------------------------------------

function currentSentence() {
  const item = document.activeElement?.closest("[data-thread]") || document.querySelector("[data-walk] > .is-now");
  const source = item && paper.querySelector(`[data-at][data-thread="${CSS.escape(item.dataset.thread || "")}"]`);
  const index = source ? letters.findIndex((each) => each.stretch === source) : 0;
  return Math.max(sentenceAt(Math.max(index, 0)), 0);
}

function nextIdle() {
  const unseen = sentences.filter((each) => letters[each.first].stretch.classList.contains("is-unseen"));
  const idle = unseen.length ? unseen : sentences.filter((each) => letters[each.first].stretch.classList.contains("is-idle"));
  const next = idle.find((each) => each.first > (bar.hidden ? -1 : from)) || idle[0];
  return next ? sentences.indexOf(next) : -1;
}

document.addEventListener("click", (event) => {
  const begin = event.target.closest("[data-draw-start]");
  const idle = event.target.closest("[data-next-idle]");
  if (!begin && !idle) return;
  map();
  if (!letters.length) return;
  const n = begin ? currentSentence() : nextIdle();
  if (n < 0) return;
  event.preventDefault();
  start(n);
});
