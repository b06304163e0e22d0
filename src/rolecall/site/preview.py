"""One job as the README and its page will show it, as HTML for a Markdown file on GitHub: nothing in it acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolecall import markup
from rolecall.site.language import mark as _
from rolecall.site.readme_press import Press
from rolecall.site.readme_rows import Row, Step, row_of
from rolecall.site.readme_text import cell, one_line
from rolecall.site.site import Site

if TYPE_CHECKING:
    from datetime import date

    from rolecall.config import Config
    from rolecall.site.render import Renderer
    from rolecall.site.view import JobView

_FACTS = (
    ("where", _("Place")),
    ("employment", _("Contract")),
    ("pay", _("Pay")),
    ("level", _("Level")),
    ("posted", _("Posted")),
    ("closes", _("Closes")),
)


def preview(view: JobView, config: Config, renderer: Renderer, today: date) -> tuple[str, str, str]:
    """(the README's table with this job's row, the page, one line of plain text).

    There is no logo, because a picture's address may be a stranger's, and no link to a page that is not there yet.
    """
    config = config.model_copy(update={"logos": "none", "base_url": None, "repository": None})
    site = Site.of([view], {}, config, today, language=renderer.language)
    press = Press(site, renderer, config.readme, config.readme.file)
    step = Step("preview", "none", config.readme.max_tags)
    shown = view._replace(status_closed=False)
    row = row_of(shown, site, config.readme, step, config.readme.file)
    table = press.tables([shown], [press.row(shown, step)], None)
    line = " · ".join(one_line(part) for part in (view.title, view.company, view.where, view.pay) if part)
    return str(table), _page(view, row, site), line


def _page(view: JobView, row: Row, site: Site) -> str:
    """Title, facts and the whole description, on one line."""
    text = site.language.text
    facts = [f"<li>{cell(text(name))}: {row.values[fact]}</li>" for fact, name in _FACTS if row.values[fact]]
    if view.tag_names:
        facts.append(
            f"<li>{cell(text(_('Tags')))}: {' '.join(f'<code>{cell(tag)}</code>' for tag in view.tag_names)}</li>"
        )
    apply = (
        f'<li><a href="{row.apply_url}">{cell(text(_("Apply")))}</a>: {cell(view.apply_host or view.apply_url)}</li>'
    )
    none = text(_("There is no description here. The employer's page has all that is known."))
    body = markup.github_html(view.description) or f"<p>{cell(none)}</p>"
    return f"<h3>{row.title}</h3><p><b>{row.company}</b></p><ul>{''.join(facts)}{apply}</ul>{body}"
