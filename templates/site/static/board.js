// On every page: live ages, the reader's marks, what is new. Without it, the pages say the same in dates.

import { address, daysBetween, isNew, mark, marksOf, onMarks, seen, today, visit } from "./store.js";
import { language, words } from "./words.js";

export { marksOf, onMarks };

const SOON_DAYS = 7;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "long" });

// Dates as the pages write them: 22 Nov 2026 in any English.
const dates = new Intl.DateTimeFormat(language.startsWith("en") ? "en-GB" : language, {
  day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
});

/** "3 days ago", "in 2 wk."; coarse, like a date is. */
export function age(day) {
  const days = -daysBetween(day, today());
  const size = Math.abs(days);
  if (size < 14) return relative.format(days, "day");
  if (size < 61) return relative.format(Math.trunc(days / 7), "week");
  if (size < 365) return relative.format(Math.trunc((days * 12) / 365), "month");
  return relative.format(Math.trunc(days / 365), "year");
}

/** `message` with `{name}` replaced. */
export const say = (message, values) => message.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

const number = new Intl.NumberFormat(language);
export const count = (value) => number.format(value);

function labels(row) {
  const marks = marksOf(row.dataset.jobId);
  const found = ["applied", "saved"].filter((state) => marks[state]).map((state) => [state, words[state]]);
  if (isNew(row.dataset.jobId, row.dataset.posted)) found.unshift(["new", words.new]);
  return found;
}

function decorateRow(row) {
  const { closes } = row.dataset;
  const left = closes ? daysBetween(today(), closes) : Infinity;
  const when = row.querySelector(".when");
  if (when) {
    const time = when.querySelector("time");
    if (left < 0) {
      when.textContent = words.closed;
      when.classList.remove("soon");
      row.classList.add("is-closed");
    } else if (left <= SOON_DAYS) {
      when.textContent = say(words.closes, { when: age(closes) });
      when.title = closes;
      when.classList.add("soon");
    } else if (time && !time.title) {
      time.title = say(words.posted_on, { day: time.textContent });
      time.textContent = age(time.dateTime);
    }
  }
  for (const label of row.querySelectorAll(".state")) {
    label.nextSibling?.remove(); // the space after it
    label.remove();
  }
  for (const [state, word] of labels(row).reverse()) {
    const label = document.createElement("span");
    label.className = `state ${state}`;
    label.textContent = word;
    if (when) when.prepend(label, " ");
    else row.querySelector(".title")?.append(" ", label);
  }
  tool(row);
  row.classList.toggle("is-hidden", marksOf(row.dataset.jobId).hidden && !row.closest("[data-show-hidden]"));
}

/** The button that saves a job from a list. */
function tool(row) {
  const title = row.querySelector(".title a");
  let button = row.querySelector(".keep");
  if (!title) return;
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "keep";
    button.textContent = words.save;
    button.setAttribute("aria-label", say(words.save_job, { title: title.textContent }));
    button.addEventListener("click", () => {
      mark(row.dataset.jobId, "saved", !marksOf(row.dataset.jobId).saved, jobOf(row));
    });
    row.append(button);
  }
  button.setAttribute("aria-pressed", String(marksOf(row.dataset.jobId).saved));
}

/** What "My jobs" shows of the job in a row, or of the one whose page this is. */
function jobOf(place) {
  const heading = place.querySelector("h1");
  const title = heading ?? place.querySelector(".title a");
  return {
    title: title.textContent.trim(),
    company: place.querySelector(".company")?.textContent.trim(),
    page: (heading ? location.href.split(/[?#]/)[0] : title.href).slice(address("").length),
  };
}

/** Give the rows below `root` their ages, labels and marks; call it after rows were added. */
export function decorate(root = document) {
  for (const row of root.querySelectorAll("li[data-job-id]")) decorateRow(row);
  hiddenHere(root);
}

/** Under a list that hides jobs: how many, and a button that shows them. */
function hiddenHere(root) {
  for (const list of root.querySelectorAll("ol.jobs")) {
    const hidden = list.querySelectorAll(".is-hidden").length;
    let note = list.nextElementSibling?.matches(".hidden-here") ? list.nextElementSibling : null;
    if (!hidden) {
      note?.remove();
      continue;
    }
    if (!note) {
      note = document.createElement("p");
      note.className = "hidden-here";
      const show = document.createElement("button");
      show.type = "button";
      show.textContent = words.show;
      show.addEventListener("click", () => {
        list.dataset.showHidden = "";
        decorate(list.parentElement);
      });
      note.append(document.createElement("span"), " ", show);
      list.after(note);
    }
    note.firstElementChild.textContent = say(words.hidden_here, { n: count(hidden) });
  }
}

function news(since) {
  const line = document.querySelector(".news");
  const rows = [...document.querySelectorAll(".list li[data-job-id]")];
  const fresh = rows.filter((row) => isNew(row.dataset.jobId, row.dataset.posted)).length;
  if (line && since && fresh) {
    line.textContent = say(words.new_since, { n: count(fresh) });
    line.hidden = false;
  }
  seen(rows.filter((row) => row.dataset.posted >= today()).map((row) => row.dataset.jobId));
}

function jobPage(article) {
  const id = article.dataset.jobId;
  const buttons = [...article.querySelectorAll("[data-mark]")];
  const show = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(marksOf(id)[button.dataset.mark]));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      if (!mark(id, button.dataset.mark, button.getAttribute("aria-pressed") !== "true", jobOf(article))) {
        button.parentElement.title = words.no_store;
      }
    });
  }
  onMarks(show);
  show();
  for (const time of article.querySelectorAll(".facts dd > time")) {
    const live = document.createElement("span");
    live.className = "live";
    live.textContent = `(${age(time.dateTime)})`;
    time.after(" ", live);
  }
  const verified = article.querySelector(".verified[data-board]");
  if (verified) lastRead(verified);
}

/** The day on which the job's board was last read whole, from a small file: pages need not change for it. */
async function lastRead(place) {
  try {
    const answer = await fetch(address("boards.json"));
    const day = answer.ok ? new Map(Object.entries(await answer.json())).get(place.dataset.board) : undefined;
    if (typeof day !== "string") return;
    place.textContent = say(words.last_read, { day: dates.format(new Date(day)) });
  } catch {
    // Offline, or not made by this build: nothing is said.
  }
}

function start() {
  const since = visit();
  news(since);
  decorate();
  onMarks(() => decorate());
  const article = document.querySelector("article.job");
  if (article) jobPage(article);
  if (document.getElementById("find")) import("./find.js");
}

start();
