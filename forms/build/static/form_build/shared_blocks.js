/* «Вставить готовый блок» under every stream of questions: copies of questions that are kept once.
   The server gives each copy fresh ids at every level, so what is inside of a copy asks the copy. */
(() => {
  "use strict";

  const Stream = window.telepath.constructors["forms.build.RemappingStream"];
  let known = null;
  let nextId = 0;

  function node(tag, attributes, ...children) {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => {
      if (name === "onclick") made.addEventListener("click", value);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false) made.setAttribute(name, value);
    });
    made.append(...children);
    return made;
  }

  async function read(url) {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  class Insertion {
    constructor(stream, { url, words }) {
      Object.assign(this, { stream, url, words });
      const id = `shared-blocks-${(nextId += 1)}`;
      this.opener = node("button", {
        type: "button", class: "button button-small button-secondary", "aria-expanded": "false", "aria-controls": id,
        onclick: () => this.toggle(),
      }, words.insert);
      this.panel = node("div", { id, class: "q-blocks", role: "group", "aria-label": words.blocks, hidden: true });
      this.say = node("p", { class: "q-blocks__say", role: "status" });
      this.element = node("div", { class: "q-insert" }, this.opener, this.panel, this.say);
    }

    async toggle() {
      const opening = this.panel.hidden;
      this.close();
      if (!opening) return;
      this.say.textContent = "";
      try {
        known = known || (await read(this.url)).blocks;
        this.open();
      } catch {
        known = null;
        this.say.textContent = this.words.failed;
      }
    }

    close() {
      this.panel.hidden = true;
      this.opener.setAttribute("aria-expanded", "false");
    }

    open() {
      const taken = this.stream.blockDef.childBlockDefsByName;
      const fitting = known.filter((block) => block.types.every((type) => taken[type]));
      const buttons = fitting.map((block) => node("button", {
        type: "button", class: "button button-small button-secondary", title: block.about, onclick: () => this.insert(block),
      }, block.name));
      this.panel.replaceChildren(...(buttons.length ? buttons : [node("p", {}, this.words.none)]));
      this.panel.hidden = false;
      this.opener.setAttribute("aria-expanded", "true");
      this.panel.querySelector("button")?.focus();
    }

    async insert(block) {
      try {
        const { questions } = await read(`${this.url}${block.id}/`);
        this.close();
        const first = this.stream.children.length;
        questions.forEach((question, number) => {
          this.stream.insert(question, first + number, { animate: true, focus: number === 0 });
        });
        this.say.textContent = `${this.words.inserted}: ${block.name}`;
      } catch {
        this.say.textContent = this.words.failed;
      }
    }
  }

  class QuestionsStream extends Stream {
    render(...args) {
      const block = super.render(...args);
      const host = block.container[0] || block.container;
      host.append(new Insertion(block, this.meta.sharedBlocks).element);
      return block;
    }
  }

  window.telepath.register("forms.build.QuestionsStream", QuestionsStream);
})();
