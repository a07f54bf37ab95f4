/* The preview of a step: what an editor tries is sent nowhere. It stays in this tab, so that the preview, drawn anew at
   every change of the form, shows it again. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-step]");
  if (!form) return;
  const KEY = `tried:${location.pathname}:${form.dataset.step}`;
  const data = JSON.parse(document.getElementById("step-data").textContent);
  // What the rules of the form would say after «Продолжить», and words of the step itself that hold answers.
  const box = document.getElementById("plays"), make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const asks = (key) => form.querySelector(`[data-q="${key}"],[id="id_${key}"]`);
  const label = (key) => (asks(key)?.querySelector("legend,label") || asks(key)?.labels?.[0])?.firstChild?.textContent.trim();
  function play({ seen, world, evaluate, tell }) {
    Object.entries(data.told || {}).forEach(([name, parts]) => {
      const node = document.querySelector(name === "title" ? "main h1" : "main p.lead"), words = tell(parts);
      if (node && node.textContent !== words) node.textContent = words;
    });
    const holding = (data.plays || []).filter((rule) => evaluate(rule.if, seen, world));
    const checks = holding.filter((rule) => rule.kind === "check"), stops = holding.filter((rule) => rule.kind === "stop");
    const stop = checks.length ? null : stops.find((rule) => rule.hard) || stops[0], told = box.querySelector("div");
    const lines = checks.map((rule) => make("p", [rule.fields.map(label).filter(Boolean)[0], rule.message].filter(Boolean).join(": ")));
    if (checks.length) lines.unshift(make("b", "Шаг не примут, пока ответы не сойдутся:"));
    if (stop) {
      lines.push(make("b", stop.hard ? "Здесь заявитель остановится: форма ему не подойдёт." : "Здесь заявитель прочитает и решит, продолжать ли:"));
      lines.push(make("p", stop.message));
      if (stop.link) lines.push(make("p", `Ссылка: ${stop.link_text || "Что поможет вместо этого"}`));
    }
    const text = lines.map((line) => line.textContent).join("\n");
    if (box.dataset.said === text) return;
    box.dataset.said = text;
    box.hidden = !lines.length;
    told.replaceChildren(...lines);
  }
  form.addEventListener("looked", ({ detail }) => play(detail));

  // Rows of one's own: added, copied and removed here, for there is no server to ask.
  const BLANK = "--row--";
  const listOf = (key) => form.querySelector(`input[type=hidden][name="${key}"]`);
  const card = (key, row) => document.getElementById(`id_${key}.${row}`);
  function model(key) {
    let node = listOf(key);
    while (node && !node.matches("template[data-row]")) node = node.nextElementSibling;
    return node;
  }
  function made(key, row) {
    const box = document.createElement("template");
    box.innerHTML = model(key).innerHTML.replaceAll(BLANK, row);
    return box.content.querySelector("fieldset");
  }
  function write(key, ids) {
    listOf(key).value = ids.join(",");
    const number = (node, n) => { node.textContent = node.textContent.replace(/\d+(?=»?$)/, n); };
    ids.forEach((row, n) => [card(key, row).querySelector("legend"), ...card(key, row).querySelectorAll(":scope > .last .vh")].forEach((node) => number(node, n + 1)));
  }
  const idsOf = (key) => listOf(key).value.split(",").filter(Boolean);
  function change(action, key, id) {
    const ids = idsOf(key);
    if (action === "row_remove") {
      card(key, id).remove();
      ids.splice(ids.indexOf(id), 1);
    } else {
      let n = 1;
      while (ids.includes(`r${n}`)) n += 1;
      const fresh = made(key, `r${n}`);
      if (id) card(key, id).after(fresh);
      else model(key).before(fresh);
      ids.splice(id ? ids.indexOf(id) + 1 : ids.length, 0, `r${n}`);
      if (id) copy(card(key, id), fresh, `${key}.${id}.`, `${key}.r${n}.`);
      fresh.focus();
    }
    write(key, ids);
    form.dispatchEvent(new Event("change"));
  }
  // Rows that were added before the preview was drawn anew, in their order.
  function rowsAgain(values) {
    [...form.querySelectorAll("[name=row_add]")].filter(({ value: key }) => model(key)).forEach(({ value: key }) => {
      const wanted = (values.get(key) ?? listOf(key).value).split(",").filter((row) => /^r\d{1,4}$/.test(row)).slice(0, 50);
      idsOf(key).filter((row) => !wanted.includes(row)).forEach((row) => card(key, row).remove());
      wanted.forEach((row) => model(key).before(card(key, row) || made(key, row)));
      write(key, wanted);
    });
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
    // Twice: an answer that comes back may bring a group with rows of its own.
    for (let round = 0; kept && round < 2; round += 1) {
      rowsAgain(values);
      [...new Set(values.keys())].forEach((name) => {
        const wanted = values.getAll(name);
        [...form.elements].filter((each) => each.name === name && !/^(hidden|file|submit)$/.test(each.type)).forEach((each, n) => {
          if (/^(radio|checkbox)$/.test(each.type)) each.checked = wanted.includes(each.value);
          else each.value = wanted[n] || "";
          each.dispatchEvent(new Event("change", { bubbles: true }));
        });
      });
    }
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
  }
  if (form.dataset.live || !data.rules) again();
  else form.addEventListener("live", again, { once: true });
})();
