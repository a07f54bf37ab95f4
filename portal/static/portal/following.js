// What follows an answer of the page at once besides questions that appear: words that hold it, choices that are cut by
// it, rows that are counted by it, dates that have limits against it. The same results as forms/definitions: wording.py,
// fields/choices.py, fields/rows.py, fields/date_limits.py.
const MOST = 50, LONGEST = 200, DAY = 864e5, NBSP = "\u00a0";
const isObject = (x) => x !== null && typeof x === "object" && !Array.isArray(x);
const rowsOf = (seen, key) => (Array.isArray(seen[key]) ? seen[key].filter(isObject) : []);
const line = (x) => String(x).split(/\s+/).filter(Boolean).join(" ");
const cut = (x, most) => { const all = [...x]; return all.length > most ? all.slice(0, most - 1).join("").trimEnd() + "…" : x; };
const plural = (n, one, few, many) => {
  const tens = Math.abs(n) % 100, ones = tens % 10;
  return tens > 10 && tens < 20 ? many : ones === 1 ? one : ones > 1 && ones < 5 ? few : many;
};

// --- What is settled by answers before, for `walk` of conditions.js: pure, as everything down to `say` ---
export const live = ({ evaluate, answered, read, shift, age }) => {
  const named = (x) => (isObject(x) ? ["last", "first", "middle"].map((part) => x[part]).filter(Boolean).join(" ")
    : typeof x === "string" || typeof x === "number" ? String(x) : "");
  const from_rows = ({ group, label }, seen) => rowsOf(seen, group).flatMap((row, n) => (typeof row.id !== "string" ? []
    : [[row.id, [...(named(row[label]) || `Строка ${n + 1}`)].slice(0, 300).join("")]]));
  const offered = (field, seen, world) => (field.from_rows ? from_rows(field.from_rows, seen)
    : field.choices.filter(([key]) => !field.cuts[key] || evaluate(field.cuts[key], seen, world)));

  function choose(field, seen, world, tell) {
    const list = offered(field, seen, world), all = [...list, ...field.extra], known = new Set(all.map(([key]) => key));
    tell.offered = all;
    tell.bare = !all.length;
    const answer = seen[field.key], fits = (key) => known.has(isObject(key) ? key.choice : key);
    const left = Array.isArray(answer) ? answer.filter(fits) : fits(answer) ? answer : undefined;
    if (answered(left)) seen[field.key] = left;
    else delete seen[field.key];
  }

  function rows(field, seen, tell) {
    const given = rowsOf(seen, field.key), from = seen[field.rows_from || field.count_from];
    let found;
    if (field.rows_from) {
      const keys = (Array.isArray(from) ? from : []).filter((key) => key !== "none").slice(0, MOST);
      found = keys.map((id) => given.find((row) => row.id === id) || { id });
    } else {
      const wanted = Number.isInteger(from) && from >= 0 && from <= MOST ? Math.min(from, field.most) : 0;
      found = given.slice(0, wanted);
      while (found.length < wanted) {
        let n = 1;
        while (found.some((row) => row.id === `r${n}`)) n += 1;
        found.push({ id: `r${n}` });
      }
    }
    seen[field.key] = found;
    tell.ids = found.map((row) => row.id);
  }

  // The first and the last day that an answer may mean.
  function span(x) {
    const back = (years) => read(shift(read(x.on), -x.age - years, "years"));
    if (isObject(x)) return [back(1) + DAY, back(0)];
    const first = read(x), next = x && x.length < 10 && read(shift(first, 1, x.length === 7 ? "months" : "years"));
    return [first, next ? next - DAY : first];
  }
  function bound(limit, seen, world) {
    if (!isObject(limit)) return read(limit);
    const from = limit.q ? read(seen[limit.q]) : read(world.today);
    return from === null ? null : read(shift(from, (limit.q ? limit.plus : limit.today) || 0, limit.unit || "days"));
  }
  const fitsAge = ({ age_on, age_min, age_max }, [first, last], seen, world) => {
    const today = read(world.today), on = bound(age_on, seen, world) ?? today, years = (born, day) => age(born, day) ?? -1;
    return first <= today && years(last, today) <= 120
      && !(age_min >= 0 && years(first, on) < age_min) && !(age_max >= 0 && years(last, on) > age_max);
  };

  // A date beyond its limits is no answer, as on the server; which limits there are now, for the page to tell.
  function limit(field, seen, world, tell) {
    const { limits: all } = field, given = answered(seen[field.key]) ? span(seen[field.key]) : null;
    if (field.type === "birth_date") {
      if (given && !fitsAge(all, given, seen, world)) delete seen[field.key];
      return;
    }
    const min = bound(all.min, seen, world), max = bound(all.max, seen, world);
    tell.limits = { min, max, below: min !== null && given && given[1] < min, above: max !== null && given && given[0] > max };
    if (tell.limits.below || tell.limits.above) delete seen[field.key];
  }

  const settle = (field, seen, world, tell) => {
    if (field.limits) limit(field, seen, world, tell);
    if (field.extra) choose(field, seen, world, tell);
    if (field.rows_from || field.count_from) rows(field, seen, tell);
  };
  return { settle, said: (parts, seen, spoken) => said(parts, seen, spoken, answered, from_rows) };
};

