/* The preview of a step: what an editor tries is sent nowhere. It stays in this tab, so that the preview, drawn anew at
   every change of the form, shows it again. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-step]");
  if (!form) return;
  const KEY = `tried:${location.pathname}:${form.dataset.step}`;
  form.addEventListener("submit", (event) => event.preventDefault());
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
