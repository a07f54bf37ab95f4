// A proof of work where the page asks for one: counted beside the page, then put into the form.
// A button pressed too early is pressed again when it is done. Without this script the page says what else helps.
(() => {
  "use strict";
  const place = document.querySelector("[data-proof]");
  const input = document.querySelector("input[name=altcha]");
  if (!place || !input || !window.Worker) return;
  const form = input.form, told = place.querySelector("[data-proof-said]");
  const challenge = JSON.parse(place.dataset.proof);
  let pressed = null;
  const say = (text) => { told.textContent = text; };

  const worker = new Worker(place.dataset.worker);
  worker.onmessage = ({ data }) => {
    worker.terminate();
    if (data === null) return;
    const { algorithm, salt, signature } = challenge;
    input.value = btoa(JSON.stringify({ algorithm, challenge: challenge.challenge, number: data, salt, signature }));
    say(place.dataset.done);
    if (pressed) form.requestSubmit(pressed.isConnected ? pressed : undefined);
  };
  worker.postMessage({ salt: challenge.salt, challenge: challenge.challenge, most: challenge.maxnumber });
  say(place.dataset.counting);
  form.addEventListener("submit", (event) => {
    if (input.value) return;
    event.preventDefault();
    pressed = event.submitter || form.querySelector("button");
    say(place.dataset.wait);
  });
})();