function grouped(x) {
  const [whole, fraction = ""] = Math.abs(x).toFixed(6).split("."), rest = fraction.replace(/0+$/, "");
  const text = Math.abs(x) >= 10000 ? whole.replace(/\B(?=(\d{3})+$)/g, NBSP) : whole;
  return (x < 0 ? "−" : "") + text + (rest && "," + rest);
}

const long = (x, style) => new Date(x).toLocaleDateString("ru", { timeZone: "UTC", ...style });
function day(x) {
  if (x.length === 4) return `${x} год`;
  if (x.length === 7) return `${long(x + "-01", { month: "long" })} ${x.slice(0, 4)} года`;
  return `${long(x, { day: "numeric", month: "long" })} ${x.slice(0, 4)} года`;
}

function money(x) {
  const [whole, kopecks] = x.split("."), number = grouped(Number(whole));
  const unit = kopecks === "00" ? plural(Number(whole), "рубль", "рубля", "рублей") : "рублей";
  return `${number}${kopecks === "00" ? "" : "," + kopecks} ${unit}`;
}

const SHORT = { house: "д. ", building: "корп. ", flat: "кв. " };
const computed = (x) => (typeof x === "number" ? grouped(x) : /^\d{4}-\d\d-\d\d$/.test(x) ? day(x) : String(x));
const number = (x, { unit }) => grouped(x) + (unit ? ` ${unit}` : "");
const files = ({ files: all }) => `${all.length} ${plural(all.length, "файл", "файла", "файлов")}`;
const BROUGHT = { later: "принесут", have: "уже есть" };
const SAY = {
  full_name: (x) => [x.last, x.first, x.middle].filter(Boolean).join(" "),
  address: (x) => ["index", "place", "street", "house", "building", "flat", "how"].filter((part) => x[part]).map((part) => (SHORT[part] || "") + x[part]).join(", "),
  phone: (x) => {
    const found = /^[78]?(\d{3})(\d{3})(\d\d)(\d\d)$/.exec(x.replace(/\D/g, ""));
    return found && (!x.startsWith("+") || x.startsWith("+7")) ? `8 ${found[1]} ${found[2]}-${found[3]}-${found[4]}` : x;
  },
  snils: (x) => x.replace(/\D/g, "").replace(/^(\d{3})(\d{3})(\d{3})(\d\d)$/, "$1-$2-$3 $4"),
  whole_number: number,
  decimal: number,
  money,
  time: (x) => x.replace(/^0/, ""),
  date: (x) => (isObject(x) ? `${x.age} ${plural(x.age, "год", "года", "лет")} на ${day(x.on)}` : day(x)),
  computed: (x, { unit }) => computed(x) + (unit ? ` ${unit}` : ""),
  yes_no: (x, { labels }) => labels[x ? "yes" : "no"],
  file: (x, { labels }) => (!x.papers ? files(x)
    : Object.entries(x.papers).map(([key, paper]) => `${labels[key] || key}: ${BROUGHT[paper.how] || files(paper)}`).join("; ")),
  group: (x, { title, of }) => x.map((row, n) => `${title} ${n + 1}: ${of.filter(([key]) => key in row)
    .map(([key, label, how]) => `${label} — ${say(row[key], how)}`).join(", ")}`).join("; "),
};
SAY.birth_date = SAY.date;

function say(x, how, seen, from_rows) {
  if (SAY[how.type]) return SAY[how.type](x, how);
  const labels = how.from_rows ? Object.fromEntries(from_rows(how.from_rows, seen)) : how.labels || {};
  const label = (key) => (Object.prototype.hasOwnProperty.call(labels, key) ? labels[key] : String(key));
  if (Array.isArray(x)) return x.map(label).join(", ");
  return isObject(x) ? `${label(x.choice)}: ${x.other || ""}` : label(x);
}

/** A text in pieces with the answers in it: a piece is words, or [key, fallback]. */
function said(parts, seen, spoken, answered, from_rows) {
  return parts.map((part) => {
    if (!Array.isArray(part)) return part;
    const [key, fallback] = part, x = seen[key];
    return answered(x) && spoken[key] ? cut(line(say(x, spoken[key], seen, from_rows)), LONGEST) : fallback;
  }).join("");
}

// --- The page ---
const make = (tag, attributes, ...inner) => {
  const node = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(...inner);
  return node;
};
const set = (node, text) => { if (node.data !== text) node.data = text; };

// The first words of a label or heading; marks behind them («по желанию») stay.
function label(part, text) {
  const here = part.querySelector("legend,label:not(.pick),h2,h3,b"), first = here?.firstChild;
  if (!here) return;
  const tail = here.tagName === "B" && /:$/.test(here.textContent) ? ":" : "";
  if (first?.nodeType === Node.TEXT_NODE) set(first, text + tail + (here.children.length ? " " : ""));
  else here.prepend(text + tail);
}

