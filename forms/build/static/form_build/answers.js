/* «{» in the words of a question or a step: a list of the earlier questions, one of whose answers will stand there.
   The words then hold {key|what to say while there is no answer}; see forms/definitions/wording.py. */
(() => {
  "use strict";

  const { node, select, button, questions } = window.formBuild;
  const PLACES = /^(steps-\d+-value-(title|lead)|(steps-\d+-value-)?questions-\d+-value-(questions-\d+-value-)?(label|hint|text))$/;
  let shown = null;

  /* As forms/build/keys.py makes it: long where several ids begin alike. */
  function keyOf(id, known) {
    const short = (each) => each.replaceAll("-", "").toLowerCase().slice(0, 8), mine = short(id);
    const alike = new Set(known.map((each) => each.id).filter((each) => short(each) === mine));
    return `q${alike.size > 1 ? id.replaceAll("-", "").toLowerCase() : mine}`;
  }

  function close(back) {
    const { element, field } = shown || {};
    shown = null;
    element?.remove();
    if (back) field?.focus();
  }

  function offer(field, words) {
    const known = questions(field.name) || [];
    const earlier = known.filter((each) => each.before && each.holds);
    const options = earlier.map(({ id, label, step }) => [id, label, step]);
    if (!options.length) return;
    let picked = options[options.length - 1][0];
    const insert = () => {
      const place = field.selectionStart, key = keyOf(picked, known);
      field.setRangeText(`{${key}|}`, Math.max(place - 1, 0), place, "end");
      const caret = place + key.length + 1;
      close(true);
      field.setSelectionRange(caret, caret);
      ["input", "change"].forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })));
    };
    const element = node("div", { class: "q-place", role: "group", "aria-label": words.group,
      onkeydown: (event) => { if (event.key === "Escape") { event.stopPropagation(); close(true); } } },
      `${words.group}: `,
      select(words.question, "place", options, picked, (id) => { picked = id; }),
      button(words.insert, "insert", insert),
      node("span", { role: "status" }, words.hint));
    field.after(element);
    shown = { element, field };
  }

  document.addEventListener("input", ({ target }) => {
    if (!PLACES.test(target.name || "") || !window.formBuild.placeWords) return;
    const before = target.value.slice(0, target.selectionStart ?? 0);
    if (shown) close(false);
    if (before.endsWith("{")) offer(target, window.formBuild.placeWords);
  });
  document.addEventListener("focusin", ({ target }) => {
    if (shown && target !== shown.field && !shown.element.contains(target)) close(false);
  });
})();
