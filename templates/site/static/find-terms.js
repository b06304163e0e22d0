// Which terms of the index fit what somebody typed, and how well each job is found by it.

import { distance, forgiven, letters, ones, terms } from "./find-text.js";

/** How much a find is worth: [exact, beginning, with errors]. */
const WORTH = { title: [60, 50, 22], tag: [45, 42, 20], company: [44, 41, 19], place: [30, 28, 18] };
export const DESCRIBED = [10, 8, 5];
const KINDS = Object.keys(WORTH);
const MAX_KEPT = 40;

/** The terms of titles, tags, companies and places, each with the words that hold it. */
export class Terms {
  #index;
  #terms = new Map();
  #sorted;
  #letters;
  #kept = new Map();

  constructor(index) {
    this.#index = index;
    const texts = { title: index.titleWords, tag: index.tags.map((name, at) => `${name} ${index.tagAlso[at] ?? ""}`), company: index.companies, place: index.placeWords };
    for (const kind of KINDS) {
      texts[kind].forEach((text, word) => {
        for (const term of terms(text)) this.#add(term, kind, word);
      });
    }
    this.#sorted = [...this.#terms.keys()].sort();
    this.#letters = Int32Array.from(this.#sorted, letters);
  }

  #add(term, kind, word) {
    let found = this.#terms.get(term);
    if (!found) this.#terms.set(term, (found = { title: [], tag: [], company: [], place: [] }));
    found[kind].push(word);
  }

  /** Terms that fit, each with 0 (exact), 1 (its beginning) or 2 (with errors); errors only where nothing else fits. */
  fitting(query) {
    const found = new Map(this.#beginning(query).map((term) => [term, term === query ? 0 : 1]));
    if (!found.size) for (const term of this.#near(query, forgiven(query))) found.set(term, 2);
    return found;
  }

  /** Whether a term is just what was typed. */
  is(query) {
    return this.#terms.has(query);
  }

  /** Whether a term is, or begins with, what was typed. */
  has(query) {
    return this.#beginning(query).length > 0;
  }

  #beginning(query) {
    let low = 0;
    for (let high = this.#sorted.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle] < query) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < this.#sorted.length && this.#sorted[end].startsWith(query)) end++;
    return this.#sorted.slice(low, end);
  }

  #near(query, max) {
    const found = [];
    const bits = letters(query);
    for (let at = 0; max && at < this.#sorted.length; at++) {
      if (ones(bits & ~this.#letters[at]) > max) continue;
      if (distance(query, this.#sorted[at], max, true) <= max) found.push(this.#sorted[at]);
    }
    return found;
  }

  /** The term that was most likely meant, or "". */
  meant(query) {
    const max = query.length >= 8 ? 3 : query.length >= 4 ? 2 : 1;
    let best = "";
    let least = Infinity;
    for (const term of query.length > 2 ? this.#near(query, max) : []) {
      const errors = distance(query, term, max);
      if (errors > max || term.length < 3) continue;
      const jobs = this.#terms.get(term);
      const cost = errors * 1e6 - KINDS.reduce((sum, kind) => sum + jobs[kind].length, 0) + (term[0] === query[0] ? 0 : 5e5);
      if (cost < least) [best, least] = [term, cost];
    }
    return best;
  }

  /** By job, what the best find of `query` is worth; 0: not found. */
  worth(query) {
    let found = this.#kept.get(query);
    if (!found) {
      found = this.#scored(this.fitting(query));
      this.#kept.set(query, found);
      if (this.#kept.size > MAX_KEPT) this.#kept.delete(this.#kept.keys().next().value);
    }
    return found;
  }

  #scored(fitting) {
    const index = this.#index;
    const of = {
      title: new Uint8Array(index.titleWords.length),
      tag: new Uint8Array(index.tags.length),
      company: new Uint8Array(index.companies.length),
      place: new Uint8Array(index.placeWords.length),
    };
    for (const [term, fit] of fitting) {
      const words = this.#terms.get(term);
      for (const kind of KINDS) for (const word of words[kind]) of[kind][word] = Math.max(of[kind][word], WORTH[kind][fit]);
    }
    const lines = best(index.wheres, of.place, index.wheres.starts.length - 1);
    const found = best(index.titles, of.title, index.count);
    const byTag = best(index.tag, of.tag, index.count);
    for (let job = 0; job < index.count; job++) {
      found[job] = Math.max(found[job], byTag[job], of.company[index.company[job]], lines[index.place[job]]);
    }
    return found;
  }
}

/** For each list the most that one of its items is worth. */
function best({ starts, items }, worth, count) {
  const found = new Uint8Array(count);
  if (!worth.some(Boolean)) return found;
  for (let list = 0; list < count; list++) {
    let most = 0;
    for (let at = starts[list]; at < starts[list + 1]; at++) if (worth[items[at]] > most) most = worth[items[at]];
    found[list] = most;
  }
  return found;
}
