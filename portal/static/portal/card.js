// The card: whom to call after «@», texts kept while they are typed, keys. Without this file everything is links and forms.
(() => {
  const card = document.querySelector("[data-card]");
  if (!card) return;
  const write = card.querySelector("[data-compose]");
  const token = () => card.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const send = (url, fields, keepalive = false) =>
    fetch(url, { method: "POST", credentials: "same-origin", keepalive, body: new URLSearchParams({ ...fields, csrfmiddlewaretoken: token() }) });

  // Texts: kept a moment after the typing stops, and when the page is left; each in its own place.
  const WAIT = 1000;
  const watch = (form) => {
    const field = form.querySelector("textarea");
    const said = form.querySelector("[data-said]");
    let kept = field.value;
    let timer = 0;
    let leaving = false;
    const keep = async (last) => {
      window.clearTimeout(timer);
      if (leaving || field.value === kept) return;
      const text = field.value;
      const answer = await send(write.dataset.unsent, { kind: form.dataset.kind, text }, last).catch(() => null);
      if (!answer?.ok) return;
      kept = text;
      if (said && text) said.textContent = write.dataset.saved;
    };
    field.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, WAIT);
    });
    form.addEventListener("submit", (event) => { leaving = !event.defaultPrevented; });
    form.addEventListener("portal:keep", (event) => { event.detail.kept.push(keep()); });
    window.addEventListener("pagehide", () => keep(true));
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });
  };
  write?.querySelectorAll("form[data-kind]").forEach(watch);

  // «@»: a list under the text, by arrows, Enter or Tab; Escape leaves the word as it is.
  const note = write?.querySelector("#note-text");
  if (note) {
    const list = document.createElement("div");
    list.className = "q-offer";
    list.id = "note-people";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", write.dataset.offer);
    list.hidden = true;
    note.after(list);
    note.setAttribute("aria-controls", list.id);
    note.setAttribute("aria-autocomplete", "list");
    let at = -1;
    let chosen = 0;
    let asked = 0;
    const options = () => [...list.querySelectorAll("[role=option]")];
    const close = () => {
      list.hidden = true;
      at = -1;
      note.removeAttribute("aria-activedescendant");
    };
    const mark = (number) => {
      const all = options();
      chosen = (number + all.length) % all.length;
      all.forEach((each, place) => each.setAttribute("aria-selected", String(place === chosen)));
      note.setAttribute("aria-activedescendant", all[chosen].id);
    };
    const put = (option) => {
      const before = note.value.slice(0, at);
      const after = note.value.slice(note.selectionStart);
      const name = `@${option.dataset.handle} `;
      note.value = before + name + after.replace(/^ /, "");
      note.selectionStart = note.selectionEnd = before.length + name.length;
      close();
      note.focus();
      note.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const offer = (people) => {
      list.replaceChildren(...people.map((person, place) => {
        const option = document.createElement("div");
        option.setAttribute("role", "option");
        option.id = `note-person-${place}`;
        option.dataset.handle = person.handle;
        option.textContent = [person.name || person.handle, person.job].filter(Boolean).join(", ");
        option.addEventListener("mousedown", (event) => { event.preventDefault(); put(option); });
        return option;
      }));
      list.hidden = !people.length;
      list.style.top = `${note.offsetTop + note.offsetHeight + 2}px`;
      if (people.length) mark(0);
    };
    note.addEventListener("input", async () => {
      const before = note.value.slice(0, note.selectionStart);
      const found = /(?:^|[^\p{L}\p{N}_@.\/-])@([\p{L}\p{N}_-]{0,30})$/u.exec(before);
      if (!found) { close(); return; }
      at = before.length - found[1].length - 1;
      asked += 1;
      const mine = asked;
      const answer = await fetch(`${write.dataset.people}?q=${encodeURIComponent(found[1])}`, { credentials: "same-origin" }).catch(() => null);
      if (mine !== asked || at < 0 || !answer?.ok) return;
      // A sign-in that ran out answers with its page.
      const told = await answer.json().catch(() => null);
      if (told) offer(told.people);
    });
    note.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") mark(chosen + 1);
      else if (event.key === "ArrowUp") mark(chosen - 1);
      else if ((event.key === "Enter" && !event.ctrlKey) || event.key === "Tab") put(options()[chosen]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    note.addEventListener("blur", () => window.setTimeout(close, 150));
  }

  // Who else looks, and whether somebody changed the card: asked now and then, taken back when the page is left.
  const eye = card.querySelector("[data-presence]");
  const POLL = 20000;
  if (eye) {
    const show = ({ others, version }) => {
      if (version !== Number(eye.dataset.version)) {
        const told = document.createElement("a");
        told.className = "q-changed";
        told.href = window.location.href;
        told.textContent = eye.dataset.changed;
        eye.replaceChildren(told);
        return;
      }
      const words = others.length ? `${others.join(", ")} ${others.length > 1 ? eye.dataset.many : eye.dataset.one}` : "";
      if (eye.textContent.trim() === words) return;
      eye.replaceChildren();
      if (!words) return;
      const shown = document.createElement("span");
      shown.className = "q-eye";
      shown.innerHTML = '<svg class="icon icon-view" aria-hidden="true"><use href="#icon-view"></use></svg> ';
      shown.append(words);
      eye.append(shown);
    };
    const look = async () => {
      if (document.hidden) return;
      const answer = await send(eye.dataset.presence, {}).catch(() => null);
      const told = answer?.ok ? await answer.json().catch(() => null) : null;
      if (told) show(told);
    };
    window.setInterval(look, POLL);
    document.addEventListener("card:look", look);
    window.addEventListener("pageshow", (event) => { if (event.persisted) look(); });
    window.addEventListener("pagehide", () => {
      navigator.sendBeacon(eye.dataset.presence, new URLSearchParams({ gone: "1", csrfmiddlewaretoken: token() }));
    });
  }

  // Keys that the table names and no button of the card has.
  const queue = new URL(card.dataset.queue, window.location.href);
  const writeTo = (name) => {
    const radio = card.querySelector(`[data-key="${name}"]`);
    if (radio) radio.checked = true;
    card.querySelector(`form[data-kind="${name}"] textarea`)?.focus();
  };
  document.addEventListener("portal:key", (event) => {
    if (event.detail === "search") window.location.assign(`${queue.pathname}#search`);
    else if (["note", "letter"].includes(event.detail)) writeTo(event.detail);
    else return;
    event.preventDefault();
  });
  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest?.("form");
      if (form && card.contains(form)) {
        event.preventDefault();
        form.requestSubmit();
      }
      return;
    }
    if (event.key !== "Escape" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open], details.q-menu[open]")) return;
    if (event.target.matches?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]")) event.target.blur();
    else document.querySelector("[data-back]")?.click();
  });
})();
