"""The parent's part of a batch: papers of one structure go to one process, two processes work side by side."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from queue import SimpleQueue
from threading import Event, Thread

from app.documents.rendering.batch.frame import take_apart
from app.documents.rendering.workers import PROCESSES, Pressed, pool

# So many papers are drawn before the first of them is written.
CHUNK = 25
Result = tuple[int, Pressed | Exception]


def press_all(papers: Sequence[str]) -> Iterator[Result]:
    """Each paper's place in the list with its print, or with what kept it from being printed, as they are done."""
    results: SimpleQueue[Result] = SimpleQueue()
    ended = Event()
    threads = [Thread(target=_work, args=(papers, hand, results, ended)) for hand in deal(papers) if hand]
    for thread in threads:
        thread.start()
    try:
        for _ in papers:
            yield results.get()
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def deal(papers: Sequence[str]) -> list[list[int]]:
    """The papers' places for each process: by structure, so that few are laid out twice, and about as many each."""
    structures: dict[str, list[int]] = {}
    for at, html in enumerate(papers):
        structures.setdefault(take_apart(html)[0], []).append(at)
    share = -(-len(papers) // PROCESSES)
    hands: list[list[int]] = [[] for _ in range(PROCESSES)]
    for members in sorted(structures.values(), key=len, reverse=True):
        # A structure too large for one process is laid out in each.
        for start in range(0, len(members), max(share, CHUNK)):
            min(hands, key=len).extend(members[start : start + max(share, CHUNK)])
    return hands


def _work(papers: Sequence[str], hand: Sequence[int], results: SimpleQueue[Result], ended: Event) -> None:
    left = list(hand)
    try:
        while left and not ended.is_set():
            chunk = left[:CHUNK]
            with closing(pool.press_all([papers[at] for at in chunk])) as pressed:
                for at, result in zip(chunk, pressed, strict=True):
                    results.put((at, result))
                    left.remove(at)
                    if ended.is_set():
                        return
    except Exception as error:
        for at in left:
            results.put((at, error))
