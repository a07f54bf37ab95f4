// How many a filtered or searched list holds: counted after its page is shown. Without this file the page says that it shows a part.
(() => {
  const place = document.querySelector("[data-queue]");
  if (!place) return;
  const ask = async () => {
    const told = place.querySelector("[data-total]");
    if (!told || told.dataset.asked) return;
    told.dataset.asked = "1";
    const query = new URLSearchParams(window.location.search);
    query.delete("p");
    query.set("total", "1");
    const answer = await fetch(`${place.dataset.fresh}?${query}`, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return;
    const { total } = await answer.json();
    if (total) told.textContent = `${told.dataset.total}: ${total}`;
  };
  new MutationObserver(ask).observe(place, { childList: true });
  ask();
})();
