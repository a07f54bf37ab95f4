/* Which choices of a question are offered only under a condition: {choice id: condition}. */
(() => {
  "use strict";

  const { Picker, Tree, node, register } = window.formBuild;

  class CutsPicker extends Picker {
    static define(comparison, words) { return { comparison, words: { ...comparison.words, ...words } }; }

    begin() {
      this.tree = new Tree(this.comparison, this.words, { change: (key) => this.change(key), write: () => this.write() });
    }

    choices(known) {
      const mine = known.find((each) => each.mine);
      return (mine?.choices || []).filter(({ id }) => !["other", "none"].includes(id));
    }

    isBlank() { return !Object.values(this.value || {}).some(Boolean); }

    say(known) {
      const told = this.choices(known).filter(({ id }) => this.value[id])
        .map(({ id, label }) => `„${label}“ — ${this.words.if} ${this.tree.sentence(this.value[id], known)}`);
      return told.join("; ") || this.words.always;
    }

    content() {
      const choices = this.choices(this.known);
      if (!choices.length) return [node("p", {}, this.words.no_choices)];
      if (!this.tree.offered(this.known).length && this.isBlank()) return [node("p", {}, this.words.nothing_before)];
      return choices.map(({ id, label }, number) => node("fieldset", { class: "q-cut" },
        node("legend", {}, `„${label}“`),
        ...this.tree.root(this.value?.[id] || null, `c${number}:`, this.known, (condition) => {
          this.value = { ...this.value, [id]: condition };
          if (!condition) delete this.value[id];
        })));
    }
  }

  register("forms.build.CutsInput", CutsPicker);
})();
