// The search of the front page: its box, filters, results and address. The index comes when somebody turns to it.

import { count, decorate, say } from "./board.js";
import * as where from "./find-address.js";
import { Facets } from "./find-facets.js";
import { open, readMarks } from "./find-engine.js";
import { row } from "./find-index.js";
import { find as ask } from "./find-query.js";
import { rowOf } from "./find-rows.js";
import { onMarks, today } from "./store.js";
import { find as words } from "./words.js";

const PAGE = 50;
const FIRST = 12; // rows that are drawn at once, more than a screen holds; the rest follows when nobody types
const REST_MS = 150;
const ADDRESS_MS = 250; // a new address costs as much as a search, and browsers refuse too many of them
const SLOW_MS = 300;

const form = document.getElementById("find");
const box = form.elements.namedItem("q");
const place = document.getElementById("facets");
const found = document.getElementById("found");
const template = document.getElementById("row-template");
const state = document.querySelector(".find-state");
const said = document.querySelector(".find-said");
const still = [...document.querySelectorAll(".board > .list:not(.found), .board > .guide")];
const part = (name) => found.querySelector(`.found-${name}`);
// A page has one heading of the first order: this one while the other is hidden.
const heading = Object.assign(document.createElement("h1"), { className: "found-count" });
const list = found.querySelector("ol.jobs");
const chips = found.querySelector(".chips");
const opener = form.querySelector(".find-open");
const done = place.querySelector(".facets-done");
const facets = new Facets(box, place, found.querySelector("select[name=sort]"));

let engine = null;
let coming = null;
let result = null;
let shown = 0;
let run = 0; // the number of the last search, so that what comes late is dropped
let showHidden = false;
let wordsFailed = false;
let resting = 0;
let writing = 0;

// The index

function load() {
  coming ??= open().then(know).catch((error) => {
    coming = null;
    throw error;
  });
  return coming;
}

function know(opened) {
  engine = opened;
  facets.know(engine.index);
}

facets.ready = async () => {
  await load();
  if (!facets.counts) update("none");
};

const warm = () => load().catch(() => {});

// A search

/** Search for what box and filters say. `history`: "push", "replace", or "none" when the address says it already. */
async function update(history) {
  const filters = facets.read();
  const search = where.write(filters);
  const mine = ++run;
  keep(search, history);
  countActive(filters);
  if (!search && !engine) {
    close();
    return;
  }
  if (!engine && !(await loaded(mine))) return;
  if (mine !== run) return;
  draw(filters, Boolean(search));
  if (search) await readWords(filters, mine);
}

/** Put the search into the address: at once for a choice, a moment after the last letter that is typed. */
function keep(search, history) {
  clearTimeout(writing);
  if (history === "none" || search === location.search) return;
  if (history === "push") window.history.pushState(null, "", `${location.pathname}${search}`);
  else writing = setTimeout(settle, ADDRESS_MS);
}

function settle() {
  clearTimeout(writing);
  const search = where.write(facets.read());
  if (search !== location.search) window.history.replaceState(null, "", `${location.pathname}${search}`);
}

/** Whether the index is there; says so when it takes long or does not come. */
async function loaded(mine) {
  const slow = setTimeout(() => tell(words.loading), SLOW_MS);
  try {
    await load();
    tell("");
    return true;
  } catch {
    if (mine === run) fail();
    return false;
  } finally {
    clearTimeout(slow);
  }
}

function fail() {
  close();
  tell(words.failed);
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = part("retry").textContent;
  again.addEventListener("click", () => update("none"));
  state.append(" ", again);
}

const tell = (text) => state.replaceChildren(text);

/** The words of descriptions that the query needs; the results are drawn again when they are there. */
async function readWords(filters, mine) {
  const fetching = engine.words.fetch(result.asking);
  if (!fetching) return;
  const slow = setTimeout(() => mine === run && tell(words.reading), SLOW_MS);
  try {
    await fetching;
    wordsFailed = false;
  } catch {
    wordsFailed = true;
  } finally {
    clearTimeout(slow);
  }
  if (mine !== run) return;
  tell(wordsFailed ? words.no_words : "");
  draw(filters, true);
}

function draw(filters, isActive) {
  const { index, terms, marks } = engine;
  const day = Date.parse(today()) / 86400000;
  result = ask(index, terms, engine.words, filters, day, marks, showHidden);
  facets.count(result.counts);
  if (!isActive) {
    close();
    return;
  }
  reveal();
  const total = say(words.found, { n: count(result.jobs.length), total: count(index.count) });
  done.textContent = total;
  heading.textContent = total;
  // Rows of earlier results stay while the descriptions, which may hold more, are still on their way.
  said.textContent = total;
  drawChips(filters);
  note(filters);
  part("hidden").hidden = result.hidden === 0;
  part("hidden").firstElementChild.textContent = say(words.hidden, { n: count(result.hidden) });
  list.toggleAttribute("data-show-hidden", showHidden);
  const at = list.contains(document.activeElement) ? document.activeElement.closest("li.row")?.dataset.jobId : undefined;
  list.replaceChildren();
  shown = 0;
  add(FIRST);
  // Whoever is in the list already when the descriptions come stays at the same job.
  if (at) ([...list.children].find((one) => one.dataset.jobId === at) ?? list.firstChild)?.querySelector(".title a")?.focus();
  const mine = run;
  clearTimeout(resting);
  resting = setTimeout(() => mine === run && shown === FIRST && add(PAGE - FIRST), REST_MS);
}

