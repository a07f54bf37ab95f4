// Choosing rows of the queue: Пробел marks one, Shift with an arrow a range, the box above them all on the page.
// Without this file the boxes and the buttons below the list do the same by mouse and Tab.
(() => {
  const place = document.querySelector("[data-queue]");
  if (!place) return;
  const boxes = () => [...place.querySelectorAll("[data-pick]")];
  const bar = () => place.querySelector("[data-bulk]");
  const rowOf = (node) => node?.closest?.("tr[data-row]");
  const current = () => rowOf(document.activeElement) || place.querySelector("tr.is-active");

  const tell = () => {
    const here = bar();
    if (!here) return;
    const marked = boxes().filter((box) => box.checked).length;
    const everything = here.querySelector("[data-bulk-all]").checked;
    here.querySelector("[data-bulk-count]").textContent = everything ? "Выбраны все" : `Выбрано ${marked}`;
    here.querySelector("[data-bulk-clear]").hidden = false;
    const head = place.querySelector("[data-pick-page]");
    if (head) {
      head.checked = marked > 0 && marked === boxes().length;
      head.indeterminate = marked > 0 && marked < boxes().length;
    }
  };
  place.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick-page]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches("[data-pick], [data-pick-page], [data-bulk-all]")) tell();
  });
  place.addEventListener("click", (event) => {
    if (!event.target.closest("[data-bulk-clear]")) return;
    boxes().forEach((box) => { box.checked = false; });
    bar().querySelector("[data-bulk-all]").checked = false;
    tell();
    place.querySelector(".q-who a")?.focus();
  });

  const boxOf = (row) => row?.querySelector("[data-pick]");
  const range = (by) => {
    const rows = boxes().map(rowOf);
    const here = rows.indexOf(current());
    const next = rows[Math.min(rows.length - 1, Math.max(0, here + by))];
    if (here >= 0) boxOf(rows[here]).checked = true;
    if (next) {
      boxOf(next).checked = true;
      next.querySelector(".q-who a")?.focus();
    }
    tell();
  };
  const KEYS = {
    mark: () => {
      const box = boxOf(current());
      if (!box) return false;
      box.checked = !box.checked;
      tell();
      return true;
    },
    mark_up: () => boxes().length && (range(-1), true),
    mark_down: () => boxes().length && (range(1), true),
    // With something chosen: assign all of it.
    assign: () => {
      const assign = boxes().some((box) => box.checked) && bar()?.querySelector("button[value=assign]");
      if (!assign) return false;
      assign.click();
      return true;
    },
  };
  document.addEventListener("portal:key", (event) => {
    if (!KEYS[event.detail]?.()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
})();
