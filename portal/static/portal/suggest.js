// Pages that fit what is being typed into the search, below its line. Without this script one presses «Найти».
(() => {
  "use strict";
  const line = document.querySelector(".seek input[type=search]"), PAUSE = 150;
  if (!line) return;
  const make = (tag, attributes, ...inner) => {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...inner);
    return node;
  };
  const list = make("ul", { role: "listbox", id: "q_pages", "aria-label": line.dataset.pages });
  const said = make("p", { class: "vh", role: "status" });
  let shown = [], active = -1, timer = 0, asked = "";

  const close = () => {
    list.hidden = true;
    active = -1;
    line.setAttribute("aria-expanded", "false");
    line.removeAttribute("aria-activedescendant");
  };
  const light = (next) => {
    active = next;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
    if (active < 0) line.removeAttribute("aria-activedescendant");
    else line.setAttribute("aria-activedescendant", list.children[active].id);
  };
  const draw = (found) => {
    shown = found;
    list.replaceChildren(...found.map((each, n) => make(
      "li", { role: "option", id: `q_page_${n}`, "aria-selected": "false" },
      each.title, make("small", {}, each.kind),
    )));
    light(-1);
    list.hidden = !found.length;
    line.setAttribute("aria-expanded", String(Boolean(found.length)));
    said.textContent = found.length ? line.dataset.found.replace("%(n)s", found.length) : "";
  };
  const ask = async () => {
    const text = line.value.trim();
    asked = text;
    if (text.length < 2) return close();
    try {
      const answer = await fetch(`${line.dataset.suggest}?q=${encodeURIComponent(text)}`);
      // An answer that comes after more was typed is about other letters.
      if (answer.ok && asked === text && document.activeElement === line) draw((await answer.json()).suggestions);
    } catch { close(); }
  };

  line.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
  line.addEventListener("blur", close);
  line.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      event.preventDefault();
      // One place above the first is the line itself.
      light(((active + 1 + step + shown.length + 1) % (shown.length + 1)) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(shown[active].url);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const item = target.closest("[role=option]");
    if (item) location.assign(shown[[...list.children].indexOf(item)].url);
  });

  Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": list.id,
  }).forEach(([name, value]) => line.setAttribute(name, value));
  const around = make("div", { class: "combo" });
  line.replaceWith(around);
  around.append(line, list, said);
  close();
})();
