// Questions of a step appear and disappear as it is answered, by the rules that came with the page; the server decides
// again when the step is sent. Without this script the server shows what appeared and asks for it.
const data = JSON.parse(document.getElementById("step-data").textContent);
const form = document.querySelector("form[data-step]"), told = document.getElementById("told");
const { rules, words } = data, world = { today: rules.today, territories: rules.territories };
let walk, evaluate, answered, more;

// What was typed, as the server would store it; undefined for what it would not accept.
const line = (x) => (x || "").normalize("NFC").split(/\s+/).filter(Boolean).join(" ");
const MONTHS = ["янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];
const digits = (x) => (/^\d{1,4}$/.test(x) ? Number(x) : 0);
const month = (x) => digits(x) || (x.length > 2 ? MONTHS.findIndex((m) => x.toLowerCase().startsWith(m)) + 1 : 0);

function number(text, places) {
  const plain = text.replace(/[\u2212\u2013]/g, "-").replace(/^([+-])\s+/, "$1");
  if (!/^[+-]?(\d{1,3}( \d{3})+|\d+)([.,]\d+)?$/.test(plain)) return undefined;
  const value = Number(plain.replace(/ /g, "").replace(",", "."));
  return Number((value).toFixed(places)) === value && Math.abs(value) < 1e15 ? value : undefined;
}

function date({ day, month: typed, year, age }, partial) {
  if (age) return /^\d{1,3}$/.test(age) ? { age: Number(age), on: world.today } : undefined;
  const two = (n) => String(n).padStart(2, "0"), y = digits(year || "");
  if (y < 1880 || y > 2200) return undefined;
  const asked = [typed, day].map((text, n) => text !== undefined && (text || (!n && day) || !partial));
  if (!asked[0]) return String(y);
  const m = month(typed), d = asked[1] ? digits(day) : 1, on = new Date(Date.UTC(y, m - 1, d));
  if (on.getUTCMonth() !== m - 1 || on.getUTCDate() !== d) return undefined;
  return asked[1] ? `${y}-${two(m)}-${two(d)}` : `${y}-${two(m)}`;
}

function clock(text) {
  const found = /^(\d{1,2})(?:\s*[:.,ч\- ]\s*(\d{2}))?$/.exec(text);
  return found && found[1] < 24 && (found[2] || 0) < 60 ? `${found[1].padStart(2, "0")}:${found[2] || "00"}` : undefined;
}

const roubles = (text) => number(text.replace(/\s*(рубл(ь|я|ей)|руб\.?|р\.?|₽)$/i, ""), 2)?.toFixed(2);
const READ = {
  whole_number: (text) => number(text, 0),
  decimal: (text) => number(text, 6),
  money: roubles,
  time: clock,
  yes_no: (text) => (text ? text === "yes" : undefined),
};

// Everything on the page by the name of its input; a tick or a radio counts where it is set.
function typedValues() {
  const found = new Map();
  for (const input of form.elements) {
    if (!input.name || input.type === "file") continue;
    const list = found.get(input.name) || found.set(input.name, []).get(input.name);
    if ((input.type !== "radio" && input.type !== "checkbox") || input.checked) list.push(input.value);
  }
  return found;
}

function parts(typed, name) {
  const found = {};
  for (const [key, values] of typed) if (key.startsWith(name + "_")) found[key.slice(name.length + 1)] = line(values[0]);
  return found;
}

// The files beside an input; in a preview nothing is sent, so what is chosen counts.
function filesAt(name) {
  const box = form.querySelector(`[data-upload="${name}"]`), kept = box ? box.parentElement.querySelectorAll("[name=remove]") : [];
  if (kept.length || !box || form.dataset.uploadTo) return [...kept].map((button) => button.value);
  return [...box.querySelector("input").files].map((_file, n) => String(n));
}

function attached({ papers, required }, name, typed) {
  if (!papers) return { files: filesAt(name) };
  const found = {};
  for (const key of papers) {
    const files = filesAt(`${name}_${key}`), [said] = typed.get(`${name}_${key}_how`) || [], how = said || (files.length ? "now" : "");
    if (!how && !required) continue;
    if (!how || (how === "now" && !files.length)) return undefined;
    found[key] = how === "now" ? { how, files } : { how };
  }
  return { papers: found };
}

function answer(field, name, typed) {
  const { type, partial } = field;
  const [first] = typed.get(name) || [], text = line(first);
  if (type === "multiple_choice") return typed.get(name);
  if (type === "file") return attached(field, name, typed);
  if (type === "full_name" || type === "address") return { ...parts(typed, name), no_middle: "" };
  if (type === "date" || type === "birth_date") return date(parts(typed, name), partial);
  if (type === "choice" && text === "other" && typed.has(name + "_other")) {
    return { choice: text, other: line(typed.get(name + "_other")[0]) };
  }
  return text && READ[type] ? READ[type](text) : text;
}

function answers(fields, typed, before = "") {
  const found = {};
  for (const field of fields) {
    const name = before + field.key;
    if (field.fields) {
      const ids = ((typed.get(name) || [])[0] || "").split(",").filter(Boolean);
      found[field.key] = ids.map((id) => ({ id, ...answers(field.fields, typed, `${name}.${id}.`) }));
    } else if (!field.expr) {
      const value = answer(field, name, typed);
      if (answered(value)) found[field.key] = value;
    }
  }
  return found;
}

// The page: a hidden part is a <template>, a shown one a <div>; what was typed into it waits in its own elements.
const away = new Map();
const place = (name) => form.querySelector(`[data-q="${name}"]`);
const called = (part) => line((part.querySelector("legend,label,h2,h3,b")?.firstChild || part).textContent).replace(/:$/, "");

function show(name, wanted, said) {
  const here = place(name);
  if (!here || (here.tagName === "DIV") === wanted) return false;
  let other = away.get(here);
  if (!other) {
    other = document.createElement(wanted ? "div" : "template");
    other.dataset.q = name;
    if (wanted) other.append(here.content);
    away.set(other, here);
  }
  away.set(here, other);
  if (!wanted && here.contains(document.activeElement)) return false;
  here.replaceWith(other);
  said.push([wanted, called(wanted ? other : here)]);
  return true;
}

function mark(name, required) {
  const label = place(name)?.querySelector("legend,label:not(.pick)");
  if (!label || label.closest("[data-q]") !== place(name)) return;
  const old = label.querySelector(".soft");
  if (required) old?.remove();
  else if (!old) {
    const span = document.createElement("span");
    span.className = "soft nowrap";
    span.textContent = words.optional;
    label.append(" ", span);
  }
}

// As the server says it: groups of three from five digits on, a comma, a true minus.
function grouped(value) {
  const [whole, fraction = ""] = Math.abs(value).toFixed(6).split("."), rest = fraction.replace(/0+$/, "");
  const text = Math.abs(value) >= 10000 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u00a0") : whole;
  return (value < 0 ? "−" : "") + text + (rest && "," + rest);
}

function words_of(value, unit) {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)) {
    const month = { day: "numeric", month: "long", timeZone: "UTC" };
    return `${new Date(value).toLocaleDateString("ru", month)} ${value.slice(0, 4)} ${words.year}`;
  }
  const told = typeof value === "number" ? grouped(value) : String(value);
  return told + (unit ? ` ${unit}` : "");
}

