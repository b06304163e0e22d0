// The query and its filters as the address has them, so that a link to a search is a search.

const LISTS = ["tag", "work", "live", "type", "level", "company", "mark"];
const MAX_QUERY = 200;
const MAX_VALUES = 50;
const MAX_VALUE = 100;
const MIN = /^(\d{1,9}(?:\.\d{1,2})?)\.([A-Z]{0,3})\.(hour|day|week|month|year|)$/;

export const blank = () => ({
  q: "", tag: [], work: [], live: [], type: [], level: [], company: [], mark: [], pay: false, min: null, days: 0, sort: "",
});

/** The filters in `?q=go&work=remote`; what is none of ours is left out. */
export function read(search) {
  const given = new URLSearchParams(search);
  const filters = blank();
  filters.q = (given.get("q") ?? "").slice(0, MAX_QUERY);
  for (const name of LISTS) {
    const values = given.getAll(name).filter((value) => value && value.length <= MAX_VALUE);
    filters[name] = [...new Set(values)].slice(0, MAX_VALUES);
  }
  filters.pay = given.get("pay") === "1";
  const min = MIN.exec(given.get("min") ?? "");
  if (min) filters.min = { amount: Number(min[1]), currency: min[2], per: min[3] };
  filters.days = [1, 3, 7, 30].find((days) => String(days) === given.get("days")) ?? 0;
  filters.sort = given.get("sort") === "new" ? "new" : "";
  return filters;
}

/** The other way round; "" when there are no filters. */
export function write(filters) {
  const parts = new URLSearchParams();
  if (filters.q.trim()) parts.append("q", filters.q.trim());
  for (const name of LISTS) for (const value of filters[name]) parts.append(name, value);
  if (filters.pay) parts.append("pay", "1");
  if (filters.min) parts.append("min", `${filters.min.amount}.${filters.min.currency}.${filters.min.per}`);
  if (filters.days) parts.append("days", String(filters.days));
  const isAny = parts.size > 0;
  if (isAny && filters.sort) parts.append("sort", filters.sort);
  return isAny ? `?${parts}` : "";
}

export { LISTS };
