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


def deal(papers: Sequence[str]) -> list[list[list[int]]]:
    """The papers' places in chunks of one structure for each process: few are laid out twice, about as many each."""
    structures: dict[str, list[int]] = {}
    for at, html in enumerate(papers):
        structures.setdefault(take_apart(html)[0], []).append(at)
    share = max(-(-len(papers) // PROCESSES), CHUNK)
    hands: list[list[list[int]]] = [[] for _ in range(PROCESSES)]
    for members in sorted(structures.values(), key=len, reverse=True):
        # A structure too large for one process is laid out in each.
        for part in _cut(members, share):
            min(hands, key=lambda hand: sum(map(len, hand))).extend(_cut(part, CHUNK))
    return hands


def _cut(places: list[int], longest: int) -> list[list[int]]:
    """Parts of about one length, none longer than that."""
    count = -(-len(places) // longest)
    return [places[len(places) * at // count : len(places) * (at + 1) // count] for at in range(count)]


def _work(papers: Sequence[str], hand: Sequence[Sequence[int]], results: SimpleQueue[Result], ended: Event) -> None:
    left = [at for chunk in hand for at in chunk]
    try:
        for chunk in hand:
            with closing(pool.press_all([papers[at] for at in chunk])) as pressed:
                for at, result in zip(chunk, pressed, strict=True):
                    results.put((at, result))
                    left.remove(at)
                    if ended.is_set():
                        return
    except Exception as error:
        for at in left:
            results.put((at, error))
