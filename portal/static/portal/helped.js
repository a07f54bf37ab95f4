// «Помогло?» is answered in its place; without this script the form goes and comes back with the same words.
(() => {
  "use strict";
  const form = document.querySelector("#helped form");
  if (!form) return;
  const say = (what) => document.querySelectorAll("#helped [data-said]").forEach((each) => { each.hidden = each.dataset.said !== what; });
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (busy || !button) return;
    busy = true;
    try {
      const body = new URLSearchParams({ answer: form.elements.answer.value, helped: button.value });
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-In-Place": "1" } });
      if (!answer.ok) throw new Error(String(answer.status));
      say(button.value);
      form.hidden = true;
      const title = document.getElementById("helped-title");
      title.tabIndex = -1;
      title.focus();
    } catch {
      say("lost");
    }
    busy = false;
  });
  form.dataset.ready = "1";
})();
