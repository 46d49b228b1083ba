// The quick way out also takes this page out of the way back: the entry in the history is replaced, not followed by another.
for (const way of document.querySelectorAll("[data-leave]")) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(way.href);
  });
}
