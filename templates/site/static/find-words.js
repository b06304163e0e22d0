// The words of descriptions: files of search/words-*.json, fetched when somebody types a word that they may hold.

import { numbers } from "./find-index.js";
import { distance, forgiven } from "./find-text.js";
import { DESCRIBED } from "./find-terms.js";

const MAX_FILES = 8; // for one word; what begins with three letters stands in one or two

export class Words {
  #index;
  #load;
  #files = new Map(); // by number: null while it is on its way, else its words and their jobs
  #kept = new Map();

  /** `load(number)` fetches a file and gives what its JSON says. */
  constructor(index, load) {
    this.#index = index;
    this.#load = load;
  }

  /** The files that may hold words which begin as `term` does; none for what is too short or stands everywhere. */
  #wanted(term) {
    const isLong = term.length > 2 || (term.length === 2 && !/^[a-z0-9]+$/.test(term));
    if (!isLong || this.#index.common.has(term)) return [];
    const near = this.#between(term.slice(0, 3));
    return near.length > MAX_FILES ? this.#between(term).slice(0, MAX_FILES) : near;
  }

  #between(start) {
    const { shards } = this.#index;
    const found = [];
    for (let at = 0; at < shards.length; at++) {
      const isBefore = at + 1 < shards.length && shards[at + 1] <= start;
      if (!isBefore && (shards[at] <= start || shards[at].startsWith(start))) found.push(at);
    }
    return found;
  }

  /** Whether files that `asked` needs are not here yet. */
  isMissing(asked) {
    return asked.some((term) => this.#wanted(term).some((file) => !this.#files.get(file)));
  }

  /** Fetch what `asked` needs; null when all is here, else a promise. */
  fetch(asked) {
    const missing = [...new Set(asked.flatMap((term) => this.#wanted(term)))].filter((file) => !this.#files.get(file));
    if (!missing.length) return null;
    return Promise.all(missing.map((file) => this.#files.get(file) ?? this.#fetchOne(file)));
  }

  #pending = new Map();

  #fetchOne(file) {
    const known = this.#pending.get(file);
    if (known) return known;
    const coming = this.#load(file)
      .then((given) => {
        if (given.version !== this.#index.versions[file]) throw new Error("the words are of another build");
        const words = given.words.split(" ");
        const all = numbers(given.jobs);
        const starts = new Uint32Array(words.length);
        for (let word = 0, at = 0; word < words.length; word++) {
          starts[word] = at;
          at += 1 + all[at];
        }
        this.#files.set(file, { words, all, starts });
        this.#kept.clear();
      })
      .finally(() => this.#pending.delete(file));
    this.#pending.set(file, coming);
    return coming;
  }

  /** By job, what the best find of `term` in its description is worth; null: in none. */
  worth(term) {
    if (!this.#kept.has(term)) this.#kept.set(term, this.#scored(term));
    if (this.#kept.size > 40) this.#kept.delete(this.#kept.keys().next().value);
    return this.#kept.get(term);
  }

  /** Whether a description that is here has the word, or one that begins so; errors do not count. */
  has(term) {
    return this.worth(term)?.some((worth) => worth >= DESCRIBED[1]) ?? false;
  }

  #scored(term) {
    const files = this.#wanted(term)
      .map((file) => this.#files.get(file))
      .filter(Boolean);
    const found = new Uint8Array(this.#index.count);
    let any = false;
    const add = (file, word, worth) => {
      any = true;
      const start = file.starts[word];
      for (let at = start + 1, job = 0; at <= start + file.all[start]; at++) {
        job += file.all[at];
        if (found[job] < worth) found[job] = worth;
      }
    };
    for (const file of files) {
      file.words.forEach((word, at) => {
        if (word.startsWith(term)) add(file, at, word === term ? DESCRIBED[0] : DESCRIBED[1]);
      });
    }
    const max = any ? 0 : forgiven(term);
    for (const file of max ? files : []) {
      file.words.forEach((word, at) => {
        if (word[0] === term[0] && distance(term, word, max) <= max) add(file, at, DESCRIBED[2]);
      });
    }
    return any ? found : null;
  }
}
