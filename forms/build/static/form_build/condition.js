/* The condition picker of the form editor, and streams whose copies keep their conditions.
   Value: null or {"op": "all|any|none", "of": [...]}, leaf {"q": block id, "op": "...", "v": choice id or code}.
   Questions are read from the unsaved editor each time the picker opens. Only earlier questions are offered. */
(() => {
  "use strict";

  const CHOICES = ["choice", "multiple_choice"];
  const MAX_DEPTH = 4;
  const open = new Set();
  let nextId = 0;

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

  /* Every question of the editor in order: {id, type, label, choices, step, before}. */
  function questions(name) {
    const field = name.split("-")[0];
    const root = document.getElementById(`${field}-root`)?.rootBlock;
    if (!root) return null;
    const found = [];
    let before = true;
    root.getState().forEach((step, place) => {
      const stepBlock = root.children[place];
      const mine = name.startsWith(`${stepBlock.prefix}-`);
      const stream = stepBlock.block.childBlocks.questions;
      if (name === `${stepBlock.prefix}-value-show_if`) before = false;
      step.value.questions.forEach((question, number) => {
        if (mine && name.startsWith(`${stream.children[number].prefix}-`)) before = false;
        found.push({
          id: question.id,
          type: question.type,
          label: question.value.label || "…",
          choices: (question.value.choices || []).map((item) => ({ id: item.id, label: item.value.text || "…" })),
          step: step.value.title || "…",
          before,
        });
      });
      if (mine) before = false;
    });
    return found;
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
      const known = questions(this.name);
      const text = this.value ? `${this.words.show_if} ${this.sentence(this.value, known || [])}` : this.words.always;
      if (this.say.textContent !== text) this.say.textContent = text;
    }

    sentence(condition, known) {
      if (condition.of) {
        const parts = condition.of.map((part) => (part.of ? `(${this.sentence(part, known)})` : this.sentence(part, known)));
        if (!parts.length) return "…";
        return condition.op === "none"
          ? `${this.words.not} ${parts.join(` ${this.words.nor} `)}`
          : parts.join(` ${condition.op === "any" ? this.words.or : this.words.and} `);
      }
      const question = known.find((each) => each.id === condition.q);
      const label = `„${question ? question.label : condition.q ? this.words.deleted : "…"}“`;
      if (condition.op === "answered") return `${label} — ${this.words.answered}`;
      const verb = condition.op === "contains" ? this.words.contains : this.words.eq;
      const choice = this.choices(question).find((each) => each.id === condition.v);
      return `${label} — ${verb} „${choice ? choice.label : "…"}“`;
    }

    choices(question) {
      if (!question) return [];
      return question.type === "territory" ? this.territories : question.choices;
    }

    operators(question) {
      if (!question) return [];
      if (question.type === "multiple_choice") return ["contains", "answered"];
      return question.type === "choice" || question.type === "territory" ? ["eq", "answered"] : ["answered"];
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
      this.known = questions(this.name) || [];
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
      const last = this.known.filter((question) => question.before).reverse()
        .find((question) => CHOICES.includes(question.type));
      if (!last) return { q: "", op: "answered" };
      return { q: last.id, op: this.operators(last)[0], v: "" };
    }

    button(text, key, onclick, label) {
      const attributes = { type: "button", class: "button button-secondary button-small", "data-key": key, onclick };
      return node("button", label ? { ...attributes, "aria-label": label } : attributes, text);
    }

    select(label, key, options, selected, onchange) {
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

    group(group, path, depth, remove) {
      const key = (part) => `${path}${part}`;
      const legend = node("legend", { class: "w-sr-only" }, depth === 1 ? this.words.group : this.words.inner_group);
      const modes = ["all", "any", "none"].map((op) => [op, this.words[op]]);
      const head = node("div", { class: "q-any" },
        this.select(this.words.mode, key("mode"), modes, group.op, (op) => { group.op = op; this.change(key("mode")); }),
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
      const question = this.known.find((each) => each.id === rule.q);
      const offered = this.known.filter((each) => each.before).map((each) => [each.id, each.label, each.step]);
      if (!rule.q) offered.unshift(["", this.words.pick_question]);
      else if (!question) offered.unshift([rule.q, this.words.deleted]);
      else if (!question.before) offered.unshift([rule.q, `${question.label} (${this.words.later})`]);
      const row = node("div", { class: "q-rule" }, this.select(this.words.question, `${path}q`, offered, rule.q, (id) => {
        const picked = this.known.find((each) => each.id === id);
        rule.q = id;
        rule.op = this.operators(picked)[0] || "answered";
        if (rule.op === "answered") delete rule.v; else rule.v = "";
        this.change(`${path}op`);
      }));
      const operators = this.operators(question);
      if (!operators.includes(rule.op)) operators.unshift(rule.op);
      row.append(this.select(this.words.operator, `${path}op`, operators.map((op) => [op, this.words[op]]), rule.op, (op) => {
        rule.op = op;
        if (op === "answered") delete rule.v; else rule.v = rule.v || "";
        this.change(`${path}op`);
      }));
      if (rule.op !== "answered") {
        const values = this.choices(question).map((choice) => [choice.id, choice.label]);
        if (!values.some(([id]) => id === rule.v)) values.unshift([rule.v || "", rule.v ? this.words.deleted_choice : this.words.pick_value]);
        row.append(this.select(this.words.value, `${path}v`, values, rule.v, (value) => { rule.v = value; this.change(`${path}v`); }));
      }
      row.append(this.button("×", `${path}drop`, () => { drop(); this.change(); }, `${this.words.remove} ${number + 1}`));
      return row;
    }
  }

  class ConditionInputDefinition {
    constructor({ territories, words }) {
      this.territories = territories.map(([id, label]) => ({ id, label }));
      this.words = words;
    }

    render(placeholder, name, id, state) {
      const picker = new Picker({ territories: this.territories, words: this.words }, name, id, state);
      placeholder.replaceWith(picker.element);
      return picker;
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
  window.telepath.register("forms.build.RemappingStream", RemappingStream);
})();
