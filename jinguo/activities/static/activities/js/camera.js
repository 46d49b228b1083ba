// A camera in the page, only where the browser itself reads codes from pictures and the address is secure. Elsewhere the
// button stays away: the phone's own scanner, the six characters and the name always work.
const opener = document.querySelector("[data-camera]");
const finder = document.querySelector("[data-viewfinder]");
const video = finder && finder.querySelector("video");
const PATH = /\/c\/[0-9a-z]+\/([0-9A-Za-z]{6})\/?$/;
const AGAIN = 250; // ms between looks at the picture
let stream = null;
let reader = null;

async function offered() {
  if (!opener || !window.isSecureContext || !("BarcodeDetector" in window) || !navigator.mediaDevices) return false;
  try {
    return (await window.BarcodeDetector.getSupportedFormats()).includes("qr_code");
  } catch {
    return false;
  }
}

function said(name) {
  for (const line of finder.querySelectorAll("[data-says]")) line.hidden = line.dataset.says !== name;
}

function shut() {
  if (stream) for (const track of stream.getTracks()) track.stop();
  stream = null;
  video.srcObject = null;
  video.hidden = true;
}

function take(text) {
  const found = PATH.exec(text);
  if (!found || !text.includes(`/c/${opener.dataset.camera}/`)) {
    said("other");
    return;
  }
  shut();
  finder.hidden = true;
  const form = document.querySelector('[data-press="find"]');
  form.elements.q.value = found[1];
  delete form.dataset.pressed;
  form.requestSubmit();
  const line = document.querySelector("[data-roll] > li:not([hidden]) [data-when]:not([hidden])");
  if (line) line.scrollIntoView({ block: "center" });
}

async function look() {
  if (!stream) return;
  try {
    const [code] = await reader.detect(video);
    if (code && stream) take(code.rawValue);
  } catch { /* the picture is not there yet */ }
  if (stream) setTimeout(look, AGAIN);
}

async function open() {
  finder.hidden = false;
  said("wait");
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  } catch {
    said("denied");
    return;
  }
  reader = reader || new window.BarcodeDetector({ formats: ["qr_code"] });
  video.srcObject = stream;
  video.hidden = false;
  video.play().catch(() => {}); // not waited for: a slow camera shows its first picture when it has one
  said("ready");
  look();
}

if (await offered()) {
  opener.hidden = false;
  opener.addEventListener("click", open);
  finder.querySelector("[data-shut]").addEventListener("click", () => {
    shut();
    finder.hidden = true;
    opener.focus();
  });
  document.addEventListener("visibilitychange", () => document.hidden && shut());
  addEventListener("pagehide", shut);
}
