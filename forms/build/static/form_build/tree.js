/* A tree of conditions, drawn with selects and buttons, and read as a Russian sentence.
   Value: null or {"op": "all|any|none", "of": [...]}; for the leaves, whose questions and choices are block ids, see
   comparison.js. A leaf about rows: {"rows": id, "op": "any_row|all_rows|count_rows", "n", "cmp", "where"}. */
(() => {
  "use strict";

  const { node, select, button, numberInput, showNumber, inRows } = window.formBuild;
  const CHOICES = ["choice", "multiple_choice"];
  const ROWS = ["any_row", "all_rows", "count_rows"];
  const COUNTS = ["ge", "eq", "le", "gt", "lt", "ne"];
  const MAX_DEPTH = 4;

  class Tree {
    /* `host` has change(key), which redraws and puts the focus on the control of that key, and write(). */
    constructor(comparison, words, host) { Object.assign(this, { comparison, words, host }); }

    sentence(condition, known) {
      if (condition.of) {
        const parts = condition.of.map((part) => (part.of ? `(${this.sentence(part, known)})` : this.sentence(part, known)));
        if (!parts.length) return "…";
        return condition.op === "none"
          ? `${this.words.not} ${parts.join(` ${this.words.nor} `)}`
          : parts.join(` ${condition.op === "any" ? this.words.or : this.words.and} `);
      }
      const id = condition.rows ?? condition.q, question = known.find((each) => each.id === id);
      const label = `„${question ? question.label : id ? this.words.deleted : "…"}“`;
      if (ROWS.includes(condition.op)) return `${label} — ${this.rowsSentence(condition, known)}`;
      const word = this.comparison.word(condition.op, question);
      if (this.comparison.shape(condition.op) === "none") return `${label} — ${word}`;
      return `${label} — ${word} ${this.comparison.text(condition, question, known)}`;
    }

    rowsSentence({ rows, op, n, cmp, where }, known) {
      const inner = where ? this.sentence(where, inRows(known, rows)) : "";
      if (op !== "count_rows") return `${this.words[op]} ${inner || "…"}`;
      const count = `${this.words.count_rows} ${this.words[`count_${cmp || "ge"}`]} ${typeof n === "number" ? showNumber(n) : "…"}`;
      return inner ? `${count}, ${this.words.where} ${inner}` : count;
    }

    /* The editor of a condition that may be none yet. `put` stores another one. */
    root(value, path, known, put, group = null) {
      if (!value) {
        if (!this.offered(known).length) return [node("p", {}, this.words.nothing_before)];
        return [button(this.words.add, `${path}add-root`, () => {
          put({ op: "all", of: [this.blank(known, group)] });
          this.host.change(`${path}0:q`);
        })];
      }
      const tree = value.of ? value : { op: "all", of: [value] };
      if (tree !== value) put(tree);
      return [this.group(tree, path, 1, () => put(null), known, group)];
    }

    /* A new leaf about the last question with choices, in a row about the first question of the row. */
    blank(known, group) {
      const offered = this.offered(known);
      const picked = group ? offered.find((each) => each.group === group)
        : offered.reverse().find((each) => CHOICES.includes(each.type) && !each.fromRows);
      const rule = { q: "", op: "answered" };
      if (picked) this.put(rule, picked, this.operators(picked)[0], known);
      return rule;
    }

    offered(known) { return known.filter((each) => each.before && this.operators(each).length); }

    operators(question) {
      const rows = question?.type === "group" && question.before ? ROWS : [];
      return [...rows, ...this.comparison.operators(question)];
    }

    /* Puts another question or operator into a leaf. */
    put(rule, question, op, known) {
      if (!ROWS.includes(op)) {
        if (rule.rows) ["rows", "where", "n", "cmp"].forEach((name) => delete rule[name]);
        this.comparison.put(rule, question, op);
        if (!question) rule.q = "";
        return;
      }
      const where = rule.rows === question.id ? rule.where : null;
      ["q", "v", "to", "n", "cmp", "where"].forEach((name) => delete rule[name]);
      Object.assign(rule, { rows: question.id, op }, op === "count_rows" ? { n: 1, cmp: "ge" } : {});
      if (where) rule.where = where;
      else if (op !== "count_rows") rule.where = { op: "all", of: [this.blank(inRows(known, question.id), question.id)] };
    }

    group(group, path, depth, remove, known, rows) {
      const key = (part) => `${path}${part}`, { change } = this.host;
      const name = path.endsWith("w:") ? this.words.rows_group : depth === 1 ? this.words.group : this.words.inner_group;
      const legend = node("legend", { class: "w-sr-only" }, name);
      const modes = ["all", "any", "none"].map((op) => [op, this.words[op]]);
      const head = node("div", { class: "q-any" },
        select(this.words.mode, key("mode"), modes, group.op, (op) => { group.op = op; change(key("mode")); }),
        ` ${this.words.of_these}`);
      if (depth > 1) head.append(button("×", key("drop"), () => { remove(); change(); }, this.words.remove_group));
      const list = node("ul");
      group.of.forEach((part, number) => {
        const inner = `${path}${number}:`;
        const drop = () => { group.of.splice(number, 1); if (!group.of.length) remove(); };
        list.append(node("li", {}, ...(part.of
          ? [this.group(part, inner, depth + 1, drop, known, rows)] : this.rule(part, inner, drop, number, known, depth))));
      });
      const foot = node("div", { class: "q-any" },
        button(this.words.add, key("add"), () => {
          group.of.push(this.blank(known, rows));
          change(`${path}${group.of.length - 1}:q`);
        }));
      if (depth < MAX_DEPTH) {
        foot.append(button(this.words.add_group, key("group"), () => {
          group.of.push({ op: "any", of: [this.blank(known, rows)] });
          change(`${path}${group.of.length - 1}:mode`);
        }));
      }
      return node("fieldset", {}, legend, head, list, foot);
    }

    rule(rule, path, drop, number, known, depth) {
      const { change, write } = this.host, id = rule.rows ?? rule.q;
      const question = known.find((each) => each.id === id);
      const row = node("div", { class: "q-rule" }, select(this.words.question, `${path}q`,
        this.options(id, question, known), id, (picked) => {
          const other = known.find((each) => each.id === picked);
          this.put(rule, other, this.operators(other)[0] || "answered", known);
          change(`${path}q`);
        }));
      const operators = this.operators(question);
      if (!operators.includes(rule.op)) operators.unshift(rule.op);
      const words = operators.map((op) => [op, ROWS.includes(op) ? this.words[op] : this.comparison.word(op, question)]);
      row.append(select(this.words.operator, `${path}op`, words, rule.op, (op) => {
        this.put(rule, question, op, known);
        change(`${path}op`);
      }));
      if (rule.op === "count_rows") row.append(...this.count(rule, path));
      if (!rule.rows) row.append(...this.comparison.controls(rule, question, path, { known, change, write }));
      row.append(button("×", `${path}drop`, () => { drop(); change(); }, `${this.words.remove} ${number + 1}`));
      return rule.rows ? [row, this.where(rule, path, known, depth)] : [row];
    }

    /* The questions to pick from; what stands there and fits no more stays as a marked option. */
    options(id, question, known) {
      const offered = this.offered(known).map((each) => [each.id, each.label, each.step]);
      if (!id) offered.unshift(["", this.words.pick_question]);
      else if (!question) offered.unshift([id, this.words.deleted]);
      else if (!offered.some(([each]) => each === id)) {
        offered.unshift([id, `${question.label} (${question.staff ? this.words.by_staff : this.words.later})`]);
      }
      return offered;
    }

    count(rule, path) {
      const { change, write } = this.host;
      const compared = COUNTS.map((op) => [op, this.words[`count_${op}`]]);
      return [
        select(this.words.operator_count, `${path}cmp`, compared, rule.cmp || "ge", (op) => { rule.cmp = op; change(`${path}cmp`); }),
        numberInput(this.words.how_many_rows, `${path}n`, rule.n, (value) => {
          rule.n = value === null ? null : Math.trunc(value);
          write();
        }),
      ];
    }

    /* The conditions that the rows of a leaf, or of an operand, must meet. */
    where(rule, path, known, depth) {
      const inner = `${path}w:`, own = inRows(known, rule.rows), { change } = this.host;
      if (!rule.where) {
        return node("div", { class: "q-any" }, button(this.words.only_rows, `${inner}add-root`, () => {
          rule.where = { op: "all", of: [this.blank(own, rule.rows)] };
          change(`${inner}0:q`);
        }));
      }
      if (!rule.where.of) rule.where = { op: "all", of: [rule.where] };
      return node("div", { class: "q-where" }, this.group(rule.where, inner, depth + 1, () => {
        if (!["any_row", "all_rows"].includes(rule.op)) delete rule.where;
        else rule.where = { op: "all", of: [this.blank(own, rule.rows)] };
      }, own, rule.rows));
    }
  }

  window.formBuild.Tree = Tree;
})();
