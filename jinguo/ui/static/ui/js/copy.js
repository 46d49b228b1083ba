// data-copy="text" puts the text on the clipboard; data-copy="#id" the words of that element. Without scripts the words
// stand there to be selected.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const wanted = button.dataset.copy;
  const source = wanted.startsWith("#") ? document.querySelector(wanted) : null;
  const text = source ? source.value || source.textContent.trim() : wanted;
  try {
    await navigator.clipboard.writeText(text);
    document.dispatchEvent(new CustomEvent("toast", { detail: { name: "copied" } }));
  } catch {
    if (!source) return;
    const range = document.createRange();
    range.selectNodeContents(source);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }
});
