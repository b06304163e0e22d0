from __future__ import annotations

import asyncio

from rolecall.fetch.hosts import Hosts


def test_a_host_that_hangs_does_not_keep_the_others_from_their_turns() -> None:
    async def run() -> bool:
        async def sleep(wait_s: float) -> None:
            await asyncio.Event().wait()

        hosts = Hosts(in_flight=1, per_host=2, sleep=sleep, clock=lambda: 0.0)
        hosts.hold_back("slow.example", 60)

        async def take(name: str) -> None:
            async with hosts.turn(name, 0):
                pass

        stuck = asyncio.create_task(take("slow.example"))
        await asyncio.sleep(0)
        await asyncio.wait_for(take("quick.example"), 5)
        was_waiting = not stuck.done()
        stuck.cancel()
        return was_waiting

    assert asyncio.run(run())


def test_no_more_turns_than_allowed_are_open_in_the_whole_run(time) -> None:
    async def run() -> int:
        hosts = Hosts(in_flight=3, per_host=2, sleep=time.sleep, clock=time.clock)
        open_now = most_open = 0

        async def take(name: str) -> None:
            nonlocal open_now, most_open
            async with hosts.turn(name, 0):
                open_now += 1
                most_open = max(most_open, open_now)
                await asyncio.sleep(0)
                open_now -= 1

        await asyncio.gather(*(take(f"{number % 5}.example") for number in range(50)))
        return most_open

    assert asyncio.run(run()) == 3


def test_patience_that_was_asked_for_is_never_shortened(time) -> None:
    async def run() -> None:
        hosts = Hosts(in_flight=1, per_host=1, sleep=time.sleep, clock=time.clock)
        hosts.hold_back("a.example", 30)
        hosts.hold_back("a.example", 5)
        async with hosts.turn("a.example", 0):
            pass

    asyncio.run(run())
    assert time.now_s == 30
