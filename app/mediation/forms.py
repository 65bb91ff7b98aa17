"""What is typed on the pages of a mediation case, its meetings and its records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from app.booking.models import Room
from app.booking.rules.need import SessionPlan
from app.errors import FieldErrors
from app.matters.models import Party
from app.matters.rules import LABELS as MATTER_LABELS
from app.matters.rules import IdDocument
from app.mediation.actions import MeetingWish, NewAttendee, NewTurn, Refusal
from app.mediation.models import Attendee, MediationMeeting
from app.mediation.rules import AttendeeKind, EndReason, ReadMode, RecordResult, SuspensionBasis
from app.people.models import Account
from app.web.forms import FormReader

LONGEST_TURN = 20_000
MOST_DAYS = 366


@dataclass(frozen=True)
class Close:
    """How the record ends."""

    result: RecordResult
    result_text: str
    read_mode: ReadMode
    refusals: tuple[Refusal, ...]


def read_wish(form: FormReader, rooms: Mapping[str, Room], people: Mapping[str, Account]) -> MeetingWish:
    """The place as chosen: one of the lit ones (`place`), or room and time as typed."""
    chosen, _, at_typed = form.raw("place").partition(" ")
    lit = rooms.get(chosen)
    room = lit or form.option("room", "调解室", rooms)
    at = _time_of(at_typed) if lit else None
    plan = SessionPlan(
        room_id=room.id if room else 0,
        day=form.date("day", "日期"),
        at=at or form.time("at", "几点开始"),
        minutes=form.number("minutes", "多长时间", low=0, high=100_000),
        people=_people_of(form, people),
    )
    form.finish()
    return MeetingWish(plan, is_confirmed=form.has("confirm"))


def _time_of(typed: str) -> time | None:
    try:
        return time.fromisoformat(typed)
    except ValueError:
        return None


def _people_of(form: FormReader, people: Mapping[str, Account]) -> tuple[tuple[str, int], ...]:
    seated = []
    for token in form.raw("people").split():
        seat, _, public_id = token.partition(":")
        if public_id not in people:
            form.fail("people", "有一人已不能参加。请重新选人。")
        else:
            seated.append((seat, people[public_id].id))
    return tuple(seated)


def read_mediators(form: FormReader, eligible: Mapping[str, Account]) -> tuple[Account, ...]:
    """The mediators as ticked."""
    mediators = form.option_list("mediator", "调解员", eligible)
    form.finish()
    return mediators


def read_objection(
    form: FormReader, mediators: Mapping[str, Account], eligible: Mapping[str, Account], parties: Mapping[str, Party]
) -> tuple[Account, Account, Party, str]:
    """Who is not wanted, who replaces him, which party says so and why."""
    account = form.option("unwanted", "不要哪位调解员", mediators)
    replacement = form.option("replacement", "换上哪位", eligible)
    party = form.option("party", "哪一方提出", parties)
    reason = form.text("reason", "当事人怎么说", limit=2000)
    form.finish()
    if account is None or replacement is None or party is None:
        raise FieldErrors({"unwanted": "请把三项都选好。"})
    return account, replacement, party, reason


def read_extension(form: FormReader, parties: Mapping[str, Party]) -> tuple[int, date, frozenset[int]]:
    """How many days, agreed when, by whom."""
    days = form.number("days", "延长几天", low=1, high=MOST_DAYS)
    agreed_on = form.date("agreed_on", "哪天同意的")
    agreeing = form.option_list("agreeing", "同意的人", parties)
    form.finish()
    return days, agreed_on, frozenset(party.id for party in agreeing)


def read_suspension(form: FormReader) -> tuple[SuspensionBasis, str, date]:
    """Why the mediation rests, more words, from when on."""
    basis = form.choice("basis", "中止的原因", SuspensionBasis)
    note = form.text("note", "说明", limit=2000, required=False)
    on = form.date("on", "从哪天起")
    form.finish()
    return basis, note, on


def read_labour_notice(form: FormReader) -> tuple[date, bool, str]:
    """When the parties were told, whether they go on, which arbitration body."""
    told_on = form.date("told_on", "哪天告知的")
    continues = form.raw("continues")
    if continues not in ("yes", "no"):
        form.fail("continues", "请选当事人愿不愿意继续调解。")
    body = form.line("arbitration_body", "仲裁委员会", limit=120)
    form.finish()
    return told_on, continues == "yes", body


def read_end(form: FormReader) -> tuple[EndReason, str, date]:
    """Why the mediation ends, more words, when."""
    reason = form.choice("reason", "终止的原因", EndReason)
    note = form.text("note", "说明", limit=2000, required=False)
    ended_on = form.date("ended_on", "哪天终止")
    form.finish()
    return reason, note, ended_on


def read_reason(form: FormReader) -> str:
    """Why a meeting is called off."""
    reason = form.line("reason", "原因", limit=200)
    form.finish()
    return reason


def read_attendee(form: FormReader, parties: Mapping[str, Party]) -> NewAttendee:
    """Who came: a party, somebody for a party, or an invited helper, with the document compared."""
    who = form.raw("who")
    party = parties.get(who)
    kind = AttendeeKind.PARTY if party else AttendeeKind.INVITED
    if who.startswith("for:"):
        kind, party = AttendeeKind.PROXY, parties.get(who.removeprefix("for:"))
    if party is None and who != "invited":
        form.fail("who", "请选谁到场。")
    needs_name = kind is not AttendeeKind.PARTY or (party is not None and party.kind.value == "organisation")
    name = form.person_name("name", "来人姓名", required=needs_name)
    document = form.choice("identity_document", "核对了什么证件", IdDocument)
    detail = form.line("detail", "单位、职务或者关系", limit=120, required=kind is AttendeeKind.INVITED)
    form.finish()
    is_person = party is not None and kind is AttendeeKind.PARTY and not needs_name
    return NewAttendee(
        kind=kind,
        name=party.name if party is not None and is_person else name,
        identity_document=MATTER_LABELS[document],
        party=party,
        detail=detail if is_person or party is None else _detail_for(party, kind, detail),
    )


def _detail_for(party: Party, kind: AttendeeKind, detail: str) -> str:
    if kind is AttendeeKind.PROXY:
        return detail
    return f"{party.name}，{detail}" if detail else party.name


def read_turn(form: FormReader) -> NewTurn:
    """One turn."""
    turn = NewTurn(form.raw("client_id"), form.raw("speaker"), form.text("text", "说了什么", limit=LONGEST_TURN))
    form.finish()
    return turn


def read_words(form: FormReader, label: str = "文字") -> str:
    """A correction or a note."""
    words = form.text("text", label, limit=LONGEST_TURN)
    form.finish()
    return words


def read_close(form: FormReader, meeting: MediationMeeting) -> Close:
    """Result, how it was read, and who does not sign."""
    close = Close(
        result=form.choice("result", "调解结果", RecordResult),
        result_text=form.text("result_text", "结果写明", limit=LONGEST_TURN),
        read_mode=form.choice("read_mode", "怎么给当事人看的", ReadMode),
        refusals=tuple(_refusals(form, meeting.attendees)),
    )
    form.finish()
    return close


def _refusals(form: FormReader, attendees: list[Attendee]) -> list[Refusal]:
    refusals = []
    for attendee in attendees:
        if form.has(f"refuses-{attendee.public_id}"):
            reason = form.text(f"reason-{attendee.public_id}", f"{attendee.name}为什么不签", limit=2000)
            witness = form.line(f"witness-{attendee.public_id}", "见证人", limit=60, required=False)
            refusals.append(Refusal(attendee, reason, witness))
    return refusals
