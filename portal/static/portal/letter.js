// The link of a letter brings number and code behind «#»: into the form with them, and out of the address and history.
(() => {
  "use strict";
  const found = /^#(\d{4,15})-(\d{8})$/.exec(location.hash);
  if (!found) return;
  history.replaceState(null, "", location.pathname + location.search);
  document.getElementById("id_number").value = found[1];
  document.getElementById("id_code").value = found[2];
  document.getElementById("brought").hidden = false;
  document.querySelector("main form .btn").focus();
})();
