// What a search needs: the index, fetched and decoded, the terms of it, and the reader's marks.

import { id, moneyIn, read } from "./find-index.js";
import { Terms } from "./find-terms.js";
import { Words } from "./find-words.js";
import { address, allMarks } from "./store.js";
import { language } from "./words.js";

async function json(path, options) {
  const answer = await fetch(address(path), options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** Fetch the index; throws when it does not come or is none. */
export async function open() {
  const index = read(await json("search/head.json", { cache: "no-cache" }));
  // The version in the address keeps words of another build, which a cache may hold, from being taken for these.
  const fetchWords = (file) => json(`search/words-${file}.json?${index.versions[file]}`);
  const engine = {
    index,
    terms: new Terms(index),
    words: new Words(index, fetchWords),
    money: moneyIn(language, index.digits),
    marks: null,
    numbers: null,
  };
  readMarks(engine);
  return engine;
}

/** Take over the reader's marks: a byte for each job, or null when there are none. */
export function readMarks(engine) {
  const marks = allMarks();
  if (!marks.length) {
    engine.marks = null;
    return;
  }
  const { index } = engine;
  engine.numbers ??= new Map(Array.from({ length: index.count }, (_, job) => [id(index, job), job]));
  engine.marks = new Uint8Array(index.count);
  for (const [jobId, { states }] of marks) {
    const job = engine.numbers.get(jobId);
    const bit = (name, value) => (states.includes(name) ? value : 0);
    if (job !== undefined) engine.marks[job] = bit("saved", 1) | bit("applied", 2) | bit("hidden", 4);
  }
}
