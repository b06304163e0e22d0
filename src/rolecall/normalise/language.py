"""The language of an ad's text, by the small words that every sentence has: surely, or not at all."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from rolecall.normalise.body import Body
from rolecall.normalise.lookup import listed, table
from rolecall.normalise.text import clean_line

_MAX_CHARS = 1_200
_MAX_WORDS = 150
_LEAST_WORDS = 30
_LEAST_SHARE = 0.1  # of all words; the texts of real ads have 0.15 to 0.4
_LEAST_KINDS = 5  # different words; "et" and "est" alone are also Latin
_TIMES = 1.6  # more than the next language has
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FOREIGN = re.compile("[\u0370-\u1fff\u3040-\ud7af]")
# Writing systems of one language, or of several of which one is by far the most written in job ads.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("uk", re.compile("[їєґ]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
_SHARES = {"ja": 0.05, "uk": 0.005}  # of all foreign letters; 0.6 for a script of one language
# Bulgarian and Serbian have none of the first, others have letters that Russian lacks.
_RUSSIAN, _NOT_RUSSIAN = re.compile("[ыэё]"), re.compile("[іўјљњђћџќѓѕқғүұһөәңҷҳ]")
_WORD = re.compile(r"[^\W\d_]+")


def read_language(stated: str | None, body: Body) -> str | None:
    """A BCP 47 code: the source's own, mended (`en_US`, `EN`), else that of the text, or None when it is not sure."""
    return _code(stated) or language_of(body)


def _code(text: str | None) -> str | None:
    head, _, tail = clean_line(text or "").replace("_", "-").partition("-")
    code = f"{head.lower()}-{tail}" if tail else head.lower()
    return code if _CODE.fullmatch(code) and len(code) <= 20 else None


def language_of(body: Body) -> str | None:
    """The language of the text, or None for a short, a mixed or an unknown one."""
    text = body.lower[:_MAX_CHARS]
    foreign = 0 if text.isascii() else len(_FOREIGN.findall(text))
    if foreign > _LEAST_WORDS and foreign > 0.2 * len(text):
        return _by_script(text, foreign)
    words = _WORD.findall(text)[:_MAX_WORDS]
    if len(words) < _LEAST_WORDS:
        return None
    counted: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    known = _languages()
    for word, times in Counter(words).items():
        for language in known.get(word, ()):
            counted[language] += times
            kinds[language] += 1
    (first, most), (_, next_most) = [*counted.most_common(2), ("", 0), ("", 0)][:2]
    is_sure = most >= _LEAST_SHARE * len(words) and most >= _TIMES * next_most and kinds[first] >= _LEAST_KINDS
    return first if is_sure else None


def _by_script(text: str, foreign: int) -> str | None:
    for language, script in _SCRIPTS:
        if len(script.findall(text)) > _SHARES.get(language, 0.6) * foreign:
            is_russian = _RUSSIAN.search(text) is not None and _NOT_RUSSIAN.search(text) is None
            return language if language != "ru" or is_russian else None
    return None


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, cell in table("languages").items():
        for word in listed(cell):
            found[word] = (*found.get(word, ()), language)
    return found
