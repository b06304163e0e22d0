// What a reader keeps in this browser: marks of jobs, and when they last were here. Nothing of it leaves the page.

const root = new URL(document.documentElement.dataset.root ?? "./", location.href);
// Several boards may share a host (name.github.io), so the key says which one.
const KEY = `rolecall ${root.pathname}`;
const STATES = ["saved", "applied", "hidden"];
const MAX_MARKS = 5000;
const MAX_TEXT = 300;
const PAUSE_MS = 30 * 60 * 1000; // a visit ends after half an hour without a page
const MAX_SEEN = 500;

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const text = (value) => (typeof value === "string" ? value.slice(0, MAX_TEXT) : "");
const day = (value) => (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : "");
// A page of ours and nothing else: no scheme, no host, no way up.
const page = (value) => (typeof value === "string" && /^jobs\/[a-z0-9/-]+\.html$/.test(value) ? value : "");

const listeners = new Set();
let kept = load();

/** The address of a path of the site. */
export const address = (path) => new URL(path, root).href;

/** Today where the reader is, YYYY-MM-DD. */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Whole days from `day` to `until`; negative when `day` comes later. */
export const daysBetween = (day, until) => Math.round((Date.parse(until) - Date.parse(day)) / 86400000);

function load() {
  try {
    return checked(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return checked({});
  }
}

/** Whatever was kept or imported, reduced to what we would have written. */
function checked(value) {
  const marks = new Map();
  const given = isObject(value) ? value : {};
  const entries = isObject(given.marks) ? Object.entries(given.marks) : [];
  for (const [id, mark] of entries.slice(0, MAX_MARKS)) {
    const states = Array.isArray(mark?.states) ? STATES.filter((state) => mark.states.includes(state)) : [];
    if (/^[0-9a-f]{12}$/.test(id) && states.length) {
      marks.set(id, { states, on: day(mark.on), title: text(mark.title), company: text(mark.company), page: page(mark.page) });
    }
  }
  const visit = isObject(given.visit) ? given.visit : {};
  const ids = (list) => (Array.isArray(list) ? list.filter((id) => /^[0-9a-f]{12}$/.test(id)).slice(0, MAX_SEEN) : []);
  return {
    marks,
    visit: {
      at: Number.isFinite(visit.at) ? visit.at : 0,
      day: day(visit.day),
      since: day(visit.since),
      seen: ids(visit.seen),
      before: ids(visit.before),
    },
  };
}

const plain = (state) => ({ version: 1, marks: Object.fromEntries(state.marks), visit: state.visit });

function save() {
  try {
    localStorage.setItem(KEY, JSON.stringify(plain(kept)));
    return true;
  } catch {
    return false;
  }
}

// Another tab of the board changed something.
addEventListener("storage", (event) => {
  if (event.key === KEY) {
    kept = load();
    tell();
  }
});

function tell() {
  for (const listener of listeners) listener();
}

/** Call `listener` after each change of a mark. */
export function onMarks(listener) {
  listeners.add(listener);
}

/** Which marks a job has. */
export function marksOf(id) {
  const states = kept.marks.get(id)?.states ?? [];
  return { saved: states.includes("saved"), applied: states.includes("applied"), hidden: states.includes("hidden") };
}

/** All marks, the latest first: [id, {states, on, title, company, page}]. */
export const allMarks = () => [...kept.marks].sort((one, other) => other[1].on.localeCompare(one[1].on));

/** Set or remove one mark of a job; false when this browser keeps nothing. */
export function mark(id, state, on, job) {
  const states = new Set(kept.marks.get(id)?.states ?? []);
  if (on) states.add(state);
  else states.delete(state);
  const known = { ...kept.marks.get(id), ...job };
  if (states.size) {
    kept.marks.set(id, {
      states: STATES.filter((name) => states.has(name)),
      on: today(),
      title: text(known.title),
      company: text(known.company),
      page: page(known.page),
    });
  } else kept.marks.delete(id);
  const stored = save();
  tell();
  return stored;
}

/** The marks as a file for another browser. */
export const exported = () => JSON.stringify({ version: 1, marks: Object.fromEntries(kept.marks) }, null, 1);

/** Take over the marks of such a file; how many, or -1 when it is not one. */
export function imported(file) {
  let given;
  try {
    given = JSON.parse(file);
  } catch {
    return -1;
  }
  if (!isObject(given) || !isObject(given.marks)) return -1;
  const { marks } = checked(given);
  for (const [id, theirs] of marks) {
    const ours = kept.marks.get(id);
    const states = STATES.filter((state) => theirs.states.includes(state) || ours?.states.includes(state));
    kept.marks.set(id, { ...theirs, ...ours, states });
  }
  save();
  tell();
  return marks.size;
}

/** Forget all marks; the function that is given back brings them back. */
export function clear() {
  const before = kept.marks;
  kept.marks = new Map();
  save();
  tell();
  return () => {
    kept.marks = new Map([...before, ...kept.marks]);
    save();
    tell();
  };
}

/** Note that the reader is here; the day of the visit before this one, or "" on the first. */
export function visit() {
  const now = Date.now();
  const known = kept.visit;
  if (now - known.at > PAUSE_MS) {
    kept.visit = { at: now, day: today(), since: known.day, seen: [], before: known.seen };
  } else kept.visit = { ...known, at: now };
  save();
  return kept.visit.since;
}

/** Whether a job appeared after the visit before this one. */
export function isNew(id, posted) {
  const { since, before } = kept.visit;
  return since !== "" && (posted > since || (posted === since && !before.includes(id)));
}

/** Note jobs of today's date that were shown: on the next visit, others of this day are new, these are not. */
export function seen(ids) {
  const known = new Set([...kept.visit.seen, ...ids]);
  if (known.size > kept.visit.seen.length) {
    kept.visit.seen = [...known].slice(-MAX_SEEN);
    save();
  }
}
