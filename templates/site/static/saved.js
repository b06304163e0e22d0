// The page of a reader's own jobs: what they marked, and the way in and out of this browser.

import { age, count, say } from "./board.js";
import { address, allMarks, clear, exported, imported, mark, onMarks } from "./store.js";
import { words } from "./words.js";

const page = document.getElementById("marks");
const said = page.querySelector(".said");
// What was found at a job's page: true when it is gone or closed.
const gone = new Map();

function entry(state, id, kept) {
  const item = document.createElement("li");
  const link = document.createElement(kept.page ? "a" : "span");
  if (kept.page) link.href = address(kept.page);
  link.textContent = kept.title || id;
  link.dir = "auto";
  const about = document.createElement("span");
  about.className = "about";
  about.textContent = [kept.company, kept.on ? age(kept.on) : "", gone.get(id) ? words.gone : ""].filter(Boolean).join(" · ");
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = words.undo;
  remove.setAttribute("aria-label", say(words.remove, { title: link.textContent }));
  remove.addEventListener("click", () => mark(id, state, false));
  item.append(link, about, remove);
  return item;
}

function draw() {
  for (const section of page.querySelectorAll("[data-state]")) {
    const { state } = section.dataset;
    const marked = allMarks().filter(([, kept]) => kept.states.includes(state));
    section.querySelector("ul").replaceChildren(...marked.map(([id, kept]) => entry(state, id, kept)));
    section.querySelector(".tally-count").textContent = marked.length ? count(marked.length) : "";
    section.querySelector(".none").hidden = marked.length > 0;
  }
}

/** Ask, one after the other, whether the marked jobs are still there. */
async function look() {
  for (const [id, kept] of allMarks().slice(0, 100)) {
    if (!kept.page || gone.has(id)) continue;
    try {
      const answer = await fetch(address(kept.page));
      gone.set(id, answer.status === 404 || (answer.ok && /<article[^>]* data-closed[ >]/.test(await answer.text())));
    } catch {
      return; // offline
    }
  }
  draw();
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([exported()], { type: "application/json" }));
  link.download = "marks.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

page.querySelector('[data-do="export"]').addEventListener("click", save);
const undo = page.querySelector('[data-do="undo"]');
page.querySelector('[data-do="clear"]').addEventListener("click", () => {
  const bringBack = clear();
  undo.hidden = false;
  undo.onclick = () => {
    bringBack();
    undo.hidden = true;
  };
});
page.querySelector('[data-do="import"]').addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  const number = file.size > 5_000_000 ? -1 : imported(await file.text());
  said.textContent = number < 0 ? words.not_ours : say(words.imported, { n: count(number) });
  event.target.value = "";
  look();
});
onMarks(draw);
draw();
look();
