"""Characters that nobody sees, found at one look or the long way."""

from __future__ import annotations

from rolecall import unseen


def test_no_character_is_let_through_by_the_quick_look() -> None:
    for character in map(chr, range(128)):
        assert unseen.is_one_line(character) == (not unseen._NOT_ONE_LINE.search(character))


def test_other_scripts_are_seen_and_what_turns_their_direction_is_not() -> None:
    assert unseen.is_one_line("Köchin 👩\u200d🍳")
    assert not unseen.is_one_line("cook\u202e")
