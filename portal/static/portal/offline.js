// After the page is there and nobody waits for it: keep addresses and telephones for the time without a line.
// The kept page is fetched without cookies and so is the same for everybody. What the visitor chose in «Версия для
// слабовидящих» is remembered on the device by the pages that the server draws, and put onto the kept one here.
(() => {
  "use strict";
  const NAME = "look", CHOICES = ["scheme", "size", "font", "spacing", "images"], VALUE = /^[a-z0-9-]{1,20}$/;
  const root = document.documentElement;

  const chosen = () => CHOICES.map((name) => root.dataset[name] || "");
  const remember = () => {
    if (root.dataset.size) localStorage.setItem(NAME, chosen().join(" ")); else localStorage.removeItem(NAME);
  };
  const put = () => {
    const values = (localStorage.getItem(NAME) || "").split(" ");
    if (root.dataset.size || values.length !== CHOICES.length || !values.every((value) => VALUE.test(value))) return;
    CHOICES.forEach((name, place) => { root.dataset[name] = values[place]; });
  };
  // A browser may refuse to remember; the page is readable without.
  try { (document.querySelector("[data-kept]") ? put : remember)(); } catch { /* as it is */ }

  if (!("serviceWorker" in navigator)) return;
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
})();
