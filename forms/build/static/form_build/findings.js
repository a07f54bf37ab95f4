/* The list of findings: asked again after each autosave; a link opens the tab and the folded blocks on its way. */
(() => {
  const panel = () => document.getElementById("form-findings");

  const words = (root) => root.querySelector("[data-findings-words]")?.textContent.trim().replace(/\s+/g, " ") ?? "";

  let asked = 0;
  const refresh = async (pk) => {
    const root = panel();
    const mine = ++asked;
    const url = root.dataset.findings.replace("/0/", `/${pk}/`);
    let answer;
    try {
      answer = await fetch(url, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    } catch {
      return; // No line now: the next autosave asks again.
    }
    if (!answer.ok || answer.redirected || mine !== asked) return;
    const html = await answer.text();
    if (mine !== asked) return;
    const list = root.querySelector("[data-findings-list]");
    const before = words(list);
    const hadFocus = list.contains(document.activeElement);
    list.innerHTML = html;
    root.dataset.findingsOf = pk;
    if (hadFocus) root.focus();
    if (words(list) !== before) root.querySelector("[data-findings-status]").textContent = words(list);
  };

  const openTab = (target) => {
    const tab = target.closest("[role=tabpanel]");
    if (!tab?.hidden) return;
    document.querySelector(`[role=tab][aria-controls="${tab.id}"], [role=tab][href="#${tab.id}"]`)?.click();
  };

  const unfold = (target) => {
    const folded = [];
    for (let place = target; place; place = place.parentElement) {
      if (!place.matches?.("[data-panel]")) continue;
      const button = place.querySelector("[data-panel-toggle]");
      if (button?.getAttribute("aria-expanded") === "false" && button.closest("[data-panel]") === place)
        folded.unshift(button);
    }
    folded.forEach((button) => button.click());
  };

  /* A tab and a panel open a moment after they are told to. */
  const focus = (target, field, frames) => {
    if (!field.checkVisibility() && frames) {
      requestAnimationFrame(() => focus(target, field, frames - 1));
      return;
    }
    target.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  };

  const go = (id) => {
    const target = document.getElementById(id);
    if (!target) return false;
    openTab(target);
    unfold(target);
    const first = "input:not([type=hidden]):not([disabled]), textarea, select, button[aria-expanded]";
    const field = target.matches(first) ? target : target.querySelector(".w-panel__content")?.querySelector(first);
    focus(target, field ?? target, 60);
    return true;
  };

  document.addEventListener("w-autosave:success", (event) => {
    const pk = event.detail?.response?.pk;
    if (pk && panel()) refresh(pk);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('#form-findings a[href^="#"]');
    if (link && go(decodeURIComponent(link.hash.slice(1)))) event.preventDefault();
  });

  // From the task list: the blocks are drawn by script a moment after the page.
  window.addEventListener("load", () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (panel() && id && !id.startsWith("tab-")) requestAnimationFrame(() => go(id));
  });
})();
