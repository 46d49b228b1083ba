// data-dialog="id" opens the dialog of that id. The same element is a link to a page with the same question, or a
// submit button to one, so without scripts the question is asked there.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const box = document.getElementById(opener.dataset.dialog);
    if (box && box.showModal) {
      event.preventDefault();
      box.showModal();
    }
    return;
  }
  const closer = event.target.closest("[data-dialog-close]");
  const box = closer && closer.closest("dialog");
  if (box) {
    event.preventDefault();
    box.close();
  } else if (event.target instanceof HTMLDialogElement && event.target.open) {
    const edge = event.target.getBoundingClientRect();
    const inside = event.clientX >= edge.left && event.clientX <= edge.right &&
      event.clientY >= edge.top && event.clientY <= edge.bottom;
    if (!inside) event.target.close();
  }
});
