// The conditions of a form in the browser: the same JSON and the same results as forms/definitions/operators.py.
// world: {today: "2026-11-22", territories: {code: [codes that lie in it]}}. Nothing here throws or touches the page.

const MOST = Number.MAX_SAFE_INTEGER, DAY = 864e5;
const isNumber = (x) => typeof x === "number" && Math.abs(x) <= MOST;
const isObject = (x) => x !== null && typeof x === "object" && !Array.isArray(x);
const get = (answers, key) => (Object.prototype.hasOwnProperty.call(answers, key) ? answers[key] : undefined);
// What is compared of an answer with parts: the choice of "other", the birthday behind an age.
function plain(x) {
  if (!isObject(x)) return x;
  const own = (key) => get(x, key), on = read(own("on"));
  if (typeof own("choice") === "string") return own("choice");
  return (on !== null && Number.isInteger(own("age")) && shift(on, -own("age"), "years")) || x;
}

export function kind(x) {
  if (typeof x === "string") return "text";
  if (typeof x === "boolean") return "yes/no";
  if (Array.isArray(x)) return "list";
  return isNumber(x) ? "number" : isObject(x) ? "object" : "none";
}

export function answered(x) {
  if (isObject(x)) return Object.values(x).some(answered);
  return x !== undefined && x !== null && x !== "" && !(Array.isArray(x) && x.length === 0);
}

const normal = (x) => (!isNumber(x) ? null : Number.isInteger(x) ? x : +x.toFixed(6));
// A sum of money is text; it counts as a number beside a number or another sum.
const num = (x) => (isNumber(x) ? x : typeof x === "string" && /^-?(0|[1-9]\d{0,12})\.\d\d$/.test(x) ? +x : null);
const alike = (a, b) => { const x = num(a), y = num(b); return x === null || y === null ? [a, b] : [x, y]; };
const count = (a, b, f) => { [a, b] = [num(a), num(b)]; return a === null || b === null ? null : normal(f(a, b)); };
const plus = (a, b) => count(a, b, (x, y) => x + y);

// Dates: milliseconds of UTC midnight; the first day stands for an unknown one.
export function read(x) {
  if (typeof x !== "string" || !/^[1-9]\d{3}(-\d\d(-\d\d)?)?$/.test(x)) return null;
  const [y, m = 1, d = 1] = x.split("-").map(Number), day = new Date(Date.UTC(y, m - 1, d));
  return day.getUTCMonth() === m - 1 && day.getUTCDate() === d ? +day : null;
}
const parts = (ms) => { const d = new Date(ms); return [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()]; };
export function shift(ms, n, unit) {
  if (ms === null || Math.abs(n) > 1e5) return null;
  if (unit === "days") ms += n * DAY;
  else {
    const [y, m, d] = parts(ms), all = y * 12 + m + n * (unit === "years" ? 12 : 1), year = Math.floor(all / 12);
    if (year < 1000) return null;
    ms = Date.UTC(year, all % 12, Math.min(d, new Date(Date.UTC(year, (all % 12) + 1, 0)).getUTCDate()));
  }
  const year = parts(ms)[0];
  return year >= 1000 && year <= 9999 ? new Date(ms).toISOString().slice(0, 10) : null;
}
export function age(born, on) {
  if (born === null || on === null || born > on) return null;
  const [y, m, d] = parts(born), [Y, M, D] = parts(on);
  return Y - y - (M < m || (M === m && D < d) ? 1 : 0);
}

// Text by code points, as Python does; JavaScript itself compares UTF-16 units.
function compare(a, b) {
  if (typeof a === "number") return a - b;
  const x = [...a], y = [...b], n = x.findIndex((c, i) => c !== y[i]);
  return n < 0 ? x.length - y.length : n < y.length ? x[n].codePointAt() - y[n].codePointAt() : 1;
}
const ordered = (test) => (a, v) => {
  [a, v] = alike(a, v);
  const k = kind(a);
  return (k === "number" || k === "text") && k === kind(v) && test(compare(a, v));
};
const eq = (a, v) => { [a, v] = alike(a, v); return ["text", "number", "yes/no"].includes(kind(a)) && a === v; };
const among = (a, v) => Array.isArray(v) && (Array.isArray(a) ? a : [a]).some((x) => v.some((w) => eq(x, w)));
const fold = (x) => x.replace(/[A-ZА-ЯЁ]/g, (c) => c.toLowerCase());
const before = (a, v) => { const x = read(a), y = read(v); return x !== null && y !== null && x < y; };
const aged = (test) => (a, v, world) => { const x = age(read(a), read(world.today)); return x !== null && test(x, v); };
const le = ordered((c) => c <= 0), ge = ordered((c) => c >= 0);

