// Keys by their place, so the layout does not matter. What each is called stands in the page, from one table; a screen
// hears "portal:key" and says by preventDefault that it acted, else the button of this name is pressed. Letters are off
// where the account says so. Without this file everything is links and forms.
(() => {
  const place = document.querySelector("[data-keymap]");
  if (!place) return;
  const KEYS = JSON.parse(place.dataset.keymap);
  const FIRST = new Set(Object.keys(KEYS).filter((code) => code.includes(" ")).map((code) => code.split(" ")[0]));
  const list = document.querySelector("[data-keys-dialog]");
  const areLettersOn = () => place.dataset.keys === "1";
  const isTyping = (node) => document.querySelector("dialog[open]")
    || node.matches?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]")
    || node.closest?.("[role=dialog], details.q-menu[open]");
  // «?» on the Latin place is a comma in the Russian layout.
  const isList = (event) => event.key === "?" || (event.shiftKey && ["Slash", "Digit7"].includes(event.code) && event.key === ",");

  let before = "";
  const nameOf = (event) => {
    const code = (event.shiftKey ? "Shift+" : "") + event.code;
    const found = (before && KEYS[`${before} ${code}`]) || KEYS[code] || "";
    before = !found && FIRST.has(code) ? code : "";
    return found;
  };
  const act = (name) => {
    if (!document.dispatchEvent(new CustomEvent("portal:key", { detail: name, cancelable: true }))) return true;
    const node = name.startsWith("folder=") ? null : document.querySelector(`[data-key="${name}"]`);
    if (name.startsWith("folder=")) window.location.assign(`${place.dataset.queue}?${name}`);
    else node?.click();
    return Boolean(node) || name.startsWith("folder=");
  };
  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.key === "Shift" || isTyping(event.target)) return;
    if (event.code.startsWith("Key") && !areLettersOn()) return;
    if (event.code === "Space" && event.target.closest("button, summary, input")) return;
    let done = false;
    if (isList(event) && areLettersOn()) {
      list.showModal();
      done = true;
    } else {
      const name = nameOf(event);
      done = Boolean(name) && act(name);
    }
    if (!done) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  // Wagtail opens its own list by «?» on keypress; here this one is meant.
  window.addEventListener("keypress", (event) => {
    if (event.key === "?" && areLettersOn() && !isTyping(event.target)) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("click", (event) => { if (event.target.closest("[data-keys-open]")) list.showModal(); });
})();
