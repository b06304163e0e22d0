// The filters beside the list: native inputs that stand in the page, counts that follow the search.

import { count, say } from "./board.js";
import { blank, LISTS } from "./find-address.js";
import { find as words } from "./words.js";

const NARROW_FROM = 20;
const own = [...LISTS, "pay", "days"];

export class Facets {
  /** `box` is the search box, `place` holds the filters, `sort` chooses the order. */
  constructor(box, place, sort) {
    this.box = box;
    this.place = place;
    this.sort = sort;
    this.all = new Map(); // by group, [value, name] of every choice of the index
    place.addEventListener("click", (event) => {
      const button = event.target.closest("[data-all]");
      if (button) this.#showAll(button);
    });
  }

  #inputs(group) {
    return [...this.place.querySelectorAll("input")].filter((input) => input.name === group);
  }

  /** What the reader has chosen. */
  read() {
    const filters = { ...blank(), q: this.box.value, sort: this.sort.value };
    for (const group of LISTS) {
      filters[group] = this.#inputs(group).filter((input) => input.checked).map((input) => input.value);
    }
    filters.pay = this.#inputs("pay").some((input) => input.checked);
    filters.days = Number(this.#inputs("days").find((input) => input.checked)?.value ?? 0);
    const [amount] = this.#inputs("amount");
    if (amount?.value && Number(amount.value) > 0) {
      const [currency, per] = this.#kind().value.split(".");
      filters.min = { amount: Number(amount.value), currency, per };
    }
    return filters;
  }

  #kind() {
    return this.place.querySelector("select[name=kind]");
  }

  /** Show `filters` in the inputs; choices that the page does not show are added. */
  write(filters) {
    if (this.box.value.trim() !== filters.q.trim()) this.box.value = filters.q;
    this.sort.value = filters.sort;
    for (const group of LISTS) {
      const values = new Set(filters[group]);
      for (const input of this.#inputs(group)) {
        input.checked = values.has(input.value);
        values.delete(input.value);
      }
      for (const value of values) this.#add(group, value, true);
    }
    for (const input of this.#inputs("pay")) input.checked = filters.pay;
    for (const input of this.#inputs("days")) input.checked = input.value === (filters.days ? String(filters.days) : "");
    const [amount] = this.#inputs("amount");
    if (amount) {
      amount.value = filters.min ? String(filters.min.amount) : "";
      if (filters.min) this.#choose(`${filters.min.currency}.${filters.min.per}`);
    }
  }

  #choose(kind) {
    const select = this.#kind();
    if (![...select.options].some((option) => option.value === kind)) select.add(new Option(kind.replace(".", " · "), kind));
    select.value = kind;
  }

  #add(group, value, checked) {
    const list = this.place.querySelector(`[data-group="${group}"] .choices`);
    if (!list) return;
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "checkbox", name: group, value, checked });
    input.setAttribute("form", "find");
    const name = document.createElement("bdi");
    name.textContent = this.name(group, value);
    const number = document.createElement("span");
    number.className = "n";
    label.append(input, name, number);
    list.append(label);
  }

  /** A choice as a reader knows it: from the page, else from the index, else as it stands. */
  name(group, value) {
    const input = this.#inputs(group).find((one) => one.value === value);
    const known = this.all.get(group)?.get(value);
    return known ?? input?.closest("label").querySelector("bdi").textContent ?? value;
  }

  /** What is chosen, by name, each with the filters that are left without it. */
  active(filters) {
    const chosen = LISTS.flatMap((group) =>
      filters[group].map((value) => ({
        name: this.name(group, value),
        without: { ...filters, [group]: filters[group].filter((other) => other !== value) },
      })),
    );
    if (filters.pay) chosen.push({ name: this.name("pay", "1"), without: { ...filters, pay: false } });
    if (filters.min) {
      const kind = this.place.querySelector("select[name=kind]").selectedOptions[0].textContent;
      const name = say(words.at_least, { amount: count(filters.min.amount), kind });
      chosen.push({ name, without: { ...filters, min: null } });
    }
    if (filters.days) {
      chosen.push({ name: this.name("days", String(filters.days)), without: { ...filters, days: 0 } });
    }
    return chosen;
  }

  /** Names of all choices, once the index is there. */
  know(index) {
    this.all.set("tag", new Map(index.tagSlugs.map((slug, at) => [slug, index.tags[at]])));
    this.all.set("company", new Map(index.companySlugs.map((slug, at) => [slug, index.companies[at]])));
    this.all.set("live", index.countryNames);
    for (const group of ["tag", "company", "live"]) {
      for (const input of this.#inputs(group)) {
        input.closest("label").querySelector("bdi").textContent = this.name(group, input.value);
      }
    }
  }

  /** How many jobs each choice would leave. */
  count(counts) {
    this.counts = counts;
    for (const input of this.place.querySelectorAll("input")) {
      if (!own.includes(input.name) || (input.name === "days" && !input.value)) continue;
      const label = input.closest("label");
      const left = counts[input.name].get(input.value) ?? (input.name === "live" ? counts.anywhere : 0);
      label.querySelector(".n").textContent = count(left);
      label.classList.toggle("is-none", left === 0 && !input.checked);
    }
  }

  async #showAll(button) {
    try {
      await this.ready();
    } catch {
      return; // the search itself says what is wrong
    }
    const group = button.dataset.all;
    const list = button.closest("fieldset").querySelector(".choices");
    const known = new Set(this.#inputs(group).map((input) => input.value));
    const counted = (value) => this.counts?.[group].get(value) ?? 0;
    const rest = [...(this.all.get(group) ?? [])].filter(([value]) => !known.has(value));
    rest.sort((one, other) => counted(other[0]) - counted(one[0]) || one[1].localeCompare(other[1]));
    for (const [value] of rest) this.#add(group, value, false);
    if (this.counts) this.count(this.counts);
    list.classList.add("is-all");
    const narrow = known.size + rest.length > NARROW_FROM ? this.#narrow(list) : null;
    button.remove();
    (narrow ?? list.querySelectorAll("input")[known.size])?.focus();
  }

  #narrow(list) {
    const box = Object.assign(document.createElement("input"), { type: "search", className: "narrow" });
    box.setAttribute("aria-label", words.narrow);
    box.placeholder = words.narrow;
    box.addEventListener("input", (event) => {
      event.stopPropagation();
      const asked = box.value.trim().toLowerCase();
      for (const label of list.children) {
        label.hidden = !label.textContent.toLowerCase().includes(asked) && !label.querySelector("input").checked;
      }
    });
    box.addEventListener("change", (event) => event.stopPropagation());
    list.before(box);
    return box;
  }
}
