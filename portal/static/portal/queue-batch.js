// An act for many opens over the list, and so does its progress; the window may be closed, the list goes on and a line
// below it says how far the act is. Without this file both are pages.
(() => {
  const dialog = document.querySelector("[data-batch-dialog]");
  if (!dialog?.showModal) return;
  const body = dialog.querySelector("[data-batch-body]");
  const line = document.querySelector("[data-batch-line]");
  const KEPT = "portal-batch";
  let asked = null;

  const follow = (address) => {
    body.replaceChildren();
    body.dataset.job = `${address}?part`;
    delete body.dataset.over;
    window.sessionStorage.setItem(KEPT, address);
    document.dispatchEvent(new CustomEvent("portal:job", { detail: body }));
  };
  const showLine = () => {
    const isKnown = Boolean(body.firstElementChild);
    line.hidden = dialog.open || !isKnown || line.dataset.seen === body.dataset.job;
    if (!isKnown) return;
    const words = [body.querySelector("h2"), body.querySelector("[data-job-said]")].map((node) => node?.textContent.trim());
    line.querySelector("span").textContent = words.filter(Boolean).join(". ");
  };
  body.addEventListener("portal:looked", () => {
    showLine();
    if (!body.querySelector("[data-job-over]") || body.dataset.over) return;
    body.dataset.over = "1";
    window.sessionStorage.removeItem(KEPT);
    document.dispatchEvent(new Event("queue:look"));
  });
  body.addEventListener("portal:gone", () => {
    window.sessionStorage.removeItem(KEPT);
    delete body.dataset.job;
  });
  // What is over and was looked at is not told again.
  dialog.addEventListener("close", () => {
    if (body.dataset.over) line.dataset.seen = body.dataset.job;
    showLine();
    document.querySelector("[data-queue] .q-who a")?.focus();
  });
  line.querySelector("[data-batch-open]").addEventListener("click", () => { dialog.showModal(); showLine(); });
  line.querySelector("[data-batch-hide]").addEventListener("click", () => {
    line.dataset.seen = body.dataset.job;
    showLine();
  });

  const open = (form, submitter) => {
    const fields = new URLSearchParams(new FormData(form));
    if (submitter?.name) fields.set(submitter.name, submitter.value);
    const detail = { address: form.action, opener: submitter, fields };
    return !document.dispatchEvent(new CustomEvent("portal:step", { detail, cancelable: true }));
  };
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-bulk]") && open(event.target, event.submitter)) event.preventDefault();
  });
  document.addEventListener("portal:led", (event) => {
    const { step, went, address } = event.detail;
    if (!step || step.keeps || went !== "go") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    document.querySelector("[data-bulk-clear]")?.click();
    follow(address.pathname);
    // The window of the form closes first.
    window.setTimeout(() => dialog.showModal());
  });
  // Stop, put back, try the rest again: the same buttons as on the page of it.
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (asked) return;
    const form = event.target;
    if (form.matches("[data-batch-again]")) {
      dialog.close();
      open(form, event.submitter);
      return;
    }
    asked = fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin" }).catch(() => null);
    const answer = await asked;
    asked = null;
    if (answer?.ok) follow(new URL(answer.url).pathname);
  });
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("[data-batch-close]")) return;
    event.preventDefault();
    dialog.close();
  });
  const kept = window.sessionStorage.getItem(KEPT);
  if (kept) follow(kept);
})();
