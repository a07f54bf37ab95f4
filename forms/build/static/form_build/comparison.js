/* What an answer is compared by in the pickers: the words, and the control for the value of each kind.
   A leaf is {"q", "op"} with "v" (a value) or "to" (today or another answer, moved). Kinds and operators come from
   forms/definitions/comparisons.py. */
(() => {
  "use strict";

  const WITHOUT_VALUE = ["answered", "empty"];
  const LISTS = ["in", "not_in"];
  const AGES = ["age_at_least", "age_at_most"];
  const AGAINST_OTHERS = ["eq", "ne", "lt", "le", "gt", "ge", "before", "after"];
  const MOVABLE = ["number", "date", "time"];
  const PICKED = ["choice", "several", "territory", "yes_no"];

  const { node, select, input, numberInput, readNumber, showNumber, showDate, counted } = window.formBuild;

  class Comparison {
    constructor({ kinds, operators, lists, words }) {
      const named = Object.entries(lists).map(([type, list]) => [type, list.map(([id, label]) => ({ id, label }))]);
      Object.assign(this, { kinds, offered: operators, lists: Object.fromEntries(named), words });
      window.formBuild.placeWords = { group: words.place, question: words.question, insert: words.insert, hint: words.place_hint };
    }

    kind(question) {
      if (!question || question.fromRows) return "opaque";
      return question.type === "computed" ? question.gives : this.kinds[question.type] || "opaque";
    }

    operators(question) { return question ? this.offered[this.kind(question)] || [] : []; }

    word(op, question) { return this.words[`${this.kind(question)}_${op}`] || this.words[op] || op; }

    choices(question) {
      if (!question) return [];
      if (question.type === "yes_no") {
        return [{ id: true, label: question.yes || this.words.yes }, { id: false, label: question.no || this.words.no }];
      }
      return this.lists[question.type] || question.choices;
    }

    /* How the value looks: none, age, list, pair, one. */
    shape(op) {
      if (WITHOUT_VALUE.includes(op)) return "none";
      if (LISTS.includes(op)) return "list";
      if (op === "between") return "pair";
      return AGES.includes(op) ? "age" : "one";
    }

    /* Puts another operator or question into a leaf; a value that no longer fits goes. */
    put(rule, question, op) {
      const same = this.shape(op) === this.shape(rule.op) && rule.q === question?.id;
      rule.q = question ? question.id : rule.q;
      rule.op = op;
      if (!AGAINST_OTHERS.includes(op)) delete rule.to;
      if (same) { if (!rule.to && !("v" in rule) && this.shape(op) !== "none") rule.v = null; return; }
      delete rule.to;
      delete rule.v;
      if (this.shape(op) === "list") rule.v = [];
      else if (this.shape(op) === "pair") rule.v = [null, null];
      else if (this.shape(op) !== "none") rule.v = null;
    }

    /* The words of a leaf's value. */
    text(rule, question, known) {
      if (rule.to) return this.operandText(rule.to, known);
      if (this.shape(rule.op) === "age") return typeof rule.v === "number" ? counted(rule.v, this.words.of_age) : "…";
      const one = (value) => this.valueText(value, question);
      if (!Array.isArray(rule.v)) return one(rule.v);
      if (!rule.v.length) return "…";
      return rule.v.map(one).join(rule.op === "between" ? ` ${this.words.and} ` : ", ");
    }

    valueText(value, question) {
      const kind = this.kind(question);
      if (PICKED.includes(kind)) {
        const choice = this.choices(question).find((each) => each.id === value);
        return `„${choice ? choice.label : "…"}“`;
      }
      if (value === null || value === undefined || value === "") return "…";
      if (typeof value === "number") return showNumber(value);
      return kind === "date" ? showDate(value) : kind === "time" ? value : `„${value}“`;
    }

    operandText(to, known) {
      const other = known.find((each) => each.id === to.q);
      const start = "today" in to ? this.words.today : `„${other ? other.label : this.words.deleted}“`;
      const count = ("today" in to ? to.today : to.plus) || 0;
      if (!count) return start;
      const unit = to.unit || ("today" in to ? "days" : "");
      return `${start} ${count > 0 ? "+" : "−"} ${unit ? counted(count, this.words[`of_${unit}`]) : showNumber(Math.abs(count))}`;
    }

    /* The controls for the value of a leaf. `change` redraws, `write` only stores. */
    controls(rule, question, path, { known, change, write }) {
      const shape = this.shape(rule.op);
      if (shape === "none" || !question) return [];
      if (shape === "age") {
        const age = numberInput(this.words.age, `${path}v`, rule.v, (value) => { rule.v = value; write(); });
        return [age, ` ${this.words.years_old}`];
      }
      if (PICKED.includes(this.kind(question))) return [this.picked(rule, question, path, change)];
      if (shape === "list") return [this.list(rule, question, path, write)];
      if (shape === "pair") {
        const bound = (place, label) => this.one(label, `${path}v${place}`, rule.v?.[place], question, (value) => {
          rule.v = [0, 1].map((each) => (each === place ? value : rule.v?.[each] ?? null));
          write();
        });
        return [bound(0, this.words.from), ` ${this.words.and} `, bound(1, this.words.to)];
      }
      const parts = [];
      if (MOVABLE.includes(this.kind(question)) && AGAINST_OTHERS.includes(rule.op)) {
        parts.push(this.against(rule, question, path, { known, change }));
      }
      if (rule.to) return [...parts, ...this.moved(rule, question, path, write)];
      return [...parts, this.one(this.words.value, `${path}v`, rule.v, question, (value) => { rule.v = value; write(); })];
    }

    picked(rule, question, path, change) {
      const known = this.choices(question);
      if (this.shape(rule.op) === "list") {
        const given = Array.isArray(rule.v) ? rule.v : [];
        const ticks = known.map((choice, number) => {
          const box = node("input", { type: "checkbox", "data-key": `${path}v${number}` });
          box.checked = given.includes(choice.id);
          box.addEventListener("change", () => {
            rule.v = known.map((each) => each.id).filter((id) => (id === choice.id ? box.checked : given.includes(id)));
            change(`${path}v${number}`);
          });
          return node("label", {}, box, choice.label);
        });
        return node("span", { role: "group", "aria-label": this.words.value, class: "q-ticks" }, ...ticks);
      }
      const options = known.map((choice) => [String(choice.id), choice.label]);
      const current = rule.v === null || rule.v === undefined ? "" : String(rule.v);
      if (!options.some(([id]) => id === current)) {
        options.unshift([current, current ? this.words.deleted_choice : this.words.pick_value]);
      }
      return select(this.words.value, `${path}v`, options, current, (value) => {
        rule.v = known.find((choice) => String(choice.id) === value)?.id ?? value;
        change(`${path}v`);
      });
    }

    list(rule, question, path, write) {
      const number = this.kind(question) === "number";
      const shown = (rule.v || []).map((value) => (number ? showNumber(value) : value)).join("; ");
      return input({ type: "text", "aria-label": this.words.value_list, placeholder: this.words.value_list,
        "data-key": `${path}v` }, shown, (text) => {
        rule.v = text.split(";").map((part) => part.trim()).filter(Boolean)
          .map((part) => (number ? readNumber(part) : part));
        write();
      });
    }

    one(label, key, value, question, put) {
      const kind = this.kind(question);
      if (kind === "number") return numberInput(label, key, value, put);
      const type = kind === "date" || kind === "time" ? kind : "text";
      return input({ type, "aria-label": label, "data-key": key, maxlength: type === "text" ? 200 : null },
        value ?? "", (text) => put(text.trim() || null));
    }

    against(rule, question, path, { known, change }) {
      const kind = this.kind(question);
      const options = [["", this.words[`constant_${kind}`]]];
      if (kind === "date") options.push(["today", this.words.today]);
      known.filter((each) => each.before && each.id !== question.id && this.kind(each) === kind)
        .forEach((each) => options.push([each.id, each.label, this.words.answer_to]));
      const current = rule.to ? ("today" in rule.to ? "today" : rule.to.q) : "";
      if (!options.some(([id]) => id === current)) options.push([current, this.words.deleted, this.words.answer_to]);
      if (options.length === 1) return "";
      return select(this.words.against, `${path}against`, options, current, (value) => {
        delete rule.to;
        delete rule.v;
        if (value === "today") rule.to = { today: 0, unit: "days" };
        else if (value) rule.to = { q: value };
        else rule.v = null;
        change(`${path}against`);
      });
    }

    moved(rule, question, path, write) {
      const to = rule.to, today = "today" in to, dated = this.kind(question) === "date";
      if (this.kind(question) === "time") return [];
      const put = (count, unit) => {
        if (today) Object.assign(to, { today: count, unit });
        else if (!count) { delete to.plus; delete to.unit; }
        else Object.assign(to, { plus: count }, dated ? { unit } : {});
        write();
      };
      let count = (today ? to.today : to.plus) || 0, unit = to.unit || "days";
      const parts = [numberInput(this.words.plus, `${path}plus`, count, (value) => {
        count = dated ? Math.trunc(value || 0) : value || 0;
        put(count, unit);
      })];
      if (dated) {
        const units = ["days", "months", "years"].map((name) => [name, this.words[name]]);
        parts.push(select(this.words.unit, `${path}unit`, units, unit, (value) => { unit = value; put(count, unit); }));
      }
      return [node("span", { "aria-hidden": "true" }, "+"), ...parts];
    }
  }

  window.formBuild.Comparison = Comparison;
  window.telepath.register("forms.build.Comparison", Comparison);
})();
