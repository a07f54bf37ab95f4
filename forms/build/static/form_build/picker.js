/* A picker: a JSON value that reads as a sentence, and under the sentence the controls that change it.
   Drawn only while open; a subclass gives say(known) and content(). Questions are read from the unsaved editor. */
(() => {
  "use strict";

  const { node, questions } = window.formBuild;
  const open = new Set();
  let nextId = 0;

  /* Draws everything anew but the list that is being changed: it keeps the focus and the letters typed so far, so that
     arrows and typing go on in it. False where it is not there any more. */
  function drawAround(kept, fresh, panel, key) {
    let twin = fresh.querySelector(`select[data-key="${key}"]`), here = kept;
    if (!twin || kept.tagName !== "SELECT" || kept.dataset.key !== key || !panel.contains(kept)) return false;
    while (here !== panel && twin !== fresh) {
      const [parent, model] = [here.parentNode, twin.parentNode], place = [...model.childNodes].indexOf(twin);
      [...parent.childNodes].forEach((each) => { if (each !== here) each.remove(); });
      [...model.childNodes].forEach((each, number) => {
        if (number < place) here.before(each);
        else if (number > place) parent.append(each);
      });
      [here, twin] = [parent, model];
    }
    return true;
  }

  class Picker {
    constructor(definition, name, id, state) {
      Object.assign(this, definition, { name, value: state || null });
      this.input = node("input", { type: "hidden", name, id });
      const panel = `picker-${(nextId += 1)}`;
      this.button = node("button", {
        type: "button", class: "q-cond__say", "aria-expanded": "false", "aria-controls": panel,
        onclick: () => this.toggle(),
      });
      this.panel = node("div", {
        id: panel, class: "q-cond__panel", hidden: true,
        onkeydown: (event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          this.toggle();
          this.button.focus();
        },
      });
      this.element = node("div", { class: "q-cond" }, this.input, this.button, this.panel);
      this.idForLabel = undefined; // a <label for> would replace the sentence as the name of the button
      this.begin();
      this.write();
      open.add(this);
    }

    begin() {}
    isBlank() { return !this.value; }
    getValue() { return this.input.value; }
    getState() { return this.value ? JSON.parse(JSON.stringify(this.value)) : null; }
    setState(state) { this.value = state || null; this.write(); if (!this.panel.hidden) this.draw(); }
    getTextLabel() { return null; }
    focus() { this.button.focus(); }
    setInvalid(invalid) { this.element.classList.toggle("q-cond--wrong", Boolean(invalid)); }
    setCapabilityOptions() {}

    write() {
      this.input.value = this.isBlank() ? "" : JSON.stringify(this.value);
      this.refresh();
    }

    refresh() {
      const text = this.isBlank() ? this.words.always : this.say(this.questions());
      if (this.button.textContent !== text) this.button.textContent = text;
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

    toggle() {
      const opening = this.panel.hidden;
      this.panel.hidden = !opening;
      this.button.setAttribute("aria-expanded", String(opening));
      if (!opening) { this.panel.replaceChildren(); return; }
      this.draw();
      this.panel.querySelector("select, button")?.focus();
    }

    draw(focusKey) {
      this.known = this.questions();
      const fresh = node("div", {}, ...this.content());
      if (focusKey && drawAround(document.activeElement, fresh, this.panel, focusKey)) return;
      this.panel.replaceChildren(...fresh.childNodes);
      if (focusKey) (this.panel.querySelector(`[data-key="${focusKey}"]`) || this.panel.querySelector("button, select")).focus();
    }

    change(focusKey) { this.write(); this.draw(focusKey); }
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

  /* Lets telepath draw widgets of a class. */
  function register(name, Widget) {
    window.telepath.register(name, class {
      constructor(...args) { this.definition = Widget.define(...args); }

      render(placeholder, name_, id, state) {
        const widget = new Widget(this.definition, name_, id, state);
        placeholder.replaceWith(widget.element);
        return widget;
      }
    });
  }

  Object.assign(window.formBuild, { Picker, register, refreshAll, pickers: open });
})();
