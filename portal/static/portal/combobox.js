// A long list of places becomes a line to type into, with what fits below it. The list itself stays in the page, unseen,
// and is what is sent; without this script it is simply shown.
(() => {
  "use strict";
  const form = document.querySelector("form[data-step], form[data-seek-form]"), FROM = 13, MOST = 100;
  if (!form) return;
  const words = JSON.parse(document.getElementById("step-data").textContent).words;
  const fold = (text) => text.toLowerCase().replace(/ё/g, "е").replace(/[^a-zа-я0-9]+/g, " ").trim();
  const make = (tag, attributes, ...inner) => {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...inner);
    return node;
  };

  // What begins with the words typed comes first, then what has them anywhere.
  function fitting(options, text) {
    const asked = fold(text);
    const rank = ({ key, also }) => (!asked || key.startsWith(asked) ? 0 : ` ${key} ${also}`.includes(` ${asked}`) ? 1 : key.includes(asked) ? 2 : 3);
    return [0, 1, 2].flatMap((wanted) => options.filter((each) => rank(each) === wanted)).slice(0, MOST);
  }

  function upgrade(select) {
    const id = select.id, label = select.closest(".field")?.querySelector("label");
    const options = [...select.options].filter((each) => each.value).map((each) => ({ value: each.value, label: each.label, key: fold(each.label), also: fold(each.dataset.also || "") }));
    if (options.length < FROM || !id || !label || select.dataset.seek === "on") return;
    select.dataset.seek = "on";
    const hint = make("p", { class: "hint", id: `${id}_seek` }, words.seek);
    const list = make("ul", { role: "listbox", id: `${id}_options`, "aria-label": label.firstChild.textContent.trim() });
    const said = make("p", { class: "vh", role: "status" });
    const line = make("input", {
      type: "text", class: select.className, id, role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
      "aria-describedby": [hint.id, select.getAttribute("aria-describedby")].filter(Boolean).join(" "),
    });
    if (select.getAttribute("aria-invalid")) line.setAttribute("aria-invalid", "true");
    let shown = [], active = -1;

    const label_of = (value) => options.find((each) => each.value === value)?.label || "";
    const close = () => {
      list.hidden = true;
      active = -1;
      line.setAttribute("aria-expanded", "false");
      line.removeAttribute("aria-activedescendant");
    };
    const light = (next) => {
      active = next;
      [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
      const item = list.children[active];
      if (!item) return line.removeAttribute("aria-activedescendant");
      line.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    };
    const open = (text) => {
      shown = fitting(options, text);
      list.replaceChildren(...shown.map((each, n) => make("li", { role: "option", id: `${id}_option_${n}`, "aria-selected": "false" }, each.label)));
      list.hidden = !shown.length;
      line.setAttribute("aria-expanded", String(Boolean(shown.length)));
      light(-1);
      list.scrollIntoView({ block: "nearest" });
      said.textContent = shown.length ? words.found.replace("%(n)s", shown.length) : words.nothing;
    };
    const choose = (value) => {
      if (value) line.value = label_of(value);
      close();
      if (select.value === value) return;
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    };
    // What was typed without choosing counts when only one place can be meant.
    const settle = () => {
      const asked = fold(line.value), fits = asked ? fitting(options, line.value) : [];
      const one = fits.find((each) => each.key === asked) || (fits.length === 1 ? fits[0] : null);
      choose(one ? one.value : "");
      hint.textContent = asked && !one ? (fits.length ? words.several : words.nothing) : words.seek;
    };

    line.value = label_of(select.value);
    line.addEventListener("input", () => open(line.value));
    line.addEventListener("click", () => { if (list.hidden) open(""); });
    line.addEventListener("blur", settle);
    line.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (list.hidden) open(label_of(select.value) === line.value ? "" : line.value);
        if (shown.length) light((active + step + (active < 0 && step < 0 ? 1 : 0) + shown.length) % shown.length);
      } else if (event.key === "Enter" && !list.hidden) {
        event.preventDefault();
        if (active >= 0) choose(shown[active].value);
        else settle();
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => {
      const item = target.closest("[role=option]");
      if (item) choose(shown[[...list.children].indexOf(item)].value);
    });
    select.addEventListener("change", () => { if (select.value) line.value = label_of(select.value); });

    select.removeAttribute("id");
    select.hidden = true;
    close();
    label.after(hint);
    select.after(make("div", { class: "combo" }, line, list), said);
  }

  const look = () => form.querySelectorAll("select[data-seek]").forEach(upgrade);
  look();
  // A question that appears later brings its list with it.
  new MutationObserver(look).observe(form, { childList: true, subtree: true });
})();
