/* The list of preview modes is drawn once, when the editor opens. Steps that were added, renamed, moved or deleted since
   are brought into it here; the preview takes any step by its block id, saved or not. */
(() => {
  "use strict";

  const STEP = "step:";

  function sync() {
    const list = document.getElementById("id_preview_mode");
    const steps = document.getElementById("steps-root")?.rootBlock;
    if (!list || !steps) return;
    const old = [...list.options].filter((each) => each.value.startsWith(STEP));
    const wanted = steps.getState().map(({ id, value }) => {
      const option = old.find((each) => each.value === STEP + id) || new Option("", STEP + id);
      if (option.text !== (value.title || "…")) option.text = value.title || "…";
      return option;
    });
    old.forEach((option) => { if (!wanted.includes(option) && !option.selected) option.remove(); });
    // Moved only where the order is another: a list that is touched for nothing forgets what was picked.
    if (wanted.every((option, place) => option === old[place]) && wanted.length === old.length) return;
    const picked = list.value;
    list.append(...wanted);
    list.value = picked;
  }

  document.addEventListener("w-autosave:success", sync);
  document.addEventListener("focusin", (event) => { if (event.target.id === "id_preview_mode") sync(); });
  document.addEventListener("pointerdown", (event) => { if (event.target.id === "id_preview_mode") sync(); });
})();
