// Text as the search compares it: without case and accents, cut into terms. src/rolecall/site/search/fold.py does the
// same at build: what one side folds or cuts, the other must fold and cut alike.

const MAX_CHARS = 32;
const LETTERS = new Map(Object.entries({ ß: "ss", ø: "o", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ł: "l", ı: "i", ς: "σ" }));
const APOSTROPHES = new Set("'’`´ʼ");
const TOKEN = /(?:(?<![^ \t\r\n(/,])\.)?[\p{L}\p{N}]+(?:\.[\p{L}\p{N}]+)*(?:\+\+|#)?/gu;
const HYPHENED = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu;
// Scripts without spaces, and Korean: pairs of characters are searched.
const PAIRED = "\u0e00-\u0e7f\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\u{20000}-\u{3134f}";
const RUNS = new RegExp(`[${PAIRED}]+|[^${PAIRED}]+`, "gu");
const IS_PAIRED = new RegExp(`[${PAIRED}]`, "u");
const ASCII = /^[\0-\x7f]*$/;

const folded = new Map();

function foldChar(char) {
  let found = folded.get(char);
  if (found === undefined) {
    if (APOSTROPHES.has(char)) found = "";
    else {
      const bare = Array.from(char.toLowerCase().normalize("NFKD").toLowerCase(), (part) =>
        /\p{M}/u.test(part) ? "" : (LETTERS.get(part) ?? part),
      ).join("");
      found = (bare.trim().replace(/\s+/gu, " ") || (bare && " ")).normalize("NFC");
    }
    folded.set(char, found);
  }
  return found;
}

/** `text` in small letters without accents: "Zürich" is "zurich". */
export function fold(text) {
  if (ASCII.test(text)) return text.toLowerCase().replace(/['`]/g, "");
  return Array.from(text.normalize("NFC"), foldChar).join("");
}

const cut = (term) => (term.length > MAX_CHARS ? Array.from(term).slice(0, MAX_CHARS).join("") : term);

function runs(part) {
  const found = [];
  for (const run of part.match(RUNS) ?? []) {
    const chars = Array.from(run);
    if (!IS_PAIRED.test(run)) found.push(run);
    else if (chars.length === 1) found.push(run);
    else for (let at = 0; at + 1 < chars.length; at++) found.push(chars[at] + chars[at + 1]);
  }
  return found;
}

/** All that finds `text`, each once: its words, the parts of "node.js", "fullstack" of "full-stack". */
export function terms(text) {
  const plain = fold(text);
  const found = new Set();
  for (const term of plain.match(TOKEN) ?? []) {
    if (!IS_PAIRED.test(term)) found.add(cut(term));
    if (term.includes(".") || !ASCII.test(term)) {
      for (const part of term.split(".")) for (const run of runs(part)) found.add(cut(run));
    }
  }
  if (plain.includes("-")) for (const word of plain.match(HYPHENED) ?? []) found.add(cut(word.replaceAll("-", "")));
  return [...found];
}

/** What somebody asks for, in order; each must be found. "node.js" is one, "full-stack" two. */
export function asked(query, max) {
  const found = new Set();
  for (const term of fold(query).match(TOKEN) ?? []) {
    if (IS_PAIRED.test(term)) for (const run of runs(term.replaceAll(".", ""))) found.add(cut(run));
    else found.add(cut(term));
  }
  return [...found].slice(0, max);
}

/** How many typing errors are forgiven in a term. */
export const forgiven = (term) => (term.length >= 8 ? 2 : term.length >= 4 ? 1 : 0);

/** A bit for each letter, so that most terms need not be compared letter by letter. */
export function letters(term) {
  let bits = 0;
  for (let at = 0; at < term.length; at++) bits |= 1 << (term.charCodeAt(at) & 31);
  return bits;
}

export function ones(bits) {
  let count = 0;
  for (let left = bits; left; left &= left - 1) count++;
  return count;
}

const rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];

/** Errors (a letter missing, added, wrong, or two swapped) between `query` and `term`, or the start of `term` that is
 *  nearest; `max` + 1 when there are more than `max`. */
export function distance(query, term, max, isStart = false) {
  const width = Math.min(term.length, query.length + max);
  let [before, last, row] = rows;
  for (let at = 0; at <= width; at++) last[at] = at;
  for (let y = 1; y <= query.length; y++) {
    row[0] = y;
    let least = y;
    const letter = query.charCodeAt(y - 1);
    for (let x = 1; x <= width; x++) {
      const other = term.charCodeAt(x - 1);
      let cost = Math.min(last[x] + 1, row[x - 1] + 1, last[x - 1] + (letter === other ? 0 : 1));
      if (x > 1 && y > 1 && letter === term.charCodeAt(x - 2) && query.charCodeAt(y - 2) === other) {
        cost = Math.min(cost, before[x - 2] + 1);
      }
      row[x] = cost;
      if (cost < least) least = cost;
    }
    if (least > max) return max + 1;
    [before, last, row] = [last, row, before];
  }
  if (!isStart) return term.length > width ? max + 1 : Math.min(last[width], max + 1);
  let best = max + 1;
  for (let x = 0; x <= width; x++) best = Math.min(best, last[x]);
  return best;
}
