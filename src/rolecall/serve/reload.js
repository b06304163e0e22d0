// Only `rolecall serve` adds this to a page, on its way to the browser: it loads the page again when the site was built
// anew, and shows as text why a build failed. A page that nobody looks at keeps no connection.
const shown = new URL(import.meta.url).searchParams.get("built");
let news = null;
let note = null;

function tell(problem) {
  note?.remove();
  note = null;
  if (!problem) return;
  note = document.createElement("pre");
  note.id = "rolecall-problem";
  note.setAttribute("role", "alert");
  note.textContent = problem;
  Object.assign(note.style, {
    position: "fixed",
    inset: "auto 0 0 0",
    zIndex: "2147483647",
    margin: "0",
    padding: "1rem",
    maxHeight: "40vh",
    overflow: "auto",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    font: "14px/1.5 ui-monospace, monospace",
    color: "#fff",
    background: "#8c1c13",
  });
  document.body.append(note);
}

function follow() {
  if (document.visibilityState !== "visible") {
    news?.close();
    news = null;
  } else if (news === null) {
    news = new EventSource("/_rolecall/events");
    news.addEventListener("message", (event) => {
      const { built, problem } = JSON.parse(event.data);
      if (built === shown) tell(problem);
      else location.reload();
    });
  }
}

addEventListener("pagehide", () => {
  news?.close();
  news = null;
});
addEventListener("pageshow", follow);
document.addEventListener("visibilitychange", follow);
follow();
