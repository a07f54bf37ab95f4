/* Streams whose copies keep their conditions. */
(() => {
  "use strict";

  /* A copied step has fresh ids at every level; point the conditions inside the copy at the copy. */
  function pairIds(before, after, pairs = new Map()) {
    if (before && after && typeof before === "object" && typeof after === "object") {
      if (typeof before.id === "string" && typeof after.id === "string") pairs.set(before.id, after.id);
      Object.keys(before).forEach((key) => pairIds(before[key], after[key], pairs));
    }
    return pairs;
  }

  /* How an answer stands in words, see answers.js. */
  const key = (id) => `q${id.replaceAll("-", "").slice(0, 8)}`;

  class RemappingStream extends window.wagtailStreamField.blocks.StreamBlockDefinition {
    render(...args) {
      const block = super.render(...args);
      const plain = block.duplicateBlock.bind(block);
      block.duplicateBlock = (index, options) => {
        const child = block.children[index];
        const fresh = child.getDuplicatedState();
        let json = JSON.stringify(fresh);
        pairIds(child.getState(), fresh).forEach((to, from) => {
          json = json.replaceAll(from, to).replaceAll(`{${key(from)}`, `{${key(to)}`);
        });
        child.getDuplicatedState = () => JSON.parse(json);
        try { plain(index, options); } finally { delete child.getDuplicatedState; }
        window.formBuild.refreshAll();
      };
      return block;
    }
  }

  window.telepath.register("forms.build.RemappingStream", RemappingStream);
})();
