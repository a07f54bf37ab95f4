/* Small pieces that the pickers of the form editor are drawn from, and how they write numbers and dates. */
(() => {
  "use strict";

  function node(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => {
      if (value === false || value === null || value === undefined) return;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    });
    element.append(...children);
    return element;
  }

  function select(label, key, options, selected, onchange) {
    const element = node("select", { "aria-label": label, "data-key": key });
    const groups = new Map();
    options.forEach(([value, text, group]) => {
      const option = node("option", { value }, text);
      option.selected = value === selected;
      if (!group) { element.append(option); return; }
      if (!groups.has(group)) { groups.set(group, node("optgroup", { label: group })); element.append(groups.get(group)); }
      groups.get(group).append(option);
    });
    element.addEventListener("change", () => onchange(element.value));
    return element;
  }

  function input(attributes, value, oninput) {
    const element = node("input", {
      ...attributes,
      oninput: () => oninput(element.value),
      // Enter would send the form of the page.
      onkeydown: (event) => { if (event.key === "Enter") event.preventDefault(); },
    });
    element.value = value;
    return element;
  }

  function button(text, key, onclick, label) {
    const attributes = { type: "button", class: "button button-secondary button-small", "data-key": key, onclick };
    return node("button", label ? { ...attributes, "aria-label": label } : attributes, text);
  }

  function numberInput(label, key, value, put) {
    const attributes = { type: "text", inputmode: "decimal", "aria-label": label, "data-key": key, size: 8, maxlength: 24 };
    return input(attributes, showNumber(value), (text) => put(readNumber(text)));
  }

  function dateInput(label, key, value, put) {
    return input({ type: "date", "aria-label": label, "data-key": key }, value ?? "", (text) => put(text || null));
  }

  const readNumber = (text) => {
    const plain = text.replace(/\s/g, "").replace(",", ".").replace("−", "-");
    return /^-?\d{1,15}(\.\d{1,6})?$/.test(plain) ? Number(plain) : null;
  };
  const showNumber = (value) => (typeof value === "number" ? String(value).replace(".", ",") : "");
  const showDate = (value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? value.split("-").reverse().join(".") : value);

  /* «2 месяца»: the form of a word for a number, of three divided by «|». */
  function counted(count, forms) {
    const [one, few, many] = forms.split("|"), n = Math.abs(count), tens = n % 100, units = n % 10;
    if (!Number.isInteger(n)) return `${showNumber(n)} ${few}`;
    const word = tens > 10 && tens < 15 ? many : units === 1 ? one : units > 1 && units < 5 ? few : many;
    return `${showNumber(n)} ${word}`;
  }

  window.formBuild = { node, select, input, button, numberInput, dateInput, readNumber, showNumber, showDate, counted };
})();
