// The steps open over the card, and over the list: the server's own form in a dialog. Escape closes it, what was typed is
// kept and comes back; so does the focus. Without this file each step is a page of its own.
(() => {
  const dialog = document.querySelector("[data-step-dialog]");
  if (!dialog?.showModal) return;
  const body = dialog.querySelector("[data-step-body]");
  const said = document.querySelector("[data-step-said]");
  const typed = new Map();
  // The list is told in words where it would lead, for it stays where it is.
  const ASKED = { "X-In-Place": dialog.dataset.stepDialog || "card" };
  const RETURN = "portal-step";
  let step = null;

  const form = () => body.querySelector("form[data-step]");
  const filled = (more) => {
    const fields = new URLSearchParams(new FormData(form()));
    Object.entries(more || {}).forEach(([name, value]) => fields.set(name, value));
    return fields;
  };
  // What a person typed: without what the page brings along, which is new each time it is drawn.
  const words = () => {
    if (!form()) return "";
    const fields = filled();
    ["csrfmiddlewaretoken", "expected", "template"].forEach((name) => fields.delete(name));
    return String(fields);
  };
  const isBegun = () => step && form() && words() !== step.clean;
  const post = (address, fields, more) => fetch(address, { method: "POST", body: fields, headers: ASKED, credentials: "same-origin", ...more });

  // The whole page goes on: the same address again is a reload, as nothing else would draw what changed. A list takes
  // the word and stays.
  const lead = (address, more) => {
    const there = new URL(address, window.location.href);
    if (step) step.sent = true;
    const title = body.querySelector("#step-title")?.textContent || "";
    const detail = { step, title, address: there, ...more };
    if (!document.dispatchEvent(new CustomEvent("portal:led", { detail, cancelable: true }))) {
      delete dialog.dataset.busy;
      if (dialog.open) dialog.close();
      return;
    }
    if (there.href === window.location.href.split("#")[0]) window.location.reload();
    else window.location.assign(there.href);
  };
  const drawn = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-step-part]");
  const isVisible = (node) => node.getClientRects().length > 0;
  const begin = () => [...(form()?.querySelectorAll("input:not([type=hidden]), select, textarea") || [])].find(isVisible)?.focus();

  // `fields`: what has to be sent to have the form at all, as for many applications at once; nothing of it is kept.
  const open = async (address, opener, fields) => {
    if (dialog.open || dialog.dataset.busy) return;
    dialog.dataset.busy = "1";
    if (said) said.textContent = "";
    let left = fields ? null : typed.get(address);
    if (!left) {
      const asked = fields ? post(address, fields) : fetch(address, { headers: ASKED, credentials: "same-origin" });
      const answer = await asked.catch(() => null);
      const leads = answer?.headers.get("X-Leads-To");
      const part = answer?.ok && !leads ? await drawn(answer) : null;
      if (!part) {
        // Refused with a reason that the card tells, or something that only a whole page can show.
        delete dialog.dataset.busy;
        if (leads || !fields) lead(leads || address, { words: leads ? await answer.text() : "" });
        return;
      }
      left = { part };
    }
    delete dialog.dataset.busy;
    body.replaceChildren(left.part);
    step = { address, opener, sent: false, keeps: !fields, clean: left.clean };
    step.clean ??= words();
    dialog.showModal();
    dialog.scrollTop = 0;
    begin();
  };

  // Kept on the server for whoever typed it, so that it survives the page as well.
  const keep = (last) => {
    // A letter is kept in its own place on the card.
    if (!isBegun() || step.sent || !step.keeps || (step.opener && step.opener === letter)) return null;
    return post(step.address, filled({ keep: "quietly" }), { keepalive: Boolean(last) }).catch(() => null);
  };
  dialog.addEventListener("close", async () => {
    const { address, opener, clean, sent } = step;
    const begun = isBegun() && !sent && step.keeps;
    const kept = keep();
    typed.set(address, { part: body.firstElementChild, clean });
    if (!begun) typed.delete(address);
    body.replaceChildren();
    step = null;
    if (opener?.isConnected && !sent) opener.focus();
    const answer = await kept;
    if (answer?.ok && said) said.textContent = dialog.dataset.kept;
  });
  window.addEventListener("pagehide", () => keep(true));

  const show = (part) => {
    body.replaceChildren(part);
    const wrong = part.querySelector(".w-field--error :is(input, select, textarea)") || part.querySelector("[role=alert]");
    const place = wrong || part.querySelector("[data-rehearsal]");
    if (!place) { begin(); return; }
    if (place.matches("[role=alert]")) place.tabIndex = -1;
    place.focus();
    place.scrollIntoView({ block: "nearest" });
  };
  const complain = () => {
    body.querySelector("[data-lost]")?.remove();
    const told = document.createElement("p");
    told.className = "q-error";
    told.dataset.lost = "";
    told.setAttribute("role", "alert");
    told.textContent = dialog.dataset.lost;
    body.querySelector(".q-actions").before(told);
  };
  dialog.addEventListener("submit", async (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    if (dialog.dataset.busy) return;
    dialog.dataset.busy = "1";
    const pressed = event.submitter;
    if (letter && step.opener === letter) await keepLetter();
    const answer = await post(step.address, filled(pressed?.name ? { [pressed.name]: pressed.value } : {})).catch(() => null);
    const leads = answer?.headers.get("X-Leads-To");
    if (leads) { lead(leads, { went: pressed?.name, words: await answer.text() }); return; }
    const part = answer ? await drawn(answer) : null;
    delete dialog.dataset.busy;
    if (!step) return;
    if (part) show(part);
    else complain();
  });

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const close = event.target.closest("[data-step-close]");
    if (close && dialog.contains(close)) {
      event.preventDefault();
      dialog.close();
      return;
    }
    const link = event.target.closest("a[data-step-link]");
    if (!link) return;
    event.preventDefault();
    open(link.href, link);
  });

  document.addEventListener("portal:step", (event) => {
    event.preventDefault();
    open(event.detail.address, event.detail.opener, event.detail.fields);
  });

  // The letter typed on the card is read over and sent in the dialog; what is changed there is changed here as well.
  const letter = document.querySelector("form[data-kind=letter] textarea");
  // First kept and then sent: kept after it, what has gone would come back as a draft.
  const keepLetter = () => {
    const detail = { kept: [] };
    letter.form.dispatchEvent(new CustomEvent("portal:keep", { detail }));
    return Promise.all(detail.kept);
  };
  document.addEventListener("submit", async (event) => {
    if (!letter || event.target !== letter.form) return;
    event.preventDefault();
    await keepLetter();
    const answer = await post(letter.form.action, new URLSearchParams(new FormData(letter.form))).catch(() => null);
    const leads = answer?.headers.get("X-Leads-To");
    if (!leads) letter.form.submit();
    else if (!leads.includes("kind=letter")) lead(leads);
    else {
      typed.delete(leads);
      open(leads, letter);
    }
  }, true);
  dialog.addEventListener("input", (event) => {
    if (!letter || step?.opener !== letter || event.target.name !== "text") return;
    letter.value = event.target.value;
    letter.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Undo leads back to what was typed: over the card too.
  document.querySelector("form[data-step-undo]")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const undo = event.target;
    const answer = await post(undo.action, new URLSearchParams(new FormData(undo))).catch(() => null);
    const leads = answer?.headers.get("X-Leads-To");
    if (!leads) { undo.submit(); return; }
    const card = undo.dataset.stepUndo;
    if (leads !== card) window.sessionStorage.setItem(RETURN, leads);
    lead(card);
  });
  const back = window.sessionStorage.getItem(RETURN);
  window.sessionStorage.removeItem(RETURN);
  if (back) open(back, document.querySelector(`a[data-step-link][href="${back}"]`));
})();
