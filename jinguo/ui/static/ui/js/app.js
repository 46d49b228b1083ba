// Entry: imports the behaviours named in <body data-modules="…">. Each starts itself and finds its elements by
// data- attributes, so this file knows only names. The imports are spelt out for the hashing of static files.
const modules = {
  "copy": () => import("./copy.js"),
  "dialog": () => import("./dialog.js"),
  "draft": () => import("./draft.js"),
  "htmx-setup": () => import("./htmx-setup.js"),
  "keys": () => import("./keys.js"),
  "seen": () => import("./seen.js"),
  "source-thread": () => import("./source-thread.js"),
  "submit-once": () => import("./submit-once.js"),
  "theme": () => import("./theme.js"),
  "toast": () => import("./toast.js"),
};

for (const name of (document.body.dataset.modules || "").split(/\s+/)) {
  if (modules[name]) modules[name]();
  else if (name) console.error(`no module ${name}`);
}
