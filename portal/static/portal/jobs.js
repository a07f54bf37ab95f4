// A page of something that the worker does asks how far it is, until it is over. Without this file a reload does the same.
(() => {
  const place = document.querySelector("[data-job]");
  if (!place) return;
  const look = async () => {
    if (place.querySelector("[data-job-over]")) return;
    const answer = document.hidden ? null : await fetch(place.dataset.job, { credentials: "same-origin" }).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const held = place.contains(document.activeElement);
      const text = await answer.text();
      if (text !== place.dataset.said) {
        place.innerHTML = text;
        place.dataset.said = text;
        if (held) place.querySelector("a, button")?.focus();
      }
    }
    window.setTimeout(look, Number(place.dataset.every) || 1000);
  };
  window.setTimeout(look, 500);
})();
