// A call by keyboard alone: earlier applications while the number is typed, Enter adds to the open one, the arrow down
// begins a new one, Ctrl+Enter saves. Without this file the buttons of the page do the same.
(() => {
  "use strict";
  const quick = document.querySelector("form[data-quick]");
  quick?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) quick.requestSubmit();
  });
  const form = document.getElementById("call");
  if (!form) return;
  const found = form.querySelector("[data-found]");
  const phone = form.elements[form.querySelector("[data-phone]").dataset.phone];
  const digits = (text) => text.replace(/\D/g, "").slice(-10);
  let asked = digits(phone.value), waiting;
  form.dataset.live = "1";

  // Found while it is typed; an answer that comes late to a number that changed meanwhile is dropped.
  const look = async () => {
    const number = digits(phone.value);
    if (number === asked) return;
    asked = number;
    if (number.length < 4) { found.replaceChildren(); return; }
    const body = new URLSearchParams({
      phone: phone.value, channel: form.elements.channel.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    });
    const answer = await fetch(form.dataset.foundAt, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
    if (number === asked && answer?.ok) found.innerHTML = await answer.text();
  };
  phone.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 200); });

  // One press counts one and the page stays as it is: the box alone is drawn anew.
  const press = async (button) => {
    const body = new URLSearchParams({
      [button.name]: button.value, channel: form.elements.channel.value, press: crypto.randomUUID(),
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    });
    const place = button.closest("[data-tallies]"), { name, value } = button;
    button.disabled = true;
    const answer = await fetch(form.dataset.tallyAt, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
    button.disabled = false;
    if (!answer?.ok) return;
    const held = document.activeElement === document.body || place.contains(document.activeElement);
    place.innerHTML = await answer.text();
    if (held) place.querySelector(`[name="${name}"][value="${value}"],[name=tally]`)?.focus();
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tallies] button");
    if (!button || !window.isSecureContext) return;
    event.preventDefault();
    press(button);
  });
  document.addEventListener("keydown", (event) => {
    const button = event.altKey && /^Digit[1-9]$/.test(event.code) && form.querySelectorAll("[data-tallies] [name=tally]")[event.code.slice(5) - 1];
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  const inputs = () => [...form.querySelectorAll("input:not([type=hidden]),select,textarea")].filter((each) => each.offsetParent && !each.disabled && each.name !== "channel");
  const isBlank = (each) => (/^(radio|checkbox)$/.test(each.type) ? !form.querySelector(`[name="${CSS.escape(each.name)}"]:checked`) : !each.value);
  const next = (after) => {
    const all = inputs(), here = all.indexOf(after);
    const to = all.slice(here + 1).find(isBlank) || all[here + 1];
    to?.focus();
  };
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.querySelector("button[name=save].primary").click();
    } else if (event.target === phone && event.key === "ArrowDown") {
      event.preventDefault();
      const button = found.querySelector("[data-new]");
      if (button) button.click();
      else next(phone);
    } else if (event.key === "Enter" && event.target.matches("input")) {
      // Half of a form is never sent by a stray Enter; a list that is open has taken it already.
      const taken = event.defaultPrevented;
      event.preventDefault();
      const add = event.target === phone && found.querySelector("[data-add]");
      if (add) add.click();
      else if (!taken) next(event.target);
    }
  });

  const { focus } = form.dataset;
  if (focus === "blank") next(phone);
  else if (focus) document.getElementById(focus)?.focus();
  else if (!form.querySelector("[role=alert]")) phone.focus();
  else form.querySelector("[aria-invalid=true]")?.focus();

  // A second press while the first is on its way; the server would take it for the same one all the same.
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; });
})();