const OPS = {
  eq, le, ge, before,
  ne: (a, v) => !eq(a, v),
  in: among,
  not_in: (a, v) => !among(a, v),
  contains: (a, v) => (kind(a) === "text" && kind(v) === "text" ? fold(a).includes(fold(v))
    : Array.isArray(a) && a.some((x) => eq(x, v))),
  lt: ordered((c) => c < 0),
  gt: ordered((c) => c > 0),
  between: (a, v) => Array.isArray(v) && v.length === 2 && ge(a, v[0]) && le(a, v[1]),
  after: (a, v) => before(v, a),
  age_at_least: aged(ge),
  age_at_most: aged(le),
  within: (a, v, world) => kind(a) === "text" && (a === v || (get(world.territories || {}, v) || []).includes(a)),
};

function operand(to, answers, world) {
  if ("today" in to) return shift(read(world.today), to.today, to.unit || "days");
  const answer = plain(get(answers, to.q));
  if (to.unit) return shift(read(answer), to.plus || 0, to.unit);
  return to.plus ? plus(answer, to.plus) : answer;
}

const rowsOf = (answers, group) => { const rows = get(answers, group); return Array.isArray(rows) ? rows.filter(isObject) : []; };
const where = (rows, condition, answers, world) => rows.filter((row) => evaluate(condition, { ...answers, ...row }, world));

/** Whether a condition holds; no condition always does. */
export function evaluate(condition, answers, world) {
  if (!condition) return true;
  const { op, of } = condition;
  if (of) {
    const holds = (part) => evaluate(part, answers, world);
    return op === "all" ? of.every(holds) : op === "any" ? of.some(holds) : !of.some(holds);
  }
  if ("rows" in condition) {
    const rows = rowsOf(answers, condition.rows), found = where(rows, condition.where, answers, world).length;
    if (op === "count_rows") return OPS[condition.cmp || "ge"](found, condition.n);
    return found > 0 && (op === "any_row" || found === rows.length);
  }
  const answer = get(answers, condition.q);
  if (op === "answered" || op === "empty") return answered(answer) === (op === "answered");
  const value = "to" in condition ? operand(condition.to, answers, world) : condition.v;
  return answered(answer) && (!("to" in condition) || answered(value)) && OPS[op](plain(answer), value, world);
}

/** The value of a computed answer; null when it cannot be worked out. */
export function compute({ fn, of, unit }, answers, world) {
  const values = of.map((x) => ("fn" in x ? compute(x, answers, world)
    : "rows" in x ? where(rowsOf(answers, x.rows), x.where, answers, world).map((row) => (x.q ? plain(get(row, x.q)) : 1))
    : "v" in x ? x.v : operand(x, answers, world)));
  const [a, b] = values;
  if (fn === "add") return values.reduce(plus);
  if (fn === "sub") return count(a, b, (x, y) => x - y);
  if (fn === "mul") return values.reduce((x, y) => count(x, y, (p, q) => p * q));
  if (fn === "date_plus") return Number.isInteger(b) && isNumber(b) ? shift(read(a), b, unit || "days") : null;
  if (fn === "age" || fn === "days_between") {
    const start = read(a), end = of.length > 1 ? read(b) : read(world.today);
    if (fn === "age" || start === null || end === null) return age(start, end);
    return (end - start) / DAY;
  }
  let given = values.flat().filter(answered);
  if (fn === "count") return given.length;
  const numbers = given.map(num);
  if (fn === "sum") return numbers.filter((x) => x !== null).reduce(plus, 0);
  if (!numbers.includes(null)) given = numbers;
  const k = given.length && kind(given[0]);
  if ((k !== "number" && k !== "text") || given.some((x) => kind(x) !== k)) return null;
  return given.reduce((x, y) => ((fn === "min" ? compare(y, x) < 0 : compare(y, x) > 0) ? y : x));
}

// One row as it counts: its id, what is asked in it and answered, what it computes.
function settled(group, row, outer, world, settle) {
  const { seen, told } = walk(group.fields, { ...outer, ...row }, world, settle), kept = { id: row.id };
  for (const { key } of group.fields) if (answered(get(seen, key))) kept[key] = seen[key];
  return { kept, told, given: group.fields.some((field) => !field.expr && field.key in kept) };
}

/** {seen: the answers that count, told: {key: {shown, required, value of a computed one, rows: told of each row}}}. */
export function walk(fields, answers, world, settle) {
  const seen = { ...answers }, told = {};
  for (const field of fields) {
    const { key } = field, shown = evaluate(field.show_if, seen, world), tell = (told[key] = { shown });
    if (shown && settle) settle(field, seen, world, tell);
    if (!shown) delete seen[key];
    else if (field.expr) seen[key] = tell.value = compute(field.expr, seen, world);
    else if (field.fields) {
      const rows = rowsOf(seen, key).map((row) => settled(field, row, seen, world, settle));
      tell.rows = rows.map((row) => row.told);
      tell.kept = rows.map((row) => row.kept);
      seen[key] = rows.filter((row) => row.given || field.all_rows).map((row) => row.kept);
    }
    tell.required = shown && !tell.bare && Boolean(field.required || (field.required_if && evaluate(field.required_if, seen, world)));
  }
  return { seen, told };
}

/** The questions of one step, or of one row: {key: {shown, required}}; hidden ones count as unanswered for the next. */
export const look = (fields, answers, world) => walk(fields, answers, world).told;
