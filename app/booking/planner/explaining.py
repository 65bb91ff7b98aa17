"""Why can a session not be held there? Every cause, with its constraint id and what stands in the way."""

from collections import Counter
from collections.abc import Iterator, Sequence

from app.booking.planner.board import Board, Booking
from app.booking.planner.instance import MEDIATOR, PANEL, POOL_PREFIX, ROOM_KINDS, Place, Session
from app.booking.planner.problem import Wanted
from app.booking.rules.explaining import Blocker
from app.booking.rules.words import BlockerKind

KINDS = {
    **dict.fromkeys(("H1", "H2", "H3", "H20"), BlockerKind.LAW),
    **dict.fromkeys(("H4", "H5"), BlockerKind.ROOM_UNFIT),
    "H6": BlockerKind.ROOM_CLOSED,
    "H15": BlockerKind.ROOM_BUSY,
    **dict.fromkeys(("H7", "H16"), BlockerKind.PARTY_BUSY),
    **dict.fromkeys(("H8", "H9", "H10", "H11", "H12", "H14"), BlockerKind.PERSON_UNFIT),
    "H13": BlockerKind.PERSON_OFF_DUTY,
    **dict.fromkeys(("H17", "H18", "H19"), BlockerKind.PERSON_BUSY),
}


def blocker(rule: str, what: str, text: str) -> Blocker:
    """One cause under its constraint id."""
    return Blocker(KINDS[rule], what, text, rule)


def explain_place(board: Board, place: Place) -> list[Blocker]:
    """Every cause why this place cannot be had; empty means it can. The session itself must not be on the board."""
    wanted = board.problem.wanted[place.session]
    slots = slots_of(board, place.slot, wanted.length)
    return [
        *explain_time(board, wanted, place.slot),
        *explain_parties(board, wanted, slots),
        *_explain_centre(board, place),
        *explain_room(board, place.session, place.room, slots),
        *_explain_seats(board, place),
        *(
            found
            for person in dict.fromkeys(who for _, who in place.seats)
            for found in explain_person(board, place.session, person, place.centre, slots)
        ),
    ]


def slots_of(board: Board, slot: int, length: int) -> int:
    """The bits that a session beginning there takes, as far as the horizon goes."""
    return ((1 << length) - 1) << slot & board.problem.grid.everything


def explain_time(board: Board, wanted: Wanted, slot: int) -> Iterator[Blocker]:
    """Outside office hours, before the notice is over, after the deadline, out of order (H1–H3, H20)."""
    session = board.problem.instance.sessions[wanted.at]
    day = slot // board.problem.grid.slots_per_day
    if not wanted.begins >> slot & 1:
        yield blocker("H1", "时间", "不在上班时间内，或跨了午休")
    if day < session.first_day:
        yield blocker("H2", "通知期", f"到第 {session.first_day} 天才满")
    if day > session.last_day:
        yield blocker("H3", "法定期限", f"是第 {session.last_day} 天")
    if session.after is not None:
        yield from _explain_predecessor(board, session, session.after, day)
    for follower in wanted.followers:
        then = board.places[follower]
        if then is not None and day > board.day_of(then) - board.problem.wanted[follower].gap:
            yield blocker("H20", board.problem.instance.sessions[follower].id, "要在这一场之后，已排得更早")


def _explain_predecessor(board: Board, session: Session, after: int, day: int) -> Iterator[Blocker]:
    name = board.problem.instance.sessions[after].id
    before = board.places[after]
    if before is None:
        yield blocker("H20", name, "是前一场，还没有排")
    elif day < board.day_of(before) + session.gap:
        yield blocker("H20", name, f"是前一场，最早第 {board.day_of(before) + session.gap} 天")


def explain_parties(board: Board, wanted: Wanted, slots: int) -> Iterator[Blocker]:
    """A party cannot come or is at another session (H7, H16)."""
    for at in wanted.parties:
        party = board.problem.instance.parties[at]
        if slots & ~party.free:
            yield blocker("H7", party.id, "这时来不了")
        for booking in board.parties[at]:
            if booking.slots & slots:
                yield blocker("H16", party.id, f"这时有 {name_of(board, booking)}")


def _explain_centre(board: Board, place: Place) -> Iterator[Blocker]:
    instance = board.problem.instance
    if place.centre not in instance.sessions[place.session].centres:
        yield blocker("H4", instance.centres[place.centre].id, "不是这一场可用的中心")
    elif place.room >= 0 and instance.rooms[place.room].centre != place.centre:
        yield blocker("H4", instance.rooms[place.room].id, "不在这个中心")


def explain_room(board: Board, session_at: int, room_at: int, slots: int) -> Iterator[Blocker]:
    """The room is of another kind, too small, lacks something, closed or taken (H5, H6, H15)."""
    if room_at < 0:
        yield blocker("H5", "这间房", "已不在名册里")
        return
    room, session = board.problem.instance.rooms[room_at], board.problem.instance.sessions[session_at]
    if room.kind not in ROOM_KINDS[session.kind]:
        yield blocker("H5", room.id, "种类不对")
    if room.capacity < session.attendance:
        yield blocker("H5", room.id, f"只坐 {room.capacity} 人，这一场有 {session.attendance} 人")
    if lacking := session.equipment - room.equipment:
        yield blocker("H5", room.id, "没有 " + "、".join(sorted(lacking)))
    if slots & ~room.open:
        yield blocker("H6", room.id, "这时停用")
    for booking in board.rooms[room_at]:
        if booking.slots & slots:
            yield blocker("H15", room.id, f"这时有 {name_of(board, booking)}")


