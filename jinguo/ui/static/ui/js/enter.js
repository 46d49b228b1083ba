// In a field with data-enter="id" Enter (in a longer text Ctrl or ⌘ with Enter) presses that button and no other; Escape
// leaves the field.
document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-enter]");
  if (!field || event.isComposing || event.defaultPrevented) return;
  const sends = event.key === "Enter" && (field.matches("input") || event.ctrlKey || event.metaKey);
  if (sends) {
    event.preventDefault();
    document.getElementById(field.dataset.enter)?.click();
  } else if (event.key === "Escape") field.blur();
});
