"""Numbers as printable text: what stands in the files of the search, small before and after compression.

A digit is one of 93 characters that JSON need not escape. A number below 62 is one digit, one below 2,852 two, any
other five. A column is one number for each job; a column of lists has the length of each before its numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

DIGITS = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"\\')
_BASE = len(DIGITS)
_ONE = 62
_TWO = _ONE + 30 * _BASE
MAX_NUMBER = _BASE**4 - 1


def encode_number(number: int) -> str:
    """One number, from 0 to `MAX_NUMBER`."""
    if not 0 <= number <= MAX_NUMBER:
        raise ValueError(number)
    if number < _ONE:
        return DIGITS[number]
    if number < _TWO:
        high, low = divmod(number - _ONE, _BASE)
        return DIGITS[_ONE + high] + DIGITS[low]
    digits = ""
    for _ in range(4):
        number, digit = divmod(number, _BASE)
        digits = DIGITS[digit] + digits
    return DIGITS[-1] + digits


class Codes(dict[int, str]):
    """By a number, its text; made once for each."""

    def __missing__(self, number: int) -> str:
        self[number] = encode_number(number)
        return self[number]


def encode(numbers: Iterable[int]) -> str:
    """A column."""
    return "".join(map(Codes().__getitem__, numbers))


def encode_lists(lists: Iterable[Sequence[int]]) -> str:
    """A column of lists."""
    code = Codes().__getitem__
    return "".join([code(len(numbers)) + "".join(map(code, numbers)) for numbers in lists])


def decode(text: str) -> list[int]:
    """The numbers of a column. Raises `ValueError` when `text` is none."""
    digits = iter(map(DIGITS.index, text))
    return list(_numbers(digits))


def _numbers(digits: Iterator[int]) -> Iterator[int]:
    for digit in digits:
        if digit < _ONE:
            yield digit
        elif digit < _BASE - 1:
            yield _ONE + (digit - _ONE) * _BASE + _next(digits)
        else:
            number = 0
            for _ in range(4):
                number = number * _BASE + _next(digits)
            yield number


def _next(digits: Iterator[int]) -> int:
    digit = next(digits, None)
    if digit is None:
        raise ValueError("a number is cut")
    return digit


def by_frequency(values: Iterable[str]) -> list[str]:
    """The different values, the most frequent first, so that their numbers are short."""
    return [value for value, _ in sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))]