const SHOWN_ONLY = ["heading", "explanation", "computed"];

// Choices, rows and words that follow an answer (following.js).
function follow(field, name, { offered, ids, limits }, seen, said) {
  const part = place(name);
  if (!part || part.tagName !== "DIV") return;
  if (offered) more.offer(part, name, offered, field.type === "multiple_choice");
  if (limits) more.bounds(part, limits, words);
  if (ids) more.rows(part, name, field, ids, rules.blank, said);
  if (field.words) more.word(part, field.words, (parts) => more.said(parts, seen, rules.spoken));
}

// Bring the page into the state that the rules tell of; collects the names asked and what changed.
function arrange(fields, tell, before, asked, said, seen) {
  for (const field of fields) {
    const name = before + field.key, { shown, required, value, rows, ids, kept } = tell[field.key];
    const output = field.expr && field.shown;
    if (ids && !ids.length) follow(field, name, tell[field.key], seen, said);
    if (field.show_if || output || ids) show(name, shown && (!output || answered(value)) && (!ids || ids.length > 0), said);
    if (more && shown) follow(field, name, tell[field.key], seen, said);
    if (output && shown && answered(value)) {
      const box = place(name)?.querySelector("output"), text = words_of(value, field.unit);
      if (box && box.textContent !== text) box.textContent = text;
    }
    if (!shown) continue;
    if (!SHOWN_ONLY.includes(field.type)) {
      if ((field.required_if && !field.required) || field.extra) mark(name, required);
      if (!field.fields) asked.push(name);
      else if (form.elements[name]) asked.push(name);
    }
    (rows || []).forEach((row, n) => {
      const id = form.elements[name]?.value.split(",")[n];
      if (id) arrange(field.fields, row, `${name}.${id}.`, asked, said, { ...seen, ...kept[n] });
    });
  }
}

