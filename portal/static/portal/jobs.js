// Something that the worker does is asked how far it is, until it is over: on its own page, or where another script wants
// to know. Without this file a reload does the same.
(() => {
  const follow = (place) => {
    const address = place.dataset.job;
    const look = async () => {
      if (place.dataset.job !== address || place.querySelector("[data-job-over]")) return;
      const answer = document.hidden ? null : await fetch(address, { credentials: "same-origin" }).catch(() => null);
      if (place.dataset.job !== address) return;
      // Somebody else's by now, or put away: there is nothing to wait for.
      if (answer?.status === 404) { place.dispatchEvent(new Event("portal:gone")); return; }
      if (answer?.ok && !answer.redirected) {
        const held = place.contains(document.activeElement);
        const text = await answer.text();
        if (text !== place.dataset.said) {
          place.innerHTML = text;
          place.dataset.said = text;
          if (held) place.querySelector("a, button")?.focus();
        }
        place.dispatchEvent(new Event("portal:looked"));
      }
      window.setTimeout(look, Number(place.dataset.every) || 1000);
    };
    return look;
  };
  const place = document.querySelector("[data-job]");
  if (place) window.setTimeout(follow(place), 500);
  document.addEventListener("portal:job", (event) => {
    delete event.detail.dataset.said;
    follow(event.detail)();
  });
})();