/** Draw more rows; the first of them. */
function add(number) {
  const { index, money } = engine;
  const next = result.jobs.slice(shown, shown + number);
  const rows = next.map((job) => rowOf(template, row(index, job, money), result.asking));
  const holder = document.createElement("ol");
  holder.append(...rows);
  holder.toggleAttribute("data-show-hidden", showHidden);
  decorate(holder);
  list.append(...rows);
  shown += rows.length;
  part("more").hidden = shown >= result.jobs.length;
  return rows[0];
}

function reveal() {
  found.querySelector(".intro").prepend(heading);
  found.hidden = false;
  for (const one of still) one.hidden = true;
}

function close() {
  found.hidden = true;
  heading.remove();
  said.textContent = "";
  for (const one of still) one.hidden = false;
}

// What is said around the results

function button(text, act, label = "") {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

function countActive(filters) {
  const number = facets.active(filters).length;
  document.querySelector(".find-active").textContent = number ? `(${count(number)})` : "";
}

function drawChips(filters) {
  const chosen = facets.active(filters);
  if (filters.q.trim()) {
    chosen.unshift({ name: say(words.query, { query: filters.q.trim() }), without: { ...filters, q: "" } });
  }
  chips.replaceChildren(
    ...chosen.map(({ name, without }) => {
      const item = document.createElement("li");
      item.append(button(name, () => go(without), say(words.remove, { name })));
      return item;
    }),
  );
  part("clear").hidden = !chosen.length;
}

/** Search with other filters than the inputs say, as if the reader had chosen them. */
function go(filters) {
  facets.write(filters);
  box.focus();
  update("push");
}

/** That nothing fits, or that a word stands nowhere and another may have been meant. */
function note(filters) {
  const line = part("note");
  const query = filters.q.trim();
  const isComing = !wordsFailed && engine.words.isMissing(result.asking);
  const parts = [];
  if (!result.jobs.length && !isComing) parts.push(query ? say(words.none_for, { query: query.slice(0, 80) }) : words.none);
  for (const term of isComing ? [] : result.unknown) {
    const meant = engine.words.has(term) ? "" : engine.terms.meant(term);
    if (!meant || meant === term) continue;
    const asking = result.asking.map((one) => (one === term ? meant : one)).join(" ");
    parts.push(button(say(words.meant, { word: meant }), () => go({ ...filters, q: asking })));
  }
  line.replaceChildren(...parts.flatMap((one) => [one, " "]));
  line.hidden = !parts.length;
}

// The reader

const titles = () => [...list.querySelectorAll(".title a")];

function step(from, by) {
  const all = titles();
  const at = all.indexOf(from) + by;
  if (at < 0) box.focus();
  else all[at]?.focus();
}

function onKey(event) {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  const { target } = event;
  const isTyping = target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (event.key === "/" && !isTyping) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (target === box && event.key === "Escape" && box.value) {
    event.preventDefault();
    box.value = "";
    update("replace");
  } else if (target === box && event.key === "ArrowDown" && !found.hidden) {
    event.preventDefault();
    titles()[0]?.focus();
  } else if (list.contains(target) && target.matches(".title a") && /^Arrow(Up|Down)$/.test(event.key)) {
    event.preventDefault();
    step(target, event.key === "ArrowDown" ? 1 : -1);
  }
}

function start() {
  done.addEventListener("click", () => {
    opener.click();
    heading.scrollIntoView();
    titles()[0]?.focus({ preventScroll: true });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update("push");
  });
  box.addEventListener("input", () => update("replace"));
  box.addEventListener("blur", settle);
  box.addEventListener("focus", warm, { once: true });
  place.addEventListener("pointerenter", warm, { once: true });
  place.addEventListener("focusin", warm, { once: true });
  place.addEventListener("change", () => update("push"));
  found.querySelector("select[name=sort]").addEventListener("change", () => update("push"));
  document.addEventListener("keydown", onKey);
  part("more").addEventListener("click", () => add(PAGE)?.querySelector(".title a")?.focus());
  part("clear").addEventListener("click", () => go(where.blank()));
  part("hidden").querySelector("button").addEventListener("click", () => {
    showHidden = true;
    update("none");
  });
  opener.addEventListener("click", () => {
    const isOpen = place.classList.toggle("is-open");
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) warm();
  });
  addEventListener("popstate", fromAddress);
  onMarks(() => {
    if (!engine) return;
    readMarks(engine);
    if (!found.hidden) update("none");
  });
  // Somebody may have typed before this was here.
  if (!where.write(where.read(location.search)) && where.write(facets.read())) update("replace");
  else fromAddress();
}

function fromAddress() {
  const filters = where.read(location.search);
  facets.write(filters);
  if (where.write(filters) || engine) update("none");
}

start();
