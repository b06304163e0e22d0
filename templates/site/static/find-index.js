// search/head.json, decoded: columns of all open jobs. src/rolecall/site/search/head.py writes it; docs/search.md says how.

import { fold } from "./find-text.js";

const DIGITS = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).filter((char) => !'"\\'.includes(char));
const ONE = 62;
const BASE = DIGITS.length;
const VALUES = new Uint8Array(128);
DIGITS.forEach((digit, value) => (VALUES[digit.charCodeAt(0)] = value));

/** The numbers of a column. */
export function numbers(text) {
  const found = new Uint32Array(text.length);
  const digit = (at) => VALUES[text.charCodeAt(at) & 127];
  let count = 0;
  for (let at = 0; at < text.length; ) {
    const first = digit(at++);
    if (first < ONE) found[count++] = first;
    else if (first < BASE - 1) found[count++] = ONE + (first - ONE) * BASE + digit(at++);
    else {
      found[count++] = ((digit(at) * BASE + digit(at + 1)) * BASE + digit(at + 2)) * BASE + digit(at + 3);
      at += 4;
    }
  }
  return found.subarray(0, count);
}

/** A column of lists: the numbers of list `n` are `items` from `starts[n]` to `starts[n + 1]`. */
export function lists(text, count) {
  const all = numbers(text);
  const items = new Uint32Array(all.length);
  const starts = new Uint32Array(count + 1);
  let end = 0;
  for (let list = 0, at = 0; list < count; list++) {
    const length = all[at++] ?? 0;
    for (let left = length; left > 0; left--) items[end++] = all[at++];
    starts[list + 1] = end;
  }
  return { starts, items };
}

const split = (text, mark = " ") => (text === "" ? [] : text.split(mark));

/** The rule for names of pages; src/rolecall/site/search/stems.py has it too. */
export function stem(text) {
  const plain = fold(text)
    .replaceAll("++", " plus plus ")
    .replace(/(?<=[a-z])#/g, " sharp ")
    .replaceAll("&", " and ")
    .replace(/(?<![^ /(,-])\.(?=[a-z])/g, " dot ");
  const name = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  if (name.length <= 60) return name;
  const at = name.slice(0, 61).lastIndexOf("-");
  return at > 0 && 60 - at < 30 ? name.slice(0, at) : name.slice(0, 60).replace(/^-+|-+$/g, "");
}

function pays(text, count) {
  const all = numbers(text);
  const kind = new Uint32Array(count);
  const low = new Uint32Array(count);
  const high = new Uint32Array(count);
  for (let job = 0, at = 0; job < count; job++) {
    kind[job] = all[at++] ?? 0;
    if (kind[job]) {
      low[job] = all[at++];
      high[job] = all[at++];
    }
  }
  return { kind, low, high };
}

function bytes(base64) {
  const text = atob(base64);
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

const slugs = (names, given) => names.map((name, at) => given[at] || stem(name));
const iso = (day) => new Date(day * 86400000).toISOString().slice(0, 10);

/** The columns of a head; throws when it is none. */
export function read(head) {
  const { count } = head;
  const lines = numbers(head.place);
  const words = split(head.places.words);
  const wheres = lists(head.places.at, 1 + lines.reduce((most, line) => Math.max(most, line), -1));
  const first = Date.parse(head.firstDay) / 86400000;
  const kinds = head.facts;
  return {
    count,
    ids: bytes(head.ids),
    pages: head.pages.split(" "),
    titleWords: split(head.titles.words),
    titles: lists(head.titles.at, count),
    companies: head.companies,
    companySlugs: slugs(head.companies, head.companySlugs),
    logos: head.logos,
    company: numbers(head.company),
    placeWords: words,
    wheres,
    place: lines,
    tags: head.tags,
    tagAlso: head.tagAlso ?? [],
    short: new Map(Object.entries(head.short ?? {})),
    tagSlugs: slugs(head.tags, head.tagSlugs),
    tag: lists(head.tag, count),
    days: numbers(head.days).map((day) => day + first),
    dayWords: split(head.dayWords, "\n"),
    posted: numbers(head.posted),
    closes: numbers(head.closes),
    payKinds: head.payKinds,
    amounts: ["", ...split(head.amounts)],
    ...pays(head.pay, count),
    works: kinds.map((kind) => kind[0]),
    levels: kinds.map((kind) => kind[1]),
    types: kinds.map((kind) => kind[2]),
    featured: kinds.map((kind) => kind[3]),
    estimated: kinds.map((kind) => kind[4]),
    languages: kinds.map((kind) => kind[5]),
    fact: numbers(head.fact),
    countrySets: head.countries.map((set) => split(set)),
    countryNames: new Map(head.countryNames),
    live: numbers(head.live),
    shards: split(head.shards),
    versions: head.versions.match(/.{4}/g) ?? [],
    common: new Set(split(head.common)),
    digits: head.digits,
  };
}

const texts = (words, { starts, items }, list) =>
  Array.from(items.subarray(starts[list], starts[list + 1]), (word) => words[word] ?? "").join(" ");

export const title = (index, job) => texts(index.titleWords, index.titles, job);

/** The job's id, 12 hex digits. */
export const id = (index, job) =>
  Array.from(index.ids.subarray(job * 6, job * 6 + 6), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** All that a row shows. `pay` is what `money` makes of the pattern and the two amounts. */
export function row(index, job, money) {
  const company = index.company[job];
  const slug = index.companySlugs[company];
  const name = title(index, job);
  const jobId = id(index, job);
  const short = index.pages[job] ?? "";
  const isRuled = short === "" || short.startsWith("~");
  const { starts, items } = index.tag;
  const fact = index.fact[job];
  const kind = index.kind[job];
  const closes = index.closes[job];
  return {
    id: jobId,
    page: isRuled ? `jobs/${slug}/${stem(name)}-${short ? short.slice(1) : jobId.slice(0, 8)}.html` : short,
    title: name,
    company: index.companies[company],
    companyPage: `companies/${slug}.html`,
    logo: index.logos[company] ? `logos/${slug}${index.logos[company]}` : "",
    where: texts(index.placeWords, index.wheres, index.place[job]),
    tags: Array.from(items.subarray(starts[job], starts[job + 1]), (tag) => ({
      name: index.tags[tag],
      page: `tags/${index.tagSlugs[tag]}.html`,
    })),
    pay: kind ? money(index.payKinds[kind - 1], index.amounts[index.low[job]], index.amounts[index.high[job]]) : "",
    posted: iso(index.days[index.posted[job]]),
    postedWords: index.dayWords[index.posted[job]],
    closes: closes ? iso(index.days[closes - 1]) : "",
    featured: Boolean(index.featured[fact]),
    estimated: Boolean(index.estimated[fact]),
    language: index.languages[fact],
  };
}

/** Pay in words, as the pages say it: figures grouped and written as in the board's language. */
export function moneyIn(language, digits) {
  const system = /[\u0660-\u0669]/.test(digits) ? "arab" : "latn";
  const options = { numberingSystem: system, useGrouping: "always" };
  const whole = new Intl.NumberFormat(language, { ...options, maximumFractionDigits: 0 });
  const parts = new Intl.NumberFormat(language, { ...options, minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const figure = (amount) => (Number.isInteger(Number(amount)) ? whole : parts).format(Number(amount));
  return ([, , both, from, upTo], low, high) => {
    const amount = [...new Set([low, high].filter(Boolean).map(figure))].join("–");
    return (high ? (low ? both : upTo) : from).replace("{}", () => amount);
  };
}
