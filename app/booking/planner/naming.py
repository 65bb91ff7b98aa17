"""Which constraint leaves a session no place at all? Named with its id and the reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.booking.planner.board import LENGTHS, Board
from app.booking.planner.impossible import Alone, by_itself
from app.booking.planner.places import quota_starts, shared_starts, tier_starts
from app.booking.planner.problem import Ask, Option, Wanted
from app.booking.planner.questions import rule_of, what_would_help
from app.booking.rules.grid import starts_of_runs


@dataclass(frozen=True)
class Cause:
    """Constraint ids, and in words what is missing."""

    rules: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return f"{'/'.join(self.rules)} {self.text}"


def name_impossible(board: Board, alone: Alone, asked: Iterable[int] | None = None) -> dict[int, str]:
    """Those of the sessions asked (all) that have no place even if nothing else is planned, with the reason."""
    named = set(alone.impossible) - board.problem.instance.withdrawn
    if asked is not None:
        named &= set(asked)
    return {at: str(why_none(board, alone, board.problem.wanted[at])) for at in sorted(named)}


def why_none(board: Board, alone: Alone, wanted: Wanted) -> Cause:
    """Why the session has no place at all against what is on the board."""
    before = wanted.after
    if before is not None and before not in alone.earliest:
        return Cause(("H20",), f"前一场 {board.problem.instance.sessions[before].id} 没有时间可排")
    first_day = 0 if before is None else alone.earliest[before] + wanted.gap
    causes = list(_shared_causes(board, wanted, first_day)) or list(_centre_causes(board, wanted, first_day))
    if not causes:
        causes = [_together(board, by_itself(board, wanted, first_day))]
    rules = dict.fromkeys(rule for cause in causes for rule in cause.rules)
    return Cause(tuple(rules), "；".join(dict.fromkeys(cause.text for cause in causes)))


def _shared_causes(board: Board, wanted: Wanted, first_day: int) -> Iterator[Cause]:
    """The law's window, the order of sessions, the parties (H2, H3, H7, H10, H11, H20)."""
    problem = board.problem
    session = problem.instance.sessions[wanted.at]
    if session.panel and not problem.is_lawful_panel(session.panel):
        yield Cause(("H10",), f"听证员要单数、至少 3 人，要的是 {session.panel.size} 人")
    elif not problem.is_well_formed(session):
        yield Cause(("H11",), "选定了调解员，却没有调解员的位置")
    days = problem.grid.mask_of_days(session.first_day, session.last_day)
    if not days:
        yield Cause(("H2", "H3"), f"通知期到第 {session.first_day} 天才满，期限是第 {session.last_day} 天")
        return
    if first_day > session.last_day:
        yield Cause(("H3", "H20"), f"前一场之后最早第 {first_day} 天，期限是第 {session.last_day} 天")
    for at in session.parties:
        party = problem.instance.parties[at]
        if not starts_of_runs(days & party.free, wanted.length) & wanted.begins:
            yield Cause(("H7",), f"第 {session.first_day} 至 {session.last_day} 天 {party.id} 都来不了")


def _centre_causes(board: Board, wanted: Wanted, first_day: int) -> list[Cause]:
    """What is missing at each centre; nothing if some centre lacks nothing by itself."""
    shared = shared_starts(board, by_itself(board, wanted, first_day))
    found: list[Cause] = []
    for option in wanted.options:
        here = [*_room_causes(board, wanted, option, shared), *_people_causes(board, wanted, option, shared)]
        if not here:
            return []
        found.extend(here)
    return found or [Cause(("H4",), "没有可用的中心")]


def _room_causes(board: Board, wanted: Wanted, option: Option, shared: int) -> Iterator[Cause]:
    centre = board.problem.instance.centres[option.centre].id
    if not option.tiers:
        yield Cause(("H5",), f"{centre} 没有种类、座位、设备都合适的房间")
    elif not any(tier_starts(board, rooms, wanted.length) & shared for _, rooms in option.tiers):
        yield Cause(("H6", "H15"), f"{centre} 合适的房间都停用或已有安排")


def _people_causes(board: Board, wanted: Wanted, option: Option, shared: int) -> Iterator[Cause]:
    session = board.problem.instance.sessions[wanted.at]
    centre = board.problem.instance.centres[option.centre].id
    everyone = board.problem.option(
        replace(session, recused=frozenset(), recused_units=frozenset()), option.centre
    ).quotas
    unrecused: Mapping[int, Ask] = {ask.number: ask for ask in everyone}
    for ask in option.quotas:
        rule, what = rule_of(board, wanted, ask), f"{centre} 的 {ask.role}"
        if len(ask.candidates) < ask.size:
            is_recused = len(unrecused[ask.number].candidates) >= ask.size
            rules: tuple[str, ...] = (rule, "H12") if is_recused else (rule,)
            yield Cause(
                rules,
                f"{what} 要 {ask.size} 人，{'不用回避' if is_recused else '符合'}的只有 {len(ask.candidates)} 人",
            )
        elif not quota_starts(board, ask, option.centre * LENGTHS + wanted.length, shared):
            rules = (rule, *_why_never_free(board, wanted, ask, shared))
            yield Cause(rules, f"{what} 要 {ask.size} 人，可用的时间里凑不齐")


def _why_never_free(board: Board, wanted: Wanted, ask: Ask, shared: int) -> tuple[str, ...]:
    """Never on duty, or on duty but taken, on the way or full."""
    people = board.problem.instance.people
    on_duty = [who for who in ask.candidates if starts_of_runs(people[who].duty, wanted.length) & shared]
    return ("H13",) if len(on_duty) < ask.size else ("H13", "H17", "H18", "H19")


def _together(board: Board, wanted: Wanted) -> Cause:
    helping = tuple(relief.rule for relief in what_would_help(board, wanted))
    return Cause(helping or ("H8",), "每个条件单独都有时间，合在一起没有")
