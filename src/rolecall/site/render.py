"""The only jinja2, with `compile`: templates into text. Every value is escaped, in every file.

A name that is not there is an error.

A board's own `templates/` comes first, file by file, then what rolecall ships. Templates are the owner's code; data is
never a template.
"""

from __future__ import annotations

import os
import traceback
from contextlib import suppress
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rolecall.address import host_of
from rolecall.errors import TemplateError
from rolecall.site import cache_file, words
from rolecall.site.compact import compact_json
from rolecall.site.html import Encoded, Html, joined
from rolecall.site.language import Language
from rolecall.site.packaged import packaged_templates
from rolecall.site.replace import Codes
from rolecall.site.urls import Links

if TYPE_CHECKING:
    from jinja2 import Environment, Template

    from rolecall.site.compiled import Compiled

STATIC = "site/static"
STYLE = "site/style"
# What a script block of data may not hold as it is: the ends of a script, of a comment, and JavaScript's line ends.
_ESCAPES = Codes.of((char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029")


class Renderer:
    """Renders templates by their names below `templates/`, such as "site/job.html"."""

    def __init__(self, *folders: Path, language: str = "en", kept: Path | None = None) -> None:
        """`folders` in the order in which they are asked; those that are not there count as empty.

        `language` is the tag (BCP 47) of what the templates say in `_("...")`. `kept` is a folder in which the code of
        packaged templates is kept: what stands there is run, so it must be nobody's but the user's.
        """
        self._kept = kept
        self._folders = folders or (packaged_templates(),)
        self.language = Language.of(language, self._folders)
        self._compiled: dict[str, Template] = {}

    @classmethod
    def of_board(cls, templates: Path, language: str = "en", kept: Path | None = None) -> Renderer:
        """The board's own templates, then the packaged ones."""
        return cls(templates, packaged_templates(), language=language, kept=kept)

    def render(self, name: str, /, **context: Any) -> str:
        """The template's text. Raises `TemplateError` that names template and line."""
        return joined(self._pieces(name, context))

    def page(self, name: str, /, **context: Any) -> bytes:
        """The template's text in UTF-8; else like `render`.

        It is encoded block by block: a joined text is as wide as its widest letter, all of it, and would be made wider
        first and narrower afterwards.
        """
        pieces = self._pieces(name, context)
        try:
            return b"".join([piece.encode() for piece in pieces])
        except UnicodeEncodeError:  # half a surrogate pair
            return b"".join([piece.encode("utf-8", "replace") for piece in pieces])

    def _pieces(self, name: str, context: dict[str, Any]) -> list[str | Encoded]:
        try:
            template = self._template(name)
            scope = template.new_context(context)
            pieces: list[str | Encoded] = list(template.root_render_func(scope))
        except _faults() as error:
            from jinja2.debug import rewrite_traceback_stack

            where = self._where(name, rewrite_traceback_stack())  # with the lines of templates
            raise TemplateError(where, _what(error), "Mend the template.") from error
        scope.vars.clear()  # macros, which hold the scope that holds them: all of a page would wait to be collected
        return pieces

    def fragment(self, name: str, /, **context: Any) -> Html:
        """The template's text as HTML that another template may hold as it is."""
        return Html(self.render(name, **context))

    def files(self, under: str) -> dict[str, Path]:
        """The files below a folder of the templates by their names in it; a board's own hides the packaged one."""
        found: dict[str, Path] = {}
        for folder in reversed(self._folders):
            for inside, folders, names in os.walk(folder / under):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in sorted(names):
                    if not name.startswith("."):
                        path = Path(inside, name)
                        found[path.relative_to(folder / under).as_posix()] = path
        return dict(sorted(found.items()))

    def compile(self, under: str) -> None:
        """Compile the templates directly below a folder, so that processes that are forked from now on need not.

        What cannot be compiled is left to whoever renders it, and then says why.
        """
        from jinja2 import TemplateError as JinjaError

        for name in self.files(under):
            if "/" not in name:
                with suppress(JinjaError, UnicodeDecodeError):
                    self._template(f"{under}/{name}")

    def keep(self) -> None:
        """Keep the code of what was compiled for the next build."""
        if self._code is not None:
            self._code.save()

    @cached_property
    def _code(self) -> Compiled | None:
        from rolecall.site.compiled import Compiled

        if self._kept is None:
            return None
        key = f"{cache_file.tool_key()} {self.language.digest}"
        return Compiled(self._kept / f"templates-{self.language.tag}", key, packaged_templates())

    @cached_property
    def digest(self) -> str:
        """A hash of all templates but styles and static files, which no template reads. Any may include any other."""
        state = sha256(self.language.digest.encode())
        for name, path in self.files("").items():
            if not name.startswith((f"{STATIC}/", f"{STYLE}/")):
                state.update(f"{name}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
        return state.hexdigest()[:16]

    def _template(self, name: str) -> Template:
        if name not in self._compiled:
            self._compiled[name] = self._environment.get_template(name)
        return self._compiled[name]

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import FileSystemLoader, StrictUndefined

        from rolecall.site.compile import QuickEnvironment
        from rolecall.site.messages import Messages

        language = self.language
        messages = Messages(language)
        environment = QuickEnvironment(
            messages.text,
            links=Links,
            own={
                "_": messages.text,
                "count": messages.count,
                "monogram": words.monogram,
                "pay": partial(words.pay_words, language=language),
                "timezones": partial(words.timezone_words, language=language),
                "zip": zip,
            },
            loader=FileSystemLoader([os.fspath(folder) for folder in self._folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=self._code,
        )
        environment.filters.update(
            date=language.date,
            short_date=language.short_date,
            month=language.month,
            number=language.number,
            words=partial(words.fixed_words, language=language),
            host=host_of,
            mailbox=_mailbox,
            link=_link,
            script_json=script_json,
        )
        environment.globals["language"] = language
        return environment

    def _where(self, name: str, error: BaseException) -> str:
        """`site/job.html:12`: the innermost line of a template that the error went through."""
        from jinja2 import TemplateSyntaxError

        if isinstance(error, TemplateSyntaxError):
            return f"{error.name or name}:{error.lineno}"
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            for folder in self._folders:
                if frame.filename.startswith(f"{os.fspath(folder)}{os.sep}"):
                    return f"{Path(frame.filename).relative_to(folder).as_posix()}:{frame.lineno}"
        return name


def _faults() -> tuple[type[Exception], ...]:
    """What a faulty template raises; asked only when something was raised."""
    from jinja2 import TemplateError as JinjaError

    return (JinjaError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)


def _what(error: Exception) -> str:
    from jinja2 import TemplateNotFound

    if isinstance(error, TemplateNotFound):
        return f"there is no template {error.name!r}."
    return f"{str(error)[:300] or type(error).__name__}".removesuffix(".") + "."


def _link(address: str) -> str:
    """An address for `href`. The schema lets no other scheme in; this holds for whatever did not pass it."""
    return address if address.lower().startswith(("https://", "http://", "mailto:")) else ""


def _mailbox(address: str) -> str:
    return address.partition(":")[2].partition("?")[0]


def script_json(value: object) -> Html:
    """`value` as JSON that may stand in a `<script>` of a data type; parsed, it is `value` again."""
    return Html(_ESCAPES.into(compact_json(value)))
