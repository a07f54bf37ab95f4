/* The condition picker of the form editor, and streams whose copies keep their conditions.
   Value: null or {"op": "all|any|none", "of": [...]}; for the leaves, whose questions and choices are block ids, see
   comparison.js, which comes first.
   Questions are read from the unsaved editor each time the picker opens. Only earlier questions are offered. */
(() => {
  "use strict";

  const { Comparison, node, select } = window.formBuild;
  const CHOICES = ["choice", "multiple_choice"];
  const SHOWN = ["heading", "explanation"];
  const MAX_DEPTH = 4;
  const open = new Set();
  let nextId = 0;

  /* Every question of the editor in order: {id, type, label, choices, step, before}. Inside a row the earlier questions
     of the row are offered too; from outside nobody asks for a question of a row. */
  function questions(name) {
    const root = document.getElementById("steps-root")?.rootBlock;
    if (!root) return null;
    const found = [];
    let before = true; // and stays so for a rule, which stands after all of them
    const walk = (stream, states, step, reachable) => states.forEach((question, number) => {
      const child = stream.children[number];
      const mine = name.startsWith(`${child.prefix}-`);
      const inner = question.type === "group" ? child.block.childBlocks.questions : null;
      const inRow = Boolean(inner) && name.startsWith(`${inner.prefix}-`);
      if (mine && !inRow) before = false;
      found.push(describe(question, step, before && reachable && !inRow));
      if (inner) walk(inner, question.value.questions, step, inRow);
      if (mine) before = false;
    });
    root.getState().forEach((step, place) => {
      const stepBlock = root.children[place];
      if (name === `${stepBlock.prefix}-value-show_if`) before = false;
      walk(stepBlock.block.childBlocks.questions, step.value.questions, step.value.title || "…", true);
      if (name.startsWith(`${stepBlock.prefix}-`)) before = false;
    });
    return found;
  }

  function describe({ id, type, value }, step, before) {
    const more = value.more || {};
    const choices = (value.choices || []).map((item) => ({ id: item.id, label: item.value.text || "…" }));
    return {
      id, type, step, label: value.label || "…", yes: more.yes, no: more.no, staff: Boolean(more.staff),
      before: before && !more.staff,
      choices,
      own: more.other ? ["other", more.other_label] : more.none?.offered ? ["none", more.none.text] : null,
    };
  }

  function steps() {
    return document.getElementById("steps-root")?.rootBlock?.getState()
      .map(({ id, value }) => ({ id, type: "step", label: value.title || "…", before: true })) || null;
  }

  class Picker {
    constructor(definition, name, id, state) {
      Object.assign(this, definition, { name, value: state || null });
      this.input = node("input", { type: "hidden", name, id });
      const panel = `condition-${(nextId += 1)}`;
      this.say = node("button", {
        type: "button", class: "q-cond__say", "aria-expanded": "false", "aria-controls": panel,
        onclick: () => this.toggle(),
      });
      this.panel = node("div", { id: panel, class: "q-cond__panel", hidden: true });
      this.element = node("div", { class: "q-cond" }, this.input, this.say, this.panel);
      this.idForLabel = undefined; // a <label for> would replace the sentence as the name of the button
      this.write();
      open.add(this);
    }

    getValue() { return this.input.value; }
    getState() { return this.value ? JSON.parse(JSON.stringify(this.value)) : null; }
    setState(state) { this.value = state || null; this.write(); if (!this.panel.hidden) this.draw(); }
    getTextLabel() { return null; }
    focus() { this.say.focus(); }
    setInvalid(invalid) { this.element.classList.toggle("q-cond--wrong", Boolean(invalid)); }
    setCapabilityOptions() {}

    write() {
      this.input.value = this.value ? JSON.stringify(this.value) : "";
      this.refresh();
    }

    refresh() {
      const known = this.value ? this.questions() : [];
      const text = this.value ? `${this.words.show_if} ${this.sentence(this.value, known)}` : this.words.always;
      if (this.say.textContent !== text) this.say.textContent = text;
    }

    /* With the choices that every question of a type has, «другое» and «ничего из этого» among them. */
    questions() {
      const found = questions(this.name) || [];
      found.forEach((each) => {
        if (each.own) each.choices.push({ id: each.own[0], label: each.own[1] || this.words[`${each.own[0]}_choice`] });
        each.own = null;
      });
      return found;
    }

    sentence(condition, known) {
      if (condition.rows) return this.words.rows;
      if (condition.of) {
        const parts = condition.of.map((part) => (part.of ? `(${this.sentence(part, known)})` : this.sentence(part, known)));
        if (!parts.length) return "…";
        return condition.op === "none"
          ? `${this.words.not} ${parts.join(` ${this.words.nor} `)}`
          : parts.join(` ${condition.op === "any" ? this.words.or : this.words.and} `);
      }
      const question = known.find((each) => each.id === condition.q);
      const label = `„${question ? question.label : condition.q ? this.words.deleted : "…"}“`;
      const word = this.comparison.word(condition.op, question);
      if (this.comparison.shape(condition.op) === "none") return `${label} — ${word}`;
      return `${label} — ${word} ${this.comparison.text(condition, question, known)}`;
    }

    toggle() {
      const opening = this.panel.hidden;
      this.panel.hidden = !opening;
      this.say.setAttribute("aria-expanded", String(opening));
      if (!opening) { this.panel.replaceChildren(); return; }
      this.draw();
      this.panel.querySelector("select, button")?.focus();
    }

    draw(focusKey) {
      this.known = this.questions();
      this.panel.replaceChildren(...this.content());
      if (focusKey) (this.panel.querySelector(`[data-key="${focusKey}"]`) || this.panel.querySelector("button")).focus();
    }

    change(focusKey) { this.write(); this.draw(focusKey); }

    content() {
      if (!this.known.some((question) => question.before) && !this.value) {
        return [node("p", {}, this.words.nothing_before)];
      }
      if (this.value && !this.value.of) this.value = { op: "all", of: [this.value] };
      if (!this.value) {
        return [this.button(this.words.add, "add-root", () => {
          this.value = { op: "all", of: [this.blank()] };
          this.change("0:q");
        })];
      }
      return [this.group(this.value, "", 1, () => { this.value = null; })];
    }

    blank() {
      const last = this.offered().reverse().find((question) => CHOICES.includes(question.type));
      if (!last) return { q: "", op: "answered" };
      const rule = { q: last.id, op: "" };
      this.comparison.put(rule, last, this.comparison.operators(last)[0]);
      return { v: "", ...rule };
    }

    offered() { return this.known.filter((each) => each.before && this.comparison.operators(each).length); }

    button(text, key, onclick, label) {
      const attributes = { type: "button", class: "button button-secondary button-small", "data-key": key, onclick };
      return node("button", label ? { ...attributes, "aria-label": label } : attributes, text);
    }

    group(group, path, depth, remove) {
      const key = (part) => `${path}${part}`;
      const legend = node("legend", { class: "w-sr-only" }, depth === 1 ? this.words.group : this.words.inner_group);
      const modes = ["all", "any", "none"].map((op) => [op, this.words[op]]);
      const head = node("div", { class: "q-any" },
        select(this.words.mode, key("mode"), modes, group.op, (op) => { group.op = op; this.change(key("mode")); }),
        ` ${this.words.of_these}`);
      if (depth > 1) head.append(this.button("×", key("drop"), () => { remove(); this.change(); }, this.words.remove_group));
      const list = node("ul");
      group.of.forEach((part, number) => {
        const inner = `${path}${number}:`;
        const drop = () => { group.of.splice(number, 1); if (!group.of.length) remove(); };
        list.append(node("li", {}, part.of ? this.group(part, inner, depth + 1, drop) : this.rule(part, inner, drop, number)));
      });
      const foot = node("div", { class: "q-any" },
        this.button(this.words.add, key("add"), () => {
          group.of.push(this.blank());
          this.change(`${path}${group.of.length - 1}:q`);
        }));
      if (depth < MAX_DEPTH) {
        foot.append(this.button(this.words.add_group, key("group"), () => {
          group.of.push({ op: "any", of: [this.blank()] });
          this.change(`${path}${group.of.length - 1}:mode`);
        }));
      }
      return node("fieldset", {}, legend, head, list, foot);
    }

    rule(rule, path, drop, number) {
      const remove = this.button("×", `${path}drop`, () => { drop(); this.change(); }, `${this.words.remove} ${number + 1}`);
      if (rule.rows) return node("div", { class: "q-rule" }, this.words.rows, remove);
      const question = this.known.find((each) => each.id === rule.q);
      const offered = this.offered().map((each) => [each.id, each.label, each.step]);
      if (!rule.q) offered.unshift(["", this.words.pick_question]);
      else if (!question) offered.unshift([rule.q, this.words.deleted]);
      else if (!offered.some(([id]) => id === rule.q)) {
        offered.unshift([rule.q, `${question.label} (${question.staff ? this.words.by_staff : this.words.later})`]);
      }
      const row = node("div", { class: "q-rule" }, select(this.words.question, `${path}q`, offered, rule.q, (id) => {
        const picked = this.known.find((each) => each.id === id);
        this.comparison.put(rule, picked, this.comparison.operators(picked)[0] || "answered");
        if (!picked) rule.q = "";
        this.change(`${path}op`);
      }));
      const operators = [...this.comparison.operators(question)];
      if (!operators.includes(rule.op)) operators.unshift(rule.op);
      const words = operators.map((op) => [op, this.comparison.word(op, question)]);
      row.append(select(this.words.operator, `${path}op`, words, rule.op, (op) => {
        this.comparison.put(rule, question, op);
        this.change(`${path}op`);
      }));
      const how = { known: this.known, change: (key) => this.change(key), write: () => this.write() };
      row.append(...this.comparison.controls(rule, question, path, how), remove);
      return row;
    }
  }

  class ConditionInputDefinition {
    constructor({ lists, ...rest }) {
      const named = Object.entries(lists).map(([type, list]) => [type, list.map(([id, label]) => ({ id, label }))]);
      this.words = rest.words;
      this.comparison = new Comparison({ ...rest, lists: Object.fromEntries(named) });
    }

    render(placeholder, name, id, state) {
      const picker = new Picker({ comparison: this.comparison, words: this.words }, name, id, state);
      placeholder.replaceWith(picker.element);
      return picker;
    }
  }

  /* A list of the earlier questions of some types, or of the steps; the value is the id of one. */
  class QuestionSelect {
    constructor({ types, words }, name, id, state) {
      Object.assign(this, { types, words, name, idForLabel: id });
      this.known = () => (types.includes("step") ? steps() : questions(name));
      this.element = node("select", { name, id, onfocus: () => this.refresh() });
      this.draw(state || "", null);
      open.add(this);
    }

    getValue() { return this.element.value; }
    getState() { return this.element.value; }
    setState(state) { this.draw(state || "", this.known()); }
    getTextLabel() { return null; }
    focus() { this.element.focus(); }
    setInvalid(invalid) { this.element.setAttribute("aria-invalid", String(Boolean(invalid))); }
    setCapabilityOptions() {}
    refresh() { this.draw(this.element.value, this.known()); }

    draw(value, known) {
      const fits = ({ type }) => (this.types.length ? this.types.includes(type) : !SHOWN.includes(type));
      const fitting = (known || []).filter((each) => each.before && fits(each));
      const options = [["", this.words.nothing], ...fitting.map((each) => [each.id, each.label])];
      if (!options.some(([id]) => id === value)) {
        const gone = (known || []).find((each) => each.id === value);
        options.push([value, gone ? `${gone.label} (${this.words.later})` : known ? this.words.deleted : "…"]);
      }
      const drawn = JSON.stringify(options);
      if (drawn !== this.drawn) this.element.replaceChildren(...options.map(([id, text]) => node("option", { value: id }, text)));
      this.drawn = drawn;
      this.element.value = value;
    }
  }

  class QuestionInputDefinition {
    constructor(options) { this.options = options; }

    render(placeholder, name, id, state) {
      const list = new QuestionSelect(this.options, name, id, state);
      placeholder.replaceWith(list.element);
      return list;
    }
  }

  /* Sentences name questions by their words, so they follow the words; the first time after the editor is there. */
  let waiting = null;
  function refreshAll() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      open.forEach((picker) => { if (picker.element.isConnected) picker.refresh(); else open.delete(picker); });
    }, 150);
  }
  document.addEventListener("change", refreshAll);
  document.addEventListener("w-block:ready", refreshAll);
  document.addEventListener("DOMContentLoaded", refreshAll);

  /* A copied step has fresh ids at every level; point the conditions inside the copy at the copy. */
  function pairIds(before, after, pairs = new Map()) {
    if (before && after && typeof before === "object" && typeof after === "object") {
      if (typeof before.id === "string" && typeof after.id === "string") pairs.set(before.id, after.id);
      Object.keys(before).forEach((key) => pairIds(before[key], after[key], pairs));
    }
    return pairs;
  }

  class RemappingStream extends window.wagtailStreamField.blocks.StreamBlockDefinition {
    render(...args) {
      const block = super.render(...args);
      const plain = block.duplicateBlock.bind(block);
      block.duplicateBlock = (index, options) => {
        const child = block.children[index];
        const fresh = child.getDuplicatedState();
        let json = JSON.stringify(fresh);
        pairIds(child.getState(), fresh).forEach((to, from) => { json = json.replaceAll(from, to); });
        child.getDuplicatedState = () => JSON.parse(json);
        try { plain(index, options); } finally { delete child.getDuplicatedState; }
        refreshAll();
      };
      return block;
    }
  }

  window.telepath.register("forms.build.ConditionInput", ConditionInputDefinition);
  window.telepath.register("forms.build.QuestionInput", QuestionInputDefinition);
  window.telepath.register("forms.build.RemappingStream", RemappingStream);
})();
