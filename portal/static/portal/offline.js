// After the page is there and nobody waits for it: keep addresses and telephones for the time without a line.
(() => {
  "use strict";
  if (!("serviceWorker" in navigator)) return;
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
})();
