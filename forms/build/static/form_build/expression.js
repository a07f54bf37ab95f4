/* What a computed answer is worked out from: {"fn", "of": [operand…], "unit"}. An operand is {"q": question},
   {"v": constant}, {"today": days}, {"rows": group, "q": question in it, "where": condition} or another expression. */
(() => {
  "use strict";

  const { Picker, Tree, node, select, button, numberInput, dateInput, showNumber, showDate, counted, register } = window.formBuild;
  const DATE = ["date"], NUMBER = ["number"], EITHER = ["number", "date"];
  /* The kinds of operands, a list of one for as many as wanted; `gives` what comes of them. */
  const FUNCTIONS = {
    age: { of: [DATE, DATE], gives: NUMBER },
    days_between: { of: [DATE, DATE], gives: NUMBER },
    date_plus: { of: [DATE, NUMBER], gives: DATE },
    add: { all: NUMBER, gives: NUMBER, sign: "+" },
    sub: { of: [NUMBER, NUMBER], gives: NUMBER, sign: "−" },
    mul: { all: NUMBER, gives: NUMBER, sign: "×" },
    count: { all: [], gives: NUMBER, rows: true },
    sum: { all: NUMBER, gives: NUMBER, rows: true },
    min: { all: EITHER, gives: EITHER, rows: true },
    max: { all: EITHER, gives: EITHER, rows: true },
  };
  const MAX_DEPTH = 3;
  const MOST = 10;

  class ExpressionPicker extends Picker {
    static define(comparison, words) { return { comparison, words: { ...comparison.words, ...words } }; }

    begin() {
      this.tree = new Tree(this.comparison, this.words, { change: (key) => this.change(key), write: () => this.write() });
    }

    /* The words of the closed picker. */
    say(known) { return `${this.words.is} ${this.sentence(this.value, known)}`; }

    sentence({ fn, of = [], unit }, known) {
      const { sign, rows } = FUNCTIONS[fn] || {}, parts = of.map((operand) => this.operandText(operand, known));
      const text = (place) => parts[place] || "…";
      if (sign) return parts.join(` ${sign} `) || "…";
      if (rows) return `${this.words[fn]} ${parts.join("; ") || "…"}`;
      if (fn === "age") return `${this.words.age_by} ${text(0)} ${of[1] && of[1].today !== 0 ? `${this.words.age_on} ${text(1)}` : this.words.age_today}`;
      if (fn === "days_between") return `${this.words.days_from} ${text(0)} ${this.words.days_to} ${text(1)}`;
      if (fn !== "date_plus") return "…";
      const count = of[1]?.v, units = this.words[`of_${unit || "days"}`];
      if (typeof count === "number") return `${text(0)} ${count < 0 ? "−" : "+"} ${counted(count, units)}`;
      return `${text(0)} + ${text(1)} ${units.split("|")[2]}`;
    }

    operandText(operand, known) {
      const label = (id) => `„${known.find((each) => each.id === id)?.label || (id ? this.words.deleted : "…")}“`;
      if (operand.fn) return `(${this.sentence(operand, known)})`;
      if ("v" in operand) return typeof operand.v === "number" ? showNumber(operand.v) : showDate(operand.v || "…");
      if ("today" in operand) return this.comparison.operandText(operand, known);
      if (!("rows" in operand)) return label(operand.q);
      const list = operand.q ? `${label(operand.q)} ${this.words.in_list} ${label(operand.rows)}` : label(operand.rows);
      const where = operand.where ? this.tree.sentence(operand.where, window.formBuild.inRows(known, operand.rows)) : "";
      return where ? `${list}, ${this.words.where} ${where}` : list;
    }

    content() { return [this.editor(this.value, "", 1, EITHER, (made) => { this.value = made; })]; }

    editor(expression, path, depth, wanted, put) {
      const fitting = Object.keys(FUNCTIONS).filter((fn) => FUNCTIONS[fn].gives.some((kind) => wanted.includes(kind)));
      const options = fitting.map((fn) => [fn, this.words[`pick_${fn}`]]);
      if (!expression) options.unshift(["", this.words.pick_function]);
      const head = node("div", { class: "q-any" }, select(this.words.function, `${path}fn`, options, expression?.fn || "", (fn) => {
        if (expression && fn) this.turn(expression, fn);
        else put(fn ? this.made(fn) : null);
        this.change(`${path}fn`);
      }));
      const legend = node("legend", { class: "w-sr-only" }, depth === 1 ? this.words.group : this.words.computation);
      const rows = expression ? this.operands(expression, path, depth) : [];
      return node("fieldset", {}, legend, head, node("ul", {}, ...rows), ...this.foot(expression, path));
    }

    /* A new expression about the last earlier question of the right kind. */
    made(fn) {
      const { of, all, rows } = FUNCTIONS[fn];
      if (rows) return { fn, of: [this.blank(fn, all)] };
      const second = fn === "date_plus" ? { v: null } : of?.[1] === DATE ? { today: 0 } : { q: "" };
      return { fn, of: [this.blank(fn, of ? of[0] : all), second] };
    }

    blank(fn, kinds) {
      const sources = this.sources(fn, kinds, MAX_DEPTH);
      const [picked] = sources.filter(([source]) => source.startsWith(FUNCTIONS[fn].rows ? "rows " : "q ")).slice(-1);
      return picked ? this.operand(picked[0]) : { q: "" };
    }

    /* Another function with what still fits of the operands. */
    turn(expression, fn) {
      const { of, all } = FUNCTIONS[fn], made = this.made(fn);
      const stays = expression.of.filter((operand, place) => this.fits(fn, all || of[place] || [], operand));
      if (all && stays.length >= made.of.length) made.of = stays;
      else made.of = made.of.map((operand, place) => (this.fits(fn, all || of[place], expression.of[place]) ? expression.of[place] : operand));
      delete expression.unit;
      Object.assign(expression, made);
    }

    fits(fn, kinds, operand) {
      if (!operand || operand.fn || operand.q === "") return false;
      if ("v" in operand) return kinds.includes(typeof operand.v === "number" ? "number" : "date");
      return this.sources(fn, kinds, MAX_DEPTH).some(([source]) => source === this.source(operand));
    }

    source(operand) {
      if (operand.fn) return "fn";
      if ("v" in operand) return "v";
      if ("today" in operand) return "today";
      if ("rows" in operand) return `rows ${operand.rows} ${operand.q || ""}`;
      return operand.q ? `q ${operand.q}` : "";
    }

    operand(source, kinds = NUMBER) {
      const [what, id, inner] = source.split(" ");
      if (what === "v") return { v: null };
      if (what === "today") return { today: 0 };
      if (what === "fn") return this.made(kinds.includes("number") ? "add" : "date_plus");
      return what === "rows" ? { rows: id, ...(inner ? { q: inner } : {}) } : { q: id };
    }

    /* What an operand may be: [source, words, group of the list]. */
    sources(fn, kinds, depth) {
      const { known, words } = this, fits = (each) => kinds.includes(this.comparison.kind(each));
      const found = known.filter((each) => each.before && fits(each)).map((each) => [`q ${each.id}`, each.label, each.step]);
      const groups = FUNCTIONS[fn].rows ? known.filter((each) => each.type === "group" && each.before) : [];
      groups.forEach((group) => {
        if (fn === "count") found.push([`rows ${group.id} `, group.label, words.lists]);
        else {
          known.filter((each) => each.group === group.id && !each.staff && fits(each))
            .forEach((each) => found.push([`rows ${group.id} ${each.id}`, each.label, group.label]));
        }
      });
      if (fn === "count") return found;
      if (kinds.includes("date")) found.push(["today", words.today], ...(kinds.length > 1 ? [] : [["v", words.constant_date]]));
      if (kinds.includes("number")) found.push(["v", words.constant_number]);
      if (depth < MAX_DEPTH) found.push(["fn", words.computation]);
      return found;
    }

    operands(expression, path, depth) {
      const { fn, of } = expression, { of: fixed, all } = FUNCTIONS[fn] || { all: NUMBER };
      if (fn === "age" && of.length === 1) of.push({ today: 0 });
      return of.map((operand, place) => {
        const kinds = all || fixed[place] || NUMBER, key = `${path}${place}:`;
        const drop = all && of.length > (FUNCTIONS[fn].rows ? 1 : 2) ? () => { of.splice(place, 1); this.change(); } : null;
        const put = (made) => { of[place] = made; };
        return node("li", {}, ...this.row({ expression, operand, kinds, key, depth, drop, put, place }));
      });
    }

    row({ expression, operand, kinds, key, depth, drop, put, place }) {
      const { fn } = expression, { words } = this, current = this.source(operand);
      const options = this.sources(fn, kinds, depth);
      if (!current) options.unshift(["", words.pick_operand]);
      else if (!options.some(([source]) => source === current)) options.unshift([current, this.operandText(operand, this.known)]);
      const before = words[`${fn}_${place}`] || "";
      const row = node("div", { class: "q-rule" }, before, select(before || words.operand, `${key}of`, options, current, (source) => {
        put(source ? this.operand(source, kinds) : { q: "" });
        this.change(`${key}of`);
      }), ...this.details(expression, operand, kinds, key, place));
      if (drop) row.append(button("×", `${key}drop`, drop, `${words.remove_operand} ${place + 1}`));
      if (operand.fn) return [row, this.editor(operand, key, depth + 1, kinds, (made) => put(made || { q: "" }))];
      return operand.rows ? [row, this.tree.where(operand, key, this.known, 1)] : [row];
    }

    /* What stands after the list of sources: a number, a day, days from today, a unit. */
    details(expression, operand, kinds, key, place) {
      const { words } = this, write = () => this.write();
      const parts = [];
      if ("v" in operand && kinds.includes("number")) {
        const whole = expression.fn === "date_plus";
        parts.push(numberInput(words.number, `${key}v`, operand.v, (value) => {
          operand.v = whole && value !== null ? Math.trunc(value) : value;
          write();
        }));
      } else if ("v" in operand) {
        parts.push(dateInput(words.constant_date, `${key}v`, operand.v, (value) => { operand.v = value; write(); }));
      }
      if ("today" in operand) {
        parts.push("+", numberInput(words.plus, `${key}plus`, operand.today, (value) => {
          operand.today = Math.trunc(value || 0);
          write();
        }), words.days);
      }
      if (expression.fn === "date_plus" && place === 1) {
        const units = ["days", "months", "years"].map((name) => [name, words[name]]);
        parts.push(select(words.unit, `${key}unit`, units, expression.unit || "days", (unit) => {
          if (unit === "days") delete expression.unit;
          else expression.unit = unit;
          this.change(`${key}unit`);
        }));
      }
      return parts;
    }

    foot(expression, path) {
      const { all, rows } = FUNCTIONS[expression?.fn] || {};
      if (!all || expression.of.length >= MOST) return [];
      const add = () => {
        expression.of.push(rows ? this.blank(expression.fn, all) : { q: "" });
        this.change(`${path}${expression.of.length - 1}:of`);
      };
      return [node("div", { class: "q-any" }, button(this.words.add_operand, `${path}add`, add))];
    }
  }

  register("forms.build.ExpressionInput", ExpressionPicker);
})();