def explain_person(board: Board, session_at: int, at: int, centre: int, slots: int) -> Iterator[Blocker]:
    """The person must recuse or serves elsewhere (H12, H14), or cannot come then."""
    instance = board.problem.instance
    person = instance.people[at]
    if board.problem.is_recused(instance.sessions[session_at], at):
        yield blocker("H12", person.id, "应当回避")
    if centre not in person.serves:
        yield blocker("H14", person.id, f"不到 {instance.centres[centre].id} 工作")
    yield from explain_absence(board, at, centre, slots)


def explain_absence(board: Board, at: int, centre: int, slots: int) -> Iterator[Blocker]:
    """The person is off duty, taken, on the way, or has reached a maximum of the day or week (H13, H17–H19)."""
    person, bookings = board.problem.instance.people[at], board.people[at]
    if slots & ~person.duty:
        yield blocker("H13", person.id, "这时不值班")
    ways = board.problem.way_between[centre]
    for booking in bookings:
        if booking.blocked[ways[booking.centre]] & slots:
            if booking.slots & slots:
                yield blocker("H17", person.id, f"这时有 {name_of(board, booking)}")
            else:
                yield blocker("H18", person.id, f"从 {name_of(board, booking)} 赶不过来")
    if slots & board.full_days(at):
        yield from _explain_maxima(board, at, slots)


def _explain_maxima(board: Board, at: int, slots: int) -> Iterator[Blocker]:
    person, grid = board.problem.instance.people[at], board.problem.grid
    day = ((slots & -slots).bit_length() - 1) // grid.slots_per_day
    if sum(booking.day == day for booking in board.people[at]) >= person.max_day:
        yield blocker("H19", person.id, f"这一天已满 {person.max_day} 场")
    if sum(booking.week == grid.weeks[day] for booking in board.people[at]) >= person.max_week:
        yield blocker("H19", person.id, f"这一周已满 {person.max_week} 场")


def _explain_seats(board: Board, place: Place) -> Iterator[Blocker]:
    """One person twice, seats not as asked, the panel not as ruled, the chosen mediator missing (H8–H11)."""
    instance = board.problem.instance
    session = instance.sessions[place.session]
    for who, times in Counter(who for _, who in place.seats).items():
        if times > 1:
            yield blocker("H8", instance.people[who].id, "不能坐两个位置")
    yield from _explain_roles(board, session, place)
    panel = [who for role, who in place.seats if role == PANEL]
    yield from _explain_panel(board, session, panel)
    if session.chosen is not None and (MEDIATOR, session.chosen) not in place.seats:
        yield blocker("H11", instance.people[session.chosen].id, "是双方选定的调解员，没有入座")


def _explain_roles(board: Board, session: Session, place: Place) -> Iterator[Blocker]:
    people = board.problem.instance.people
    asked = {need.role for need in session.needs} | {PANEL}
    for role in dict.fromkeys(role for role, _ in place.seats if role not in asked):
        yield blocker("H9", role, "没有要这个位置")
    for need in session.needs:
        seated = [who for role, who in place.seats if role == need.role]
        if len(seated) != need.count:
            yield blocker("H9", need.role, f"要 {need.count} 人，有 {len(seated)} 人")
        for who in seated:
            if need.role not in people[who].roles:
                yield blocker("H9", people[who].id, f"不是 {need.role}")
            elif need.skill and need.skill not in people[who].skills:
                yield blocker("H9", people[who].id, f"不会办 {need.skill}")


def _explain_panel(board: Board, session: Session, panel: Sequence[int]) -> Iterator[Blocker]:
    people = board.problem.instance.people
    if session.panel is None:
        if panel:
            yield blocker("H9", PANEL, "没有要听证员")
        return
    if len(panel) != session.panel.size or not board.problem.is_lawful_panel(session.panel):
        yield blocker("H10", PANEL, f"要单数、至少 3 人、正好 {session.panel.size} 人，有 {len(panel)} 人")
    for who in panel:
        if not any(role.startswith(POOL_PREFIX) for role in people[who].roles):
            yield blocker("H10", people[who].id, "不在听证员名册里")
    for pool, least in session.panel.minima:
        found = sum(POOL_PREFIX + pool in people[who].roles for who in panel)
        if found < least:
            yield blocker("H10", pool, f"至少 {least} 人，有 {found} 人")


def name_of(board: Board, booking: Booking) -> str:
    """The id of the session or the standing booking behind a booking."""
    instance = board.problem.instance
    if booking.owner >= 0:
        return instance.sessions[booking.owner].id
    return instance.standing[-1 - booking.owner].id


def list_violations(board: Board) -> list[tuple[str, Blocker]]:
    """Every hard constraint that the plan on the board breaks, by session; empty for a plan that holds (H1–H20)."""
    found: list[tuple[str, Blocker]] = []
    for place in list(board.placed()):
        found.extend((board.problem.instance.sessions[place.session].id, cause) for cause in _without(board, place))
    return found


def _without(board: Board, place: Place) -> list[Blocker]:
    board.lift(place.session)
    causes = explain_place(board, place)
    board.put(place)
    return causes