function count(seen) {
  if (!rules.later) return;
  let total = data.number;
  for (const step of rules.later) {
    const tell = walk(step.fields || [], seen, world), shows = evaluate(step.show_if, seen, world);
    if (shows && (step.sure || Object.values(tell.told).some((each) => each.shown))) {
      total += 1;
      seen = tell.seen;
    } else for (const { key } of step.fields || []) delete seen[key];
  }
  const where = document.querySelector(".where b"), text = words.step.replace("%(number)s", data.number).replace("%(total)s", total);
  if (where.textContent === text) return;
  document.title = document.title.replace(where.textContent, text);
  where.textContent = text;
  const track = document.querySelector(".track");
  while (track.children.length < total) track.append(document.createElement("i"));
  while (track.children.length > total) track.lastChild.remove();
  return text;
}

function look(quietly) {
  const said = [];
  let seen, asked;
  // A part that appears may hold answers already, which may show another one.
  for (let round = 0, before = -1; before !== said.length && round < 20; round += 1) {
    before = said.length;
    const tell = walk(rules.fields, { ...rules.answers, ...answers(rules.fields, typedValues()) }, world, more?.settle);
    seen = tell.seen;
    asked = [];
    arrange(rules.fields, tell.told, "", asked, said, seen);
  }
  if (form.elements.asked.value !== asked.join(",")) form.elements.asked.value = asked.join(",");
  const steps = count(seen), tell = more && ((parts) => more.said(parts, seen, rules.spoken));
  form.dispatchEvent(new CustomEvent("looked", { detail: { seen, world, evaluate, tell } }));
  if (quietly) return;
  const sentences = said.map(([appeared, name]) => `${appeared ? words.appeared : words.gone} ${name}.`);
  if (steps) sentences.push(steps);
  if (sentences.length) told.textContent = sentences.join(" ");
}

function start([conditions, following]) {
  ({ walk, evaluate, answered } = conditions);
  if (following) more = { ...following, ...following.live(conditions) };
  let waiting;
  form.addEventListener("input", ({ target }) => {
    clearTimeout(waiting);
    if (/^(radio|checkbox|select-one)$/.test(target.type)) look();
    else waiting = setTimeout(look, 300);
  });
  form.addEventListener("change", () => { clearTimeout(waiting); look(); });
  form.addEventListener("submit", () => { clearTimeout(waiting); look(true); });
  look(true);
  form.dataset.live = "1";
  form.dispatchEvent(new Event("live"));
}
Promise.all([import(data.conditions), data.following && import(data.following)]).then(start);
