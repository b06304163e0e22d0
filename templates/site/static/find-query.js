// A query and its filters against the index: which jobs, in which order, and how many each other choice would leave.

import { asked } from "./find-text.js";

export const MAX_TERMS = 8;
const TITLE_WORTH = 60;
const NONE = new Uint8Array(0);
/** Groups of filters. Inside one, any choice fits; between them, all must. */
export const GROUPS = ["tag", "work", "live", "pay", "type", "level", "company", "days", "mark"];
export const DAYS = [1, 3, 7, 30];
const BIT = new Map(GROUPS.map((group, at) => [group, 1 << at]));

/** For each job what it is worth to the query; null: nothing was asked. */
function worths(index, asking, terms, words) {
  if (!asking.length) return null;
  const total = new Uint16Array(index.count).fill(1);
  const exact = new Uint8Array(index.count);
  // A word of most descriptions fits every job, beside others; alone, it is looked for where it tells something.
  const isCommon = asking.map((term) => index.common.has(term));
  const asksMore = isCommon.includes(false) || !asking.every((term) => terms.has(term));
  for (const [at, term] of asking.entries()) {
    const near = terms.worth(term);
    const described = words?.worth(term) ?? NONE;
    const least = isCommon[at] && asksMore ? 1 : 0;
    for (let job = 0; job < index.count; job++) {
      const most = Math.max(near[job], described[job] ?? 0, least);
      total[job] = total[job] && most ? total[job] + most : 0;
      if (near[job] === TITLE_WORTH) exact[job]++;
    }
  }
  // A title that is what was asked, and no more, comes first.
  for (let job = 0; job < index.count; job++) {
    const length = index.titles.starts[job + 1] - index.titles.starts[job];
    if (total[job] && exact[job] === asking.length && length === asking.length) total[job] += 20;
  }
  return total;
}

/** For each kind of job (company, place, ...) whether it fits; null: all do. */
const fits = (chosen, names) => (chosen.length ? Uint8Array.from(names, (name) => Number(chosen.includes(name))) : null);

function anyFits(chosen, lists) {
  return chosen.length ? Uint8Array.from(lists, (list) => Number(list.some((name) => chosen.includes(name)))) : null;
}

function tests(index, filters, today, marks) {
  const found = [];
  const add = (group, test) => found.push([BIT.get(group), test]);
  const work = fits(filters.work, index.works);
  if (work) add("work", (job) => work[index.fact[job]]);
  const level = fits(filters.level, index.levels);
  if (level) add("level", (job) => level[index.fact[job]]);
  const type = anyFits(filters.type, index.types);
  if (type) add("type", (job) => type[index.fact[job]]);
  const company = fits(filters.company, index.companySlugs);
  if (company) add("company", (job) => company[index.company[job]]);
  const live = filters.live.length ? anyFits([...filters.live, "*"], index.countrySets) : null;
  if (live) add("live", (job) => live[index.live[job]]);
  const tag = fits(filters.tag, index.tagSlugs);
  if (tag) {
    const { starts, items } = index.tag;
    add("tag", (job) => {
      for (let at = starts[job]; at < starts[job + 1]; at++) if (tag[items[at]]) return true;
      return false;
    });
  }
  if (filters.pay || filters.min) add("pay", payTest(index, filters.min));
  if (filters.days) {
    const days = index.days.map((day) => Number(today - day < filters.days));
    add("days", (job) => days[index.posted[job]]);
  }
  if (filters.mark.length) {
    const bits = filters.mark.reduce((sum, mark) => sum | (mark === "saved" ? 1 : 2), 0);
    add("mark", (job) => marks && marks[job] & bits);
  }
  return found;
}

/** Pay is compared with pay of the same currency and period only. */
function payTest(index, min) {
  if (!min) return (job) => index.kind[job];
  const kind = 1 + index.payKinds.findIndex(([currency, per]) => currency === min.currency && per === min.per);
  const enough = Uint8Array.from(index.amounts, (amount) => Number(amount !== "" && Number(amount) >= min.amount));
  return (job) => kind && index.kind[job] === kind && enough[index.high[job] || index.low[job]];
}

class Tally {
  constructor(index) {
    this.index = index;
    this.work = new Uint32Array(index.works.length);
    this.level = new Uint32Array(index.works.length);
    this.type = new Uint32Array(index.works.length);
    this.tag = new Uint32Array(index.tags.length);
    this.company = new Uint32Array(index.companies.length);
    this.live = new Uint32Array(index.countrySets.length);
    this.days = new Uint32Array(index.days.length);
    this.pay = 0;
    this.mark = [0, 0];
  }

