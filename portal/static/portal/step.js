// What is typed into a step is kept while it is typed: on the server, and in this tab as long as the server cannot be
// reached. Nothing is sent twice, a newer answer from another tab is never overwritten unseen. Without this script
// answers are kept when a button is pressed.
(() => {
  "use strict";
  const form = document.querySelector("form[data-step]");
  const PREFIX = "unsaved:";
  const store = {
    all() { try { return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)); } catch (_error) { return []; } },
    get(key) { try { return JSON.parse(sessionStorage.getItem(key)); } catch (_error) { return null; } },
    put(key, value) { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch (_error) { /* full or forbidden */ } },
    drop(key) { try { sessionStorage.removeItem(key); } catch (_error) { /* forbidden */ } },
  };
  if (!form) return store.all().forEach(store.drop); // arrived on a page after the steps: nothing is left behind

  const data = JSON.parse(document.getElementById("step-data").textContent), words = data.words;
  const KEY = PREFIX + data.autosave, PAUSE = 1500, LONGEST = 8000, PATIENCE = 20000;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const tab = Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => n.toString(16).padStart(2, "0")).join("");
  const told = document.getElementById("told"), trouble = document.getElementById("trouble");
  const saved = document.querySelector(".saved");
  let basis = data.basis, timer = 0, since = 0, sending = null, delay = 0, stopped = false, left = 0, greeted = false;

  const OWN = ["csrfmiddlewaretoken", "draft", "version", "basis", "tab"];
  const body = (of = form) => {
    const found = new URLSearchParams();
    new FormData(of).forEach((value, name) => {
      if (typeof value === "string" && !OWN.includes(name)) found.append(name, value);
    });
    return found;
  };
  const state = () => body().toString();
  // As the server drew it: on a slow line there are words in the page before this script is.
  const pristine = () => {
    const copy = form.cloneNode(true);
    copy.reset();
    return body(copy).toString();
  };
  let drawn = pristine(), known = data.unsaved ? null : drawn;

  const message = (text) => {
    const line = trouble.querySelector("p");
    if (line.textContent !== text) line.textContent = text;
    trouble.hidden = !text;
  };
  const record = (more) => store.put(KEY, { basis, tab, body: state(), ...more });

  const parcel = () => {
    const parcel = body();
    if (parcel.toString() === drawn && !data.typed && !data.unsaved) parcel.append("same", "1");
    [["basis", basis], ["tab", tab], ["csrfmiddlewaretoken", token], ["draft", form.elements.draft.value]].forEach(([name, value]) => parcel.append(name, value));
    return parcel;
  };

  const lost = () => {
    record();
    message(words.offline);
    delay = Math.min(60000, (delay || 1500) * 2);
    plan(delay);
    return false;
  };

  const taken = (answer, sent) => {
    basis = answer.basis;
    known = sent;
    delay = 0;
    if (state() === sent) store.drop(KEY);
    message("");
    if (!answer.saved) return;
    form.dataset.draft = "1";
    form.elements.draft.value = answer.draft;
    saved.hidden = false;
    saved.querySelector("span").textContent = answer.saved;
    if (!greeted) told.textContent = words.keeps;
    greeted = true;
  };

  // Resolves with whether the server holds what stands on the page.
  async function post() {
    const sent = state();
    if (sent === known || stopped) return !stopped;
    const patience = window.AbortController ? new AbortController() : null;
    const bell = setTimeout(() => patience && patience.abort(), PATIENCE);
    try {
      const response = await fetch(data.autosave, { method: "POST", body: parcel(), credentials: "same-origin", signal: patience && patience.signal });
      if (response.status >= 500 || response.status === 429) return lost();
      if (response.ok) {
        taken(await response.json(), sent);
        if (state() !== sent) plan();
        return true;
      }
      stopped = true;
      message(response.status === 409 ? (await response.json()).stop : words.old);
      return false;
    } catch (_error) {
      return lost();
    } finally {
      clearTimeout(bell);
    }
  }

  // One at a time; the first one of all begins the draft, and so does the first file: they take turns.
  function save() {
    clearTimeout(timer);
    since = 0;
    if (sending) return sending.then(() => (state() === known ? true : save()));
    const before = form.dataset.draft ? null : form.turn;
    sending = Promise.resolve(before).then(post);
    if (!form.dataset.draft) form.turn = sending;
    return sending.finally(() => { sending = null; });
  }

  function plan(pause) {
    if (stopped) return;
    if (delay && !pause) return record(); // the line is dead: the next try is planned already
    clearTimeout(timer);
    since = since || Date.now();
    // The step itself is on its way; should it never arrive, keeping goes on.
    if (left) pause = 10000;
    timer = setTimeout(save, pause || Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  }

  const hide = (name, value) => {
    const input = form.appendChild(document.createElement("input"));
    Object.assign(input, { type: "hidden", name, value, className: "pressed" });
  };

  // «Продолжить» goes off once, after what is being saved, and not into a line that is known to be dead.
  function depart(button) {
    left = Date.now();
    clearTimeout(timer);
    form.querySelectorAll(".pressed").forEach((each) => each.remove());
    record({ sent: true });
    hide("basis", data.confirmed || basis);
    hide("tab", tab);
    if (button && button.name) hide(button.name, button.value);
    form.submit();
  }

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (Date.now() - left < 3000) return;
    const focused = event.submitter || document.activeElement;
    const button = focused && focused.form === form && focused.type === "submit" ? focused : null;
    const doubtful = delay > 0 || navigator.onLine === false;
    if (!sending && !doubtful) return depart(button);
    left = Date.now();
    (doubtful ? save() : sending).then((fine) => {
      left = 0;
      if (fine || stopped || !doubtful) return depart(button);
      message(words.wait);
      trouble.scrollIntoView({ block: "nearest" });
    });
  });

  const typed = ({ target }) => { if (target.type !== "file") plan(/^(radio|checkbox|select-one)$/.test(target.type) ? 400 : 0); };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  window.addEventListener("online", () => { if (delay) save(); });
  // A page that goes out of sight may never come back: its words go at once, and no answer is awaited.
  let beamed = null;
  function beam() {
    const now = state();
    if (left || stopped || now === known || now === beamed) return;
    record();
    if (navigator.sendBeacon && navigator.sendBeacon(data.autosave, parcel())) beamed = now;
  }
  window.addEventListener("pagehide", beam);
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? beam() : state() === known || plan()));
  // A page out of the browser's memory may be older than the server's state.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // What this tab could not save: back into the page, or behind a button if the server has had something newer since.
  function put(kept) {
    const values = new URLSearchParams(kept), names = new Set([...values.keys(), ...new FormData(form).keys()]);
    names.forEach((name) => {
      const wanted = values.getAll(name);
      const inputs = [...form.elements].filter((each) => each.name === name && !/^(hidden|file|submit)$/.test(each.type));
      inputs.forEach((each, n) => {
        if (/^(radio|checkbox)$/.test(each.type)) each.checked = wanted.includes(each.value);
        else if (n < wanted.length) each.value = wanted[n];
        each.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
    told.textContent = words.back;
  }
  function restore() {
    store.all().forEach((key) => { if (key !== KEY && (store.get(key) || {}).sent) store.drop(key); });
    const kept = store.get(KEY), now = state();
    if (known === drawn) drawn = known = pristine(); // the rules have shown and hidden questions since
    if (kept && document.querySelector(".oops")) return store.drop(KEY);
    if (!kept || kept.body === now) return store.drop(KEY);
    if (kept.basis === basis || kept.tab === data.tab) return put(kept.body);
    if (kept.sent) return store.drop(KEY);
    message(words.differs);
    const button = trouble.querySelector("div").appendChild(document.createElement("button"));
    Object.assign(button, { type: "button", className: "plain", textContent: words.restore });
    button.addEventListener("click", () => {
      button.remove();
      message("");
      put(kept.body);
    });
  }

  // Long answers are counted as they grow; a screen reader hears it after a pause, and only near the end.
  const plural = (n) => {
    const [one, few, many] = words.units.split(","), tens = n % 100, ones = n % 10;
    return tens > 10 && tens < 20 ? many : ones === 1 ? one : ones > 1 && ones < 5 ? few : many;
  };
  function count(area) {
    const rest = Number(area.dataset.most) - Array.from(area.value.replace(/\r\n/g, "\n")).length, n = Math.abs(rest);
    let line = area.parentElement.querySelector(".count");
    if (!line) {
      line = document.createElement("p");
      line.className = "hint after count";
      area.after(line);
    }
    line.textContent = (rest < 0 ? words.over : words.left).replace("%(n)s", n).replace("%(unit)s", plural(n));
    line.classList.toggle("over", rest < 0);
    return rest <= Number(area.dataset.most) / 5 ? line.textContent : "";
  }
  const counted = () => form.querySelectorAll("textarea[data-most]").forEach((area) => { if (area.value) count(area); });
  let speaking = 0;
  form.addEventListener("input", ({ target }) => {
    if (!target.dataset || !target.dataset.most) return;
    const rest = count(target);
    clearTimeout(speaking);
    if (rest) speaking = setTimeout(() => { told.textContent = rest; }, 1200);
  });

  counted();
  if (data.draft) form.dataset.draft = "1";
  const start = () => {
    restore();
    if (state() !== known) plan(400);
  };
  if (data.rules && !form.dataset.live) form.addEventListener("live", start, { once: true });
  else start();
  form.dataset.kept = "1";
})();
