"""What does a plan cost, part by part, and how evenly is it carried? Counted anew from the places alone."""

from collections.abc import Collection, Iterable

from app.booking.planner.instance import MEDIATOR, Instance, Place, Session

PARTS = ("S0", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8")


def price_of_plan(instance: Instance, places: Collection[Place]) -> dict[str, float]:
    """The cost of a plan by part, S0 (no place) to S8 (another centre)."""
    parts = dict.fromkeys(PARTS, 0.0)
    by_session = {place.session: place for place in places}
    for at, session in enumerate(instance.sessions):
        place = by_session.get(at)
        if place is None:
            parts["S0"] += instance.weights.unplaced * session.weight
        else:
            _add(parts, _price_of_time(instance, session, place))
            _add(parts, _price_of_people(instance, session, place))
            before = None if session.after is None else by_session.get(session.after)
            if before is not None and not _mediators(place) & _mediators(before):
                parts["S3"] += instance.weights.continuity
    parts["S4"] = instance.weights.overload_slot * sum(
        max(load - (instance.people[who].fair_slots or 0), 0) for who, load in list_loads(instance, places)
    )
    return parts


def list_loads(instance: Instance, places: Iterable[Place]) -> list[tuple[int, int]]:
    """Booked slots of everybody with a fair share, standing bookings included."""
    loads = {at: 0 for at, person in enumerate(instance.people) if person.fair_slots is not None}
    booked = [(standing.people, standing.length) for standing in instance.standing]
    booked += [(tuple(who for _, who in place.seats), instance.sessions[place.session].length) for place in places]
    for people, length in booked:
        for who in people:
            if who in loads:
                loads[who] += length
    return list(loads.items())


def unevenness(loads: Iterable[int]) -> float:
    """The Gini coefficient of the loads: 0 all alike, towards 1 one carries everything."""
    ordered = sorted(loads)
    total = sum(ordered)
    if not total:
        return 0.0
    count = len(ordered)
    return sum((2 * rank - count + 1) * load for rank, load in enumerate(ordered)) / (count * total)


def _add(parts: dict[str, float], more: dict[str, float]) -> None:
    for part, price in more.items():
        parts[part] += price


def _price_of_time(instance: Instance, session: Session, place: Place) -> dict[str, float]:
    weights, grid = instance.weights, instance.grid
    day, start = divmod(place.slot, grid.slots_per_day)
    is_morning = start < grid.blocks[0][1]
    is_wrong_half = session.half is not None and is_morning != (session.half == 0)
    return {
        "S1": weights.late_day * session.weight * max(day - session.target_day, 0),
        "S5": weights.half * is_wrong_half,
        "S6": weights.room_kind * (instance.rooms[place.room].kind != session.kind),
        "S8": weights.other_centre * (place.centre != session.centres[0]),
    }


def _price_of_people(instance: Instance, session: Session, place: Place) -> dict[str, float]:
    weights, mediators = instance.weights, _mediators(place)
    return {
        "S2": weights.preferred * (session.preferred is not None and session.preferred not in mediators),
        "S3": weights.continuity * (session.continuity is not None and session.continuity not in mediators),
        "S7": weights.away_person * sum(instance.people[who].home != place.centre for _, who in place.seats),
    }


def _mediators(place: Place) -> set[int]:
    return {who for role, who in place.seats if role == MEDIATOR}
