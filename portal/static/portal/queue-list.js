// The queue by keyboard, new items without a reload, moves from the list. Without this file everything is links and forms.
(() => {
  const place = document.querySelector("[data-queue]");
  if (!place) return;
  const POLL = 20000;
  const app = () => place.querySelector(".q-app");
  const links = () => [...place.querySelectorAll(".q-who a")];
  const rowOf = (node) => node?.closest?.("tr[data-row]");
  const current = () => rowOf(document.activeElement) || place.querySelector("tr.is-active");
  const view = () => new URLSearchParams(window.location.search);
  const token = () => place.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const numberOf = (row) => row.querySelector(".q-c-number")?.textContent || "";

  // Rows: one has the mark, the focus walks over their links.
  const mark = (row) => {
    place.querySelectorAll("tr.is-active").forEach((each) => each.classList.remove("is-active"));
    row?.classList.add("is-active");
  };
  const step = (by) => {
    const all = links();
    if (!all.length) return;
    const here = all.findIndex((link) => rowOf(link) === current());
    const next = here < 0 ? 0 : Math.min(all.length - 1, Math.max(0, here + by));
    all[next].focus();
  };
  place.addEventListener("focusin", (event) => { if (rowOf(event.target)) mark(rowOf(event.target)); });

  const reload = async (query, focus) => {
    const answer = await fetch(`${place.dataset.results}?${query}`, { credentials: "same-origin" });
    if (!answer.ok) return;
    place.innerHTML = await answer.text();
    prepare();
    const all = links();
    (all.find((link) => rowOf(link).dataset.row === focus) || all[0])?.focus();
  };

  // The card's address keeps the list behind its question mark.
  const cardOf = (row) => new URL(row.querySelector(".q-who a").href);
  const go = (row, path) => {
    if (!row) return;
    const card = cardOf(row);
    window.location.assign(card.pathname + path + card.search);
  };
  // A step opens over the list; without the dialog it is a page.
  const open = (row, path) => {
    if (!row) return;
    const card = cardOf(row);
    const detail = { address: card.pathname + path + card.search, opener: row.querySelector(".q-who a") };
    if (document.dispatchEvent(new CustomEvent("portal:step", { detail, cancelable: true }))) go(row, path);
  };
  const rowAt = (address) => place.querySelector(`tr[data-row="${/\/(\d+)\//.exec(address)?.[1]}"]`);
  const after = (row) => {
    const all = links();
    const here = all.findIndex((link) => rowOf(link) === row);
    return rowOf(all[here + 1] || all[here - 1])?.dataset.row;
  };
  const take = async (row) => {
    if (!row) return;
    const body = new URLSearchParams({ expected: row.dataset.version, csrfmiddlewaretoken: token() });
    const next = after(row);
    const answer = await fetch(`${cardOf(row).pathname}take/`, { method: "POST", body, redirect: "manual", credentials: "same-origin" });
    if (answer.type !== "opaqueredirect") { go(row, ""); return; }
    const { pathname } = cardOf(row);
    const words = `${undoBar.dataset.saidTaken}: № ${numberOf(row)}`;
    await reload(view(), place.querySelector(`[data-folder=open][aria-current]`) ? row.dataset.row : next);
    offerUndo(words, pathname, row.dataset.row);
  };

  // What was done from the list is told in a bar below it, and can be undone from there for some seconds.
  const undoBar = document.querySelector("[data-undo]");
  const seconds = Number(undoBar.dataset.undo);
  const READ = 8000;
  let undoTimer = 0;
  const hideUndo = () => { undoBar.hidden = true; };
  const tell = (words, undo) => {
    const button = undoBar.querySelector("button");
    window.clearTimeout(undoTimer);
    undoBar.querySelector("[data-undo-words]").textContent = words;
    button.hidden = !undo;
    // A refusal is told in the same place, without the sign of what was done.
    undoBar.classList.toggle("is-plain", !undo);
    button.onclick = undo || null;
    undoBar.hidden = false;
    undoTimer = window.setTimeout(hideUndo, undo ? seconds * 1000 : READ);
  };
  const offerUndo = (words, path, row) => {
    if (!seconds) { hideUndo(); return; }
    tell(words, async () => {
      hideUndo();
      const body = new URLSearchParams({ csrfmiddlewaretoken: token() });
      const answer = await fetch(path.replace(/(\?|$)/, "undo/$1"), { method: "POST", body, headers: { "X-In-Place": "list" }, credentials: "same-origin" }).catch(() => null);
      const leads = answer?.headers.get("X-Leads-To");
      if (leads) tell(await answer.text());
      await reload(view(), row);
      // What was typed comes back in its form.
      const address = leads && new URL(leads, window.location.href);
      const link = place.querySelector(`tr[data-row="${row}"] .q-who a`);
      if (link && address.pathname !== cardOf(rowOf(link)).pathname) {
        document.dispatchEvent(new CustomEvent("portal:step", { detail: { address: leads, opener: link }, cancelable: true }));
      }
    });
  };
  // A step over the list was sent, kept or refused: the list goes on at the next row, and says what became of it.
  document.addEventListener("portal:led", async (event) => {
    const { step, went, title, words, address } = event.detail;
    if (!step && !words) return;
    event.preventDefault();
    const row = rowAt(step ? step.address : address.pathname);
    if (!row || went !== "go") {
      tell(words);
      row?.querySelector(".q-who a").focus();
      return;
    }
    const card = cardOf(row);
    const next = after(row);
    const sent = `${undoBar.dataset.saidLeaves}: ${title}, № ${numberOf(row)}`;
    await reload(view(), next);
    if (seconds && !words) offerUndo(sent, card.pathname + card.search, row.dataset.row);
    else tell(words);
  });

  // What the table of keys names; the rest of it is links and buttons.
  const KEYS = {
    down: () => step(1),
    up: () => step(-1),
    take: () => take(current()),
    ...Object.fromEntries(["assign", "ask", "put_off", "hand_over", "resolve"].map((name) => [name, () => open(current(), `${name}/`)])),
    search: () => document.querySelector("[data-search-form] input[name=q]")?.focus(),
    filters: () => {
      const menu = place.querySelector("[data-filters]");
      menu.open = true;
      menu.querySelector("select, input")?.focus();
    },
    undo: () => { if (!undoBar.hidden) undoBar.querySelector("button:not([hidden])")?.click(); },
  };
  document.addEventListener("portal:key", (event) => {
    const act = KEYS[event.detail];
    if (!act) return;
    event.preventDefault();
    act();
  });
  window.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(); }, true);

  // Menus: one open at a time; a click elsewhere and Escape close them.
  const closeMenus = (except) => place.querySelectorAll("details.q-menu[open]").forEach((menu) => {
    if (menu === except) return;
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.q-menu")));

  const prepare = () => {
    const hint = place.querySelector("[data-keys-hint]");
    if (hint) hint.hidden = place.dataset.keys !== "1";
    // Empty fields make an address that nobody wants to send to a colleague.
    place.querySelector("[data-filters] form")?.addEventListener("submit", (event) => {
      event.target.querySelectorAll("select, input").forEach((field) => { field.disabled = field.disabled || !field.value; });
    });
    // On a phone the folders stand in one line that slides.
    const folders = place.querySelector(".q-folders");
    const here = folders?.querySelector("[aria-current]");
    if (here) folders.scrollLeft = here.offsetLeft - folders.offsetLeft - 12;
    lookSoon();
  };
  // The search box of Wagtail swaps the list in place.
  document.addEventListener("w-swap:success", prepare);

  // Who has a card open. The sign is Wagtail's own, as the server draws it.
  const showEye = (spot, names) => {
    if (!spot || spot.textContent.trim() === (names && `${names} ${names.includes(",") ? "смотрят" : "смотрит"}`)) return;
    if (!names) { spot.replaceChildren(); return; }
    const eye = document.createElement("span");
    eye.className = "q-eye";
    eye.innerHTML = '<svg class="icon icon-view" aria-hidden="true"><use href="#icon-view"></use></svg> ';
    eye.append(`${names} ${names.includes(",") ? "смотрят" : "смотрит"}`);
    spot.replaceChildren(eye);
  };

  // A step that is on its way: the sign is there for as long as it can be undone, so the page looks again when it is over.
  const showWay = (spot, held) => {
    if (!spot || Boolean(spot.firstChild) === held) return;
    if (!held) { spot.replaceChildren(); return; }
    const way = document.createElement("span");
    way.className = "q-way";
    way.innerHTML = '<svg class="icon icon-time" aria-hidden="true"><use href="#icon-time"></use></svg> ';
    way.append("шаг уходит");
    spot.replaceChildren(way);
  };
  let soon = 0;
  const lookSoon = () => {
    window.clearTimeout(soon);
    if (seconds && place.querySelector(".q-way")) soon = window.setTimeout(look, (seconds + 2) * 1000);
  };

  // Rows that changed are drawn anew where they stand; what left the list stays in its place and says so.
  const refresh = async (changed, versions) => {
    if (!changed.length) return;
    const answer = await fetch(`${place.dataset.results}?${view()}`, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    changed.filter((row) => row.isConnected).forEach((row) => {
      const made = drawn.querySelector(`tr[data-row="${row.dataset.row}"]`);
      // What is chosen for many stays as it was chosen: the batch tells what became of it.
      if (!made || row.querySelector("[data-pick]:checked")) {
        row.dataset.heard = String(versions[row.dataset.row] ?? "");
        if (!row.querySelector(".q-gone")) row.querySelector("[data-way]").insertAdjacentHTML("afterend", '<span class="q-gone">изменилось</span>');
        return;
      }
      const focused = row.contains(document.activeElement);
      if (row.classList.contains("is-active")) made.classList.add("is-active");
      row.replaceWith(made);
      if (focused) made.querySelector(".q-who a").focus();
    });
  };

  // New items never move the rows under the hand: they change the numbers and offer a button.
  const look = async () => {
    if (document.hidden) return;
    const query = view();
    query.set("since", app()?.dataset.newest || "0");
    query.set("rows", [...place.querySelectorAll("tr[data-row]")].map((row) => row.dataset.row).join(","));
    const answer = await fetch(`${place.dataset.fresh}?${query}`, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return;
    // A sign-in that ran out answers with its page.
    const told = await answer.json().catch(() => null);
    if (!told) return;
    const { counts, fresh, looking, held, versions } = told;
    place.querySelectorAll("tr[data-row]").forEach((row) => {
      showEye(row.querySelector("[data-eye]"), looking[row.dataset.row] || "");
      showWay(row.querySelector("[data-way]"), held.includes(Number(row.dataset.row)));
    });
    lookSoon();
    refresh([...place.querySelectorAll("tr[data-row]")].filter((row) => 
      ![row.dataset.version, row.dataset.heard].includes(String(versions[row.dataset.row] ?? ""))), versions);
    Object.entries(counts).forEach(([key, count]) => {
      const number = place.querySelector(`[data-folder="${key}"] .q-n`);
      if (!number) return;
      number.textContent = count;
      number.classList.toggle("q-n--hot", number.dataset.hot === "1" && count !== "0");
    });
    const spot = place.querySelector("[data-fresh-place]");
    if (!fresh || !spot || spot.querySelector("button[data-count='" + fresh + "']")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small";
    button.dataset.count = fresh;
    button.textContent = `Показать новые: ${fresh}`;
    button.addEventListener("click", () => {
      const first = view();
      first.delete("p");
      reload(first, "");
    });
    spot.replaceChildren(button);
  };
  const every = Number(place.dataset.poll) || POLL;
  window.setInterval(look, every);
  window.addEventListener("focus", look);
  window.addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  document.addEventListener("queue:look", look);
  prepare();
  // The card's key for search leads here.
  if (window.location.hash === "#search") document.querySelector("[data-search-form] input[name=q]")?.focus();
})();
