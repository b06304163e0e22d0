{# Plain text for scripts, which set it as text: `language.text`, not `_`, which makes HTML. #}
{% set t = language.text %}
// What the scripts say, in the language of the board.
const tag = {{ language.tag|script_json }};
const isKnown = (name) => {
  try {
    return Intl.getCanonicalLocales(name).length > 0;
  } catch {
    return false;
  }
};
// Digits as the pages have them; a tag that browsers refuse counts as its first part.
export const language = `${isKnown(tag) ? tag : tag.split("-")[0]}-u-nu-latn`;
export const words = {{ {
  "new": t("New"),
  "saved": t("Saved"),
  "applied": t("Applied"),
  "save": t("Save"),
  "save_job": t("Save: {title}"),
  "closes": t("Closes {when}"),
  "closed": t("Closed"),
  "posted_on": t("Posted {day}"),
  "new_since": t("New since your last visit: {n}"),
  "hidden_here": t("Hidden here: {n}"),
  "show": t("Show"),
  "last_read": t("Last verified {day}"),
  "gone": t("no longer listed"),
  "remove": t("Remove the mark: {title}"),
  "undo": t("Remove"),
  "imported": t("Marks taken over: {n}"),
  "not_ours": t("This file holds no marks of a board."),
  "no_store": t("This browser keeps nothing for this page: marks are lost when it is closed."),
}|script_json }};
// Of the search.
export const find = {{ {
  "found": t("{n} of {total} jobs"),
  "loading": t("Loading the index…"),
  "reading": t("Searching the descriptions…"),
  "failed": t("The search could not be loaded. The list below is complete."),
  "no_words": t("The descriptions could not be searched."),
  "none": t("No job fits."),
  "none_for": t("No job fits “{query}”."),
  "hidden": t("Hidden by you: {n}"),
  "meant": t("Did you mean {word}?"),
  "remove": t("Remove: {name}"),
  "more": t("Show more"),
  "seen": t("seen {when}"),
  "at_least": t("At least {amount} {kind}"),
  "query": t("“{query}”"),
  "narrow": t("Type to narrow the list"),
}|script_json }};
