/* One question or one step, picked from a list. */
(() => {
  "use strict";

  const { node, questions, steps, register, pickers } = window.formBuild;
  const SHOWN = ["heading", "explanation", "computed"];

  /* A list of the earlier questions of some types (of no types: of all that are asked), of those inside of earlier rows,
     or of the steps; the value is the id of one. */
  class QuestionSelect {
    static define(options) { return options; }

    constructor({ types, rows, spoken, words }, name, id, state) {
      Object.assign(this, { types, rows, words, name, idForLabel: id });
      this.known = () => (types.includes("step") ? steps() : questions(name));
      this.element = node("select", { name, id, "aria-label": spoken || null, onfocus: () => this.refresh() });
      this.draw(state || "", null);
      pickers.add(this);
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
      const fitting = (known || []).filter((each) => (this.rows ? each.rowsBefore && !each.staff : each.before) && fits(each));
      const words = ({ groupLabel, label }) => (this.rows ? `${groupLabel}: ${label}` : label);
      const options = [["", this.words.nothing], ...fitting.map((each) => [each.id, words(each)])];
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

  register("forms.build.QuestionInput", QuestionSelect);
})();
