/* «Показывать, если…»: a condition on the thing it stands beside. */
(() => {
  "use strict";

  const { Picker, Tree, register } = window.formBuild;

  class ConditionPicker extends Picker {
    static define(comparison, words) { return { comparison, words: { ...comparison.words, ...words } }; }

    begin() {
      this.tree = new Tree(this.comparison, this.words, { change: (key) => this.change(key), write: () => this.write() });
    }

    say(known) { return `${this.words.show_if} ${this.tree.sentence(this.value, known)}`; }

    content() { return this.tree.root(this.value, "", this.known, (value) => { this.value = value; }); }
  }

  register("forms.build.ConditionInput", ConditionPicker);
})();