  /** Count a job in the groups of `bits`. */
  add(job, bits, mark) {
    const { index } = this;
    const fact = index.fact[job];
    if (bits & 2) this.work[fact]++;
    if (bits & 4) this.live[index.live[job]]++;
    if (bits & 8 && index.kind[job]) this.pay++;
    if (bits & 16) this.type[fact]++;
    if (bits & 32) this.level[fact]++;
    if (bits & 64) this.company[index.company[job]]++;
    if (bits & 128) this.days[index.posted[job]]++;
    if (bits & 256 && mark) {
      if (mark & 1) this.mark[0]++;
      if (mark & 2) this.mark[1]++;
    }
    if (bits & 1) {
      const { starts, items } = index.tag;
      for (let at = starts[job]; at < starts[job + 1]; at++) this.tag[items[at]]++;
    }
  }

  /** By group a Map from a choice to how many jobs it would leave. */
  counts(today) {
    const { index } = this;
    const live = summed(index.countrySets, this.live);
    const anywhere = live.get("*") ?? 0;
    live.delete("*");
    for (const [code, count] of live) live.set(code, count + anywhere);
    const days = new Map(DAYS.map((span) => [String(span), 0]));
    this.days.forEach((count, day) => {
      for (const span of DAYS) if (today - index.days[day] < span) days.set(String(span), days.get(String(span)) + count);
    });
    return {
      tag: summed(index.tagSlugs.map((slug) => [slug]), this.tag),
      work: summed(index.works.map((work) => [work]), this.work),
      live,
      anywhere,
      pay: new Map([["1", this.pay]]),
      type: summed(index.types, this.type),
      level: summed(index.levels.map((level) => [level]), this.level),
      company: summed(index.companySlugs.map((slug) => [slug]), this.company),
      days,
      mark: new Map([["saved", this.mark[0]], ["applied", this.mark[1]]]),
    };
  }
}

function summed(names, counts) {
  const found = new Map();
  names.forEach((list, at) => {
    for (const name of list) if (name) found.set(name, (found.get(name) ?? 0) + counts[at]);
  });
  return found;
}

const ALL = (1 << GROUPS.length) - 1;

/**
 * The jobs that fit. `today` is a day's number; `marks` has a byte for each job (1 saved, 2 applied, 4 hidden), or is null.
 * Gives {jobs, hidden, counts, asking, unknown}: their numbers in order, how many were left out because the reader hid
 * them, counts of all choices, the terms that were asked, and those of them that no title, tag, company or place has.
 */
export function find(index, terms, words, filters, today, marks, showHidden = false) {
  // "uk" is what people type for "United Kingdom", unless it is a word of this board.
  const asking = asked(filters.q, MAX_TERMS).flatMap((term) =>
    index.short.has(term) && !terms.is(term) ? asked(index.short.get(term), MAX_TERMS) : [term],
  );
  const worth = worths(index, asking, terms, words);
  const checks = tests(index, filters, today, marks);
  const tally = new Tally(index);
  const jobs = [];
  let hidden = 0;
  for (let job = 0; job < index.count; job++) {
    if (worth && !worth[job]) continue;
    let failed = 0;
    for (const [bit, test] of checks) {
      if (!test(job)) failed = failed ? -1 : bit;
      if (failed < 0) break;
    }
    if (failed < 0) continue;
    const mark = marks ? marks[job] : 0;
    if (mark & 4 && !showHidden) {
      if (!failed) hidden++;
      continue;
    }
    tally.add(job, failed || ALL, mark);
    if (!failed) jobs.push(job);
  }
  const order = worth && filters.sort !== "new" ? ranked(jobs, worth) : jobs;
  const unknown = asking.filter((term) => !terms.has(term) && !index.common.has(term));
  return { jobs: order, hidden, counts: tally.counts(today), asking, unknown };
}

/** The most worth first; what is worth the same stays in the order of the site. */
function ranked(jobs, worth) {
  const most = jobs.reduce((found, job) => Math.max(found, worth[job]), 0);
  const starts = new Uint32Array(most + 2);
  for (const job of jobs) starts[most - worth[job] + 1]++;
  for (let at = 1; at < starts.length; at++) starts[at] += starts[at - 1];
  const found = new Array(jobs.length);
  for (const job of jobs) found[starts[most - worth[job]]++] = job;
  return found;
}
