/* The questions and steps of the unsaved editor, as the pickers offer them. */
(() => {
  "use strict";

  const DATES = ["date", "birth_date"];
  const SHOWN = ["heading", "explanation"];
  const PLACE = /\{[a-z][a-z0-9_-]*(?:\|([^{}|]*))?\}/g;
  const LEAST_OR_MOST = ["min", "max"];
  let known = null;

  /* The state of all steps, read once however many pickers ask for it in one go. */
  function state() {
    const root = document.getElementById("steps-root")?.rootBlock;
    if (!root) return shared();
    if (!known) {
      known = root.getState();
      setTimeout(() => { known = null; });
    }
    return { steps: known, stream: (place) => root.children[place].block.childBlocks.questions, prefix: (place) => root.children[place].prefix };
  }

  /* The editor of a shared block: its questions are those of one step without a name. */
  function shared() {
    const root = document.getElementById("questions-root")?.rootBlock;
    if (!root) return null;
    return { steps: [{ id: "", value: { title: "", questions: root.getState() } }], stream: () => root, prefix: () => "questions" };
  }

  /* Every question in order: {id, type, label, choices, step, before, group, mine}. `before` is what the picker named
     `name` may ask: only earlier questions; inside a row also the earlier ones of the row. Those inside of other rows
     have the id of their `group`; `rowsBefore` are those of rows that stand before. A rule stands after all questions.
     `mine` is the question that the picker belongs to. */
  function questions(name) {
    const editor = state();
    if (!editor) return null;
    const found = [];
    let before = true;
    const walk = (stream, states, step, reachable, group) => states.forEach((question, number) => {
      const child = stream.children[number];
      const mine = name.startsWith(`${child.prefix}-`);
      const inner = question.type === "group" ? child.block.childBlocks.questions : null;
      const inRow = Boolean(inner) && name.startsWith(`${inner.prefix}-`);
      if (mine && !inRow) before = false;
      found.push({ ...describe(question, step, before && reachable && !inRow), group, mine: mine && !inRow,
        rowsBefore: Boolean(group) && before && !reachable });
      if (inner) walk(inner, question.value.questions, step, inRow, question);
      if (mine) before = false;
    });
    editor.steps.forEach((step, place) => {
      const prefix = editor.prefix(place);
      if (name.startsWith(`${prefix}-value-`) && !name.startsWith(`${prefix}-value-questions-`)) before = false;
      walk(editor.stream(place), step.value.questions, step.value.title || "…", true, null);
      if (name.startsWith(`${prefix}-`)) before = false;
    });
    found.forEach((each) => {
      each.gives = gives(each.expr, found);
      each.groupLabel = each.group?.value.label || "…";
      each.group = each.group?.id || null;
    });
    return found;
  }

  function describe({ id, type, value }, step, before) {
    const more = value.more || {};
    const choices = (value.choices || []).map((item) => ({ id: item.id, label: item.value.text || "…" }));
    return {
      id, type, step, label: (value.label || "").replace(PLACE, (_, words) => words || "…") || "…", holds: !SHOWN.includes(type), yes: more.yes, no: more.no, staff: Boolean(more.staff),
      before: before && !more.staff,
      choices, fromRows: more.choices_from_rows || "", expr: value.expr,
      own: more.other ? ["other", more.other_label] : more.none?.offered ? ["none", more.none.text] : null,
    };
  }

  /* What a computation gives: a number, or a date. */
  function gives(expression, found) {
    if (!expression) return "number";
    const first = expression.of?.[0] || {}, id = first.q;
    if (expression.fn === "date_plus") return "date";
    if (!LEAST_OR_MOST.includes(expression.fn)) return "number";
    return DATES.includes(found.find((each) => each.id === id)?.type) ? "date" : "number";
  }

  /* What may be asked inside of the rows of a group: the questions of the row first, then those outside. */
  function inRows(all, id) {
    const own = all.filter((each) => each.group === id);
    const outside = all.filter((each) => each.group !== id);
    return [
      ...own.map((each) => ({ ...each, before: !each.staff, step: each.groupLabel })),
      ...outside.map((each) => (each.type === "group" ? { ...each, before: false } : each)),
    ];
  }

  function steps() {
    return state()?.steps.map(({ id, value }) => ({ id, type: "step", label: value.title || "…", before: true })) || null;
  }

  Object.assign(window.formBuild, { questions, steps, inRows });
})();
