/* The preview of a step: what an editor tries is sent nowhere. It stays in this tab, so that the preview, drawn anew at
   every change of the form, shows it again. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-step]");
  if (!form) return;
  const KEY = `tried:${location.pathname}:${form.dataset.step}`;
  // Rows of one's own: added, copied and removed here, for there is no server to ask.
  const BLANK = "--row--";
  function change(action, key, id) {
    const list = form.querySelector(`input[type=hidden][name="${key}"]`), ids = list.value.split(",").filter(Boolean);
    const card = (row) => document.getElementById(`id_${key}.${row}`);
    if (action === "row_remove") {
      card(id).remove();
      ids.splice(ids.indexOf(id), 1);
    } else {
      let model = list, n = 1;
      while (!model.matches("template[data-row]")) model = model.nextElementSibling;
      while (ids.includes(`r${n}`)) n += 1;
      const box = document.createElement("template");
      box.innerHTML = model.innerHTML.replaceAll(BLANK, `r${n}`);
      const made = box.content.querySelector("fieldset");
      if (id) card(id).after(made);
      else model.before(made);
      ids.splice(id ? ids.indexOf(id) + 1 : ids.length, 0, `r${n}`);
      if (id) copy(card(id), made, `${key}.${id}.`, `${key}.r${n}.`);
      made.focus();
    }
    list.value = ids.join(",");
    const number = (node, n) => { node.textContent = node.textContent.replace(/\d+(?=»?$)/, n); };
    ids.forEach((row, n) => [card(row).querySelector("legend"), ...card(row).querySelectorAll(":scope > .last .vh")].forEach((node) => number(node, n + 1)));
    form.dispatchEvent(new Event("change"));
  }
  function copy(from, to, old, fresh) {
    from.querySelectorAll("input,select,textarea").forEach((each) => {
      const same = [...to.querySelectorAll("input,select,textarea")].find((other) => (
        other.name === each.name.replace(old, fresh) && other.type !== "file" && (!/^(radio|checkbox)$/.test(other.type) || other.value === each.value)
      ));
      if (same) [same.value, same.checked] = [each.value, each.checked];
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { name, value } = event.submitter || {};
    if (/^row_/.test(name)) change(name, ...value.split("."));
  });
  const keep = () => {
    const body = new URLSearchParams();
    new FormData(form).forEach((value, name) => { if (typeof value === "string" && name !== "asked") body.append(name, value); });
    try { sessionStorage.setItem(KEY, body.toString()); } catch (_error) { /* full or forbidden */ }
  };
  function again() {
    let kept = "";
    try { kept = sessionStorage.getItem(KEY) || ""; } catch (_error) { /* forbidden */ }
    const values = new URLSearchParams(kept);
    [...new Set(values.keys())].forEach((name) => {
      const wanted = values.getAll(name);
      [...form.elements].filter((each) => each.name === name && !/^(hidden|file|submit)$/.test(each.type)).forEach((each, n) => {
        if (/^(radio|checkbox)$/.test(each.type)) each.checked = wanted.includes(each.value);
        else each.value = wanted[n] || "";
        each.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
  }
  if (form.dataset.live || !JSON.parse(document.getElementById("step-data").textContent).rules) again();
  else form.addEventListener("live", again, { once: true });
})();
