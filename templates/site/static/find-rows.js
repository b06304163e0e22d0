// Rows of results: copies of the page's own row, filled by the names in data-field. Everything is set as text.

import { age } from "./board.js";
import { distance, fold, forgiven } from "./find-text.js";
import { address } from "./store.js";
import { find as words } from "./words.js";

const MAX_TAGS = 4;

const fields = (row) => new Map([...row.querySelectorAll("[data-field]")].map((part) => [part.dataset.field, part]));

/** A new row of a job. `asking` are the terms to mark in its title. */
export function rowOf(template, job, asking) {
  const row = template.content.firstElementChild.cloneNode(true);
  const part = fields(row);
  row.dataset.jobId = job.id;
  row.dataset.posted = job.posted;
  if (job.closes) row.dataset.closes = job.closes;
  row.classList.toggle("is-featured", job.featured);
  if (!job.featured) part.get("featured")?.remove();
  const title = part.get("title");
  if (title) {
    title.href = address(job.page);
    title.replaceChildren(...marked(job.title, asking));
    if (job.language) title.lang = job.language;
  }
  link(part.get("company"), job.company, job.companyPage);
  fill(part.get("pay"), job.pay);
  fill(part.get("where"), job.where);
  logo(part.get("logo"), job);
  tags(part.get("tags"), job.tags);
  when(part.get("when"), job);
  return row;
}

function fill(part, text) {
  if (!part) return;
  if (text) part.textContent = text;
  else part.remove();
}

function link(part, text, page) {
  if (!part) return;
  part.href = address(page);
  (part.querySelector("bdi") ?? part).textContent = text;
}

function logo(part, job) {
  if (!part) return;
  if (!job.logo) {
    part.textContent = /[\p{L}\p{N}]/u.exec(job.company)?.[0].toUpperCase() ?? "·";
    return;
  }
  const picture = document.createElement("img");
  Object.assign(picture, { className: part.className, alt: "", width: 36, height: 36, loading: "lazy", decoding: "async" });
  picture.src = address(job.logo);
  part.replaceWith(picture);
}

function tags(part, all) {
  if (!part) return;
  if (!all.length) {
    part.remove();
    return;
  }
  const [first] = part.children;
  const more = part.querySelector(".more");
  const shown = all.length <= MAX_TAGS ? all : all.slice(0, MAX_TAGS - 1);
  const items = shown.map((tag) => {
    const item = first.cloneNode(true);
    link(item.querySelector("a"), tag.name, tag.page);
    // Only a short name, which says little read out alone, is followed by an unseen word; see row.html.
    if (Array.from(tag.name).length > 3) item.querySelector(".unseen")?.remove();
    return item;
  });
  if (more && all.length > shown.length) {
    more.firstChild.textContent = `+${all.length - shown.length}`;
    items.push(more);
  }
  part.replaceChildren(...items);
}

function when(part, job) {
  const time = part?.querySelector("time");
  if (!time) return;
  time.dateTime = job.posted;
  time.textContent = age(job.posted);
  time.title = job.postedWords;
  if (job.estimated) {
    const [before, after] = words.seen.split("{when}");
    time.before(before);
    time.after(after ?? "");
  }
}

/** The title as nodes, with `<mark>` around what was asked for. */
function marked(title, asking) {
  return title.split(/([\s,;:()[\]/]+)/).flatMap((word) => {
    const plain = fold(word);
    for (const term of asking) {
      const at = plain.length === word.length ? startOf(plain, term) : -1;
      if (at >= 0) return [word.slice(0, at), mark(word.slice(at, at + term.length)), word.slice(at + term.length)];
    }
    const near = asking.some((term) => forgiven(term) && distance(term, plain, forgiven(term)) <= forgiven(term));
    return [near || asking.some((term) => startOf(plain, term) >= 0) ? mark(word) : word];
  });
}

function startOf(plain, term) {
  const at = plain.indexOf(term);
  const before = at > 0 ? plain[at - 1] : "";
  return at <= 0 || !/[a-z0-9]/.test(before) ? at : -1;
}

function mark(text) {
  const node = document.createElement("mark");
  node.textContent = text;
  return node;
}
