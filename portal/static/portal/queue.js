// The preview beside the text follows the typing. Without this file the button «Посмотреть» does the same.
(() => {
  const TYPED = "form[data-step] :is([name=explanation], [name=notice], [name=extension_reason])";
  const draw = (typed) => {
    const seen = typed.closest(".q-split")?.querySelector("[data-queue-preview]");
    if (!seen) return;
    const parts = typed.value.trim().split(/\n{2,}/).filter(Boolean);
    const paragraph = (text, name) => {
      const made = document.createElement("p");
      made.className = name;
      text.split("\n").forEach((line, number) => {
        if (number) made.append(document.createElement("br"));
        made.append(line);
      });
      return made;
    };
    seen.replaceChildren(...(parts.length ? parts.map((text) => paragraph(text, "")) : [paragraph(seen.dataset.empty, "q-meta")]));
  };
  document.addEventListener("input", (event) => {
    if (event.target.matches(TYPED)) draw(event.target);
  });
})();
