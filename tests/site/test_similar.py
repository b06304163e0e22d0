"""Which jobs are shown as similar."""

from __future__ import annotations

from collections.abc import Callable

from rolecall.site.similar import similar_jobs


def test_jobs_that_share_rare_tags_and_words_come_first(view: Callable) -> None:
    cook = view(1, title="Pastry Cook", tags=("baking", "chocolate"))
    near = view(2, title="Chocolate Pastry Cook", tags=("baking", "chocolate"), company_slug="quay")
    far = view(3, title="Line Cook", tags=("baking", "grill"), company_slug="old-mill")
    other = view(4, title="Porter", tags=("lifting",), company_slug="old-mill")
    found = similar_jobs([other, far, near, cook])
    assert [like.id for like in found[cook.id]] == [near.id, far.id]
    assert found[other.id] == ()


def test_one_opening_of_a_company_is_shown_and_none_of_the_jobs_own(view: Callable) -> None:
    cook = view(1, title="Pastry Cook")
    own = view(2, title="Pastry Cook, evenings")
    theirs = [view(number, title="Pastry Cook", company_slug="quay") for number in (3, 4)]
    assert [like.id for like in similar_jobs([cook, own, *theirs])[cook.id]] == [theirs[0].id]


def test_at_most_five_are_shown_whatever_the_number_of_copies(view: Callable) -> None:
    jobs = [view(number, title="Pastry Cook", company_slug=f"c{number}") for number in range(1, 60)]
    found = similar_jobs(jobs)
    assert {len(like) for like in found.values()} == {5}
    assert [like.id for like in found[jobs[0].id]] == [job.id for job in jobs[1:6]]


def test_titles_in_any_script_are_compared(view: Callable) -> None:
    one = view(1, title="厨师 夜班", tags=("baking",))
    other = view(2, title="厨师 白班", tags=("baking",), company_slug="quay")
    assert [like.id for like in similar_jobs([one, other])[one.id]] == [other.id]
