// Keeps what was typed in a form marked data-draft="key" in this tab until the server says it has it: an element with
// data-draft-done="draft:key" on a later page (the toast of a message with that extra tag, or your own). A page lost
// to the network gives the text back. Never for data-sensitive forms, passwords, files or hidden fields.
const KEEP = "input:not([type=hidden], [type=password], [type=file], [type=submit]), select, textarea";
const PREFIX = "draft:";

function kept(form) {
  return [...form.elements].filter((field) => field.matches(KEEP) && field.name && !field.closest("[data-sensitive]"));
}

function save(form) {
  const values = kept(form).map((field) => {
    if (field.type === "checkbox" || field.type === "radio") return [field.name, field.value, field.checked];
    return [field.name, field.value];
  });
  sessionStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify(values));
}

function untouched(form) {
  return kept(form).every((field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked === field.defaultChecked;
    if (field.tagName === "SELECT") return true;
    return field.value === field.defaultValue;
  });
}

function restore(form) {
  const stored = sessionStorage.getItem(PREFIX + form.dataset.draft);
  if (!stored || !untouched(form) || form.querySelector('[aria-invalid="true"]')) return;
  let changed = false;
  for (const [name, value, checked] of JSON.parse(stored)) {
    const field = kept(form).find((one) => one.name === name && (checked === undefined || one.value === value));
    if (!field) continue;
    if (checked !== undefined) {
      changed ||= field.checked !== checked;
      field.checked = checked;
    } else if (field.value !== value) {
      field.value = value;
      changed = true;
    }
  }
  const note = form.querySelector("[data-draft-note]");
  if (note && changed) note.hidden = false;
}

function eachForm(root, act) {
  for (const form of root.querySelectorAll("form[data-draft]:not([data-sensitive])")) act(form);
}

for (const done of document.querySelectorAll("[data-draft-done]")) {
  for (const key of done.dataset.draftDone.split(/\s+/)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}
eachForm(document, restore);

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && form.matches("[data-draft]:not([data-sensitive])")) save(form);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-draft-clear]");
  if (!button || !button.form) return;
  sessionStorage.removeItem(PREFIX + button.form.dataset.draft);
  button.form.reset();
  button.closest("[data-draft-note]").hidden = true;
});

document.addEventListener("htmx:load", (event) => eachForm(event.target, restore));
