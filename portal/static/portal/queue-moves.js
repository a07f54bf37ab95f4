// The step that is on its way counts down; Ctrl Enter sends the open form. Without this file everything is links and
// forms.
(() => {
  const held = document.querySelector("[data-held]");
  if (held) {
    const ends = Date.now() + Number(held.dataset.held) * 1000;
    const left = held.querySelector("[data-held-left]");
    const tick = window.setInterval(() => {
      const seconds = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
      if (left) left.textContent = seconds;
      if (seconds) return;
      window.clearInterval(tick);
      // Too late to undo: the only thing left is to see what became of it.
      held.querySelector("form")?.remove();
      held.querySelector("[data-held-over]").hidden = false;
    }, 500);
  }
  // What was taken at once can be put back for some seconds; afterwards its button would only refuse.
  const taken = document.querySelector("[data-taken]");
  if (taken) window.setTimeout(() => taken.remove(), Number(taken.dataset.taken) * 1000);
  document.querySelector("[data-rehearsal]")?.focus();
  document.querySelector("form[data-step] [aria-invalid=true]")?.focus();
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter") document.querySelector("form[data-step] [name=go]")?.click();
  }, true);
})();
