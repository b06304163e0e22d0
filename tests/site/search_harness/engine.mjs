// The search without a page: reads {files, static, requests} from stdin and answers each request on a line of JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { folder, scripts, requests } = JSON.parse(readFileSync(0, "utf-8"));
const module = (name) => import(pathToFileURL(`${scripts}/${name}.js`));
const [text, columns, words, terms, query, addresses] = await Promise.all(
  ["find-text", "find-index", "find-words", "find-terms", "find-query", "find-address"].map(module),
);

const json = (path) => JSON.parse(readFileSync(`${folder}/search/${path}`, "utf-8"));
const head = folder ? json("head.json") : null;
const index = head && columns.read(head);
const engine = index && { index, terms: new terms.Terms(index) };
const money = index && columns.moneyIn("en", index.digits);

const answers = {
  fold: (value) => text.fold(value),
  terms: (value) => text.terms(value).sort(),
  asked: (value) => text.asked(value, 8),
  stem: (value) => columns.stem(value),
  numbers: (value) => [...columns.numbers(value)],
  distance: ([one, other, max]) => text.distance(one, other, max),
  address: (value) => [addresses.read(value), addresses.write(addresses.read(value))],
  rows: () => Array.from({ length: index.count }, (_, job) => columns.row(index, job, money)),
  async find({ today = "2026-11-22", marks = null, showHidden = false, ...filters }) {
    const read = new words.Words(index, async (file) => json(`words-${file}.json`));
    const all = { ...addresses.blank(), ...filters };
    const day = Date.parse(today) / 86400000;
    const search = () => query.find(index, engine.terms, read, all, day, marks, showHidden);
    await read.fetch(search().asking);
    const { jobs, hidden, counts, unknown } = search();
    const plain = Object.entries(counts).map(([group, count]) => [group, count instanceof Map ? [...count] : count]);
    return {
      titles: jobs.map((job) => columns.title(index, job)),
      hidden,
      counts: Object.fromEntries(plain),
      meant: unknown.map((term) => engine.terms.meant(term)),
    };
  },
};

for (const [name, value] of requests) console.log(JSON.stringify(await answers[name](value)));
