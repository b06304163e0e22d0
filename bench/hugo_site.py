"""The jobs of a board as content of a Hugo site: what our pages show of a job, as front matter and body.

Values that we make words of (pay, place) come ready made, so that Hugo's templates have less to do than ours.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from readme_boards import views_of

from rolecall.site.site import Site
from rolecall.site.view import JobView
from rolecall.site.words import fixed_words, monogram

SHAPE = Path(__file__).resolve().parent / "hugo"


def make_hugo_site(board: Path, folder: Path, today: Any) -> Path:
    """A Hugo site in `folder` with the open jobs of `board`."""
    config, views = views_of(board)
    shutil.copytree(SHAPE, folder, dirs_exist_ok=True)
    site = Site.of(views, {}, config, today)
    sections = {view.id: group.name for group in site.sections for view in group.jobs}
    for view in site.jobs:
        path = folder / "content" / view.page
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in _front(view, sections).items()]
        path.write_text("\n".join(["---", *lines, "---", view.description]), encoding="utf-8")
    return folder


def _front(view: JobView, sections: dict[str, str]) -> dict[str, Any]:
    low, high, currency, per = view.salary or ("", "", "", "")
    values = {
        "title": view.title,
        "date": view.posted,
        "key": view.id,
        "file": view.file,
        "employer": view.company,
        "company_slug": view.company_slug,
        "letter": monogram(view.company),
        "apply_url": view.apply_url,
        "apply_host": view.apply_host,
        "about": view.text[:160],
        "where": view.where,
        "pay": view.pay,
        "workplace": fixed_words(view.workplace),
        "offices": list(view.places),
        "employment": [fixed_words(form) for form in view.employment],
        "level": fixed_words(view.level),
        "lang": view.language,
        "featured": view.featured,
        "closes": view.closes,
        "tag_links": [{"slug": slug, "name": name} for slug, name in zip(view.tag_slugs, view.tag_names, strict=True)],
        "website": f"https://{view.company_slug}.example/",
        "forms": [form.upper() for form in view.employment],
        "addresses": [{"city": city, "country": country} for city, _, country in view.place_parts],
        "salary": {"low": low, "high": high, "currency": currency, "per": per.upper()} if view.salary else None,
        "tags": list(view.tag_slugs),
        "companies": [view.company_slug],
        "places": [slug for slug, _ in view.place_pages],
        "works": [view.workplace] if view.workplace else [],
        "parts": [sections[view.id]],
    }
    return {name: value for name, value in values.items() if value}