const paragraphs = (text) => text.trim().split(/\n{2,}/).map((part) => make("p", {}, ...part.split("\n").flatMap((each, n) => (n ? [make("br", {}), each] : [each]))));

/** New words in a part of the page. */
export function word(part, { label: words, hint, text }, tell) {
  if (words.length) label(part, tell(words));
  if (text) {
    const box = part.querySelector(".note > div"), told = tell(text);
    if (box && box.dataset.said !== told) {
      box.querySelectorAll("p").forEach((each, n) => { if (n || !each.querySelector("b")) each.remove(); });
      box.append(...paragraphs(told));
      box.dataset.said = told;
    }
  }
  if (!hint.length) return;
  const told = tell(hint), head = part.querySelector("legend,label:not(.pick),h2,h3");
  let line = part.querySelector(part.querySelector(".rowcard") ? ":scope > p.hint" : "p.hint:not(.after):not(.count)");
  if (!line && told && head) head.after(line = make("p", { class: "hint" }));
  if (line && line.textContent !== told) line.textContent = told;
}

/** The limits of a date, as they are by the answers of the page. */
export function bounds(part, { min, max, below, above }, words) {
  const wrong = below || above, tell = (name, ms) => words[name].replace("%s", day(new Date(ms).toISOString().slice(0, 10)));
  const told = wrong ? tell(below ? "below" : "above", below ? min : max)
    : [min !== null && tell("min", min), max !== null && tell("max", max)].filter(Boolean).join(" ");
  let line = part.querySelector("p.limits");
  if (!line && told) (part.querySelector("fieldset") || part).append(line = make("p", { class: "hint after limits", role: "status" }));
  if (!line || line.textContent === told) return;
  line.textContent = told;
  line.classList.toggle("bad", Boolean(wrong));
}

/** The choices of a list become these: [[value, words]…]; what was ticked and is offered again is ticked again. */
const gone = new WeakMap();
export function offer(part, name, choices, many) {
  const list = part.querySelector("select"), inputs = [...part.querySelectorAll(`input[name="${name}"]`)];
  const kept = gone.get(part) || gone.set(part, new Map()).get(part);
  if (list) {
    const old = [...list.options].filter((each) => each.value), value = list.value;
    if (old.length === choices.length && old.every((each, n) => each.value === choices[n][0] && each.text === choices[n][1])) return;
    old.forEach((each) => each.remove());
    list.append(...choices.map(([key, words]) => new Option(words, key)));
    list.value = choices.some(([key]) => key === value) ? value : "";
    return;
  }
  const type = many ? "checkbox" : "radio";
  inputs.forEach((each) => kept.set(each.value, each.closest(".pick")));
  const wanted = choices.map(([key, words]) => {
    const row = kept.get(key) || make("label", { class: "pick" }, make("input", { type, name, value: key }), make("span", {}));
    kept.set(key, row);
    if (row.querySelector("span").textContent !== words) row.querySelector("span").textContent = words;
    return row;
  });
  const here = inputs.map((each) => each.closest(".pick"));
  if (here.length === wanted.length && here.every((each, n) => each === wanted[n])) return;
  const chosen = inputs.find((each) => each.checked && wanted.includes(each.closest(".pick")));
  here.filter((each) => !wanted.includes(each)).forEach((each) => each.remove());
  let at = [...part.querySelectorAll("legend,p.hint:not(.after),p.err")].pop();
  wanted.forEach((row) => { if (at.nextElementSibling !== row) at.after(row); at = row; });
  if (type === "radio" && chosen) chosen.checked = true;
}

/** The rows of a group become those of these ids; one that was taken away comes back as it was. */
const away = new Map();
export function rows(part, name, field, ids, blank, said) {
  const list = part.querySelector(`input[type=hidden][name="${name}"]`), model = part.querySelector("template[data-row]");
  if (!list || !model || list.value === ids.join(",")) return;
  const old = list.value.split(",").filter(Boolean), card = (id) => document.getElementById(`id_${name}.${id}`);
  old.filter((id) => !ids.includes(id)).forEach((id) => {
    const here = card(id);
    if (!here) return;
    said.push([false, here.querySelector("legend").textContent]);
    away.set(`${name}.${id}`, here);
    here.remove();
  });
  let at = list;
  ids.forEach((id, n) => {
    let here = card(id) || away.get(`${name}.${id}`);
    if (!here) {
      const box = document.createElement("template");
      box.innerHTML = model.innerHTML.replaceAll(blank, id);
      here = box.content.querySelector("fieldset");
    }
    const title = field.titles ? field.titles[id] || id : `${field.title} ${n + 1}`, legend = here.querySelector("legend");
    if (legend.textContent !== title) legend.textContent = title;
    if (!old.includes(id)) said.push([true, title]);
    if (at.nextElementSibling !== here) at.after(here);
    at = here;
  });
  list.value = ids.join(",");
}
