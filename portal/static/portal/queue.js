// The preview beside the explanation follows the typing. Without this file the button «Посмотреть» does the same.
(() => {
  const typed = document.getElementById("id_explanation");
  const seen = document.querySelector("[data-queue-preview]");
  if (!typed || !seen) return;
  const draw = () => {
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
  typed.addEventListener("input", draw);
  draw();
})();
