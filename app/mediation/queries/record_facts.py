"""What the paper of a meeting's record says, and who signs it (R-DOC-M06)."""

from app.documents.papers.mediation import MediationRecordFacts
from app.documents.papers.mediation import RecordTurn as PaperTurn
from app.documents.papers.people import Attendee as PaperAttendee
from app.documents.papers.people import SignatureRefusal
from app.documents.papers.people import Signer as Officer
from app.law import clock
from app.matters.rules import LABELS as MATTER_LABELS
from app.mediation.models import Attendee, MediationRecord, RecordTurn
from app.mediation.queries.meetings import number_of
from app.mediation.rules import LABELS, AttendeeKind
from app.signing.rules import Signer, SignerRole

AT_THE_TABLE = (AttendeeKind.PARTY, AttendeeKind.PROXY)
ROLES = {
    AttendeeKind.PARTY: SignerRole.PARTY,
    AttendeeKind.PROXY: SignerRole.PROXY,
    AttendeeKind.MEDIATOR: SignerRole.MEDIATOR,
    AttendeeKind.RECORDER: SignerRole.RECORDER,
    AttendeeKind.INVITED: SignerRole.PARTICIPANT,
}


def facts_of_record(record: MediationRecord) -> MediationRecordFacts:
    """The frozen facts of the record's paper."""
    meeting, case = record.meeting, record.meeting.case
    started, ended = clock.to_local(record.started_at), clock.to_local(record.closed_at or record.started_at)
    recorders = _officers(record, AttendeeKind.RECORDER)
    return MediationRecordFacts(
        committee=case.committee.name,
        dossier_number=case.number,
        subject=case.matter.subject,
        held_on=started.date(),
        started_at=started.time().replace(second=0, microsecond=0),
        ended_at=ended.time().replace(second=0, microsecond=0),
        place=meeting.session.room.name,
        parties=tuple(_attendee(row) for row in meeting.attendees if row.attendee_kind in AT_THE_TABLE),
        participants=tuple(_attendee(row) for row in meeting.attendees if row.attendee_kind is AttendeeKind.INVITED),
        mediators=_officers(record, AttendeeKind.MEDIATOR),
        recorder=recorders[0] if recorders else None,
        turns=tuple(_turn(row) for row in record.turns if row.corrects_id is None),
        result=record.result.value if record.result else "",
        result_text=record.result_text,
        read_mode=record.read_mode.value if record.read_mode else "",
        session=number_of(case, meeting),
        refusals=tuple(
            SignatureRefusal(name=r.attendee.name, reason=r.reason, witness=r.witness) for r in record.refusals
        ),
    )


def signers_of(record: MediationRecord) -> tuple[Signer, ...]:
    """Everybody present who did not refuse, in the order of the paper."""
    refused = {row.attendee.id for row in record.refusals}
    return tuple(
        Signer(key=row.key, name=row.name, role=ROLES[row.attendee_kind], account_id=row.account_id)
        for row in record.meeting.attendees
        if row.id not in refused
    )


def side_of(attendee: Attendee) -> str:
    """In which capacity he is shown beside his words."""
    if attendee.party is None or attendee.attendee_kind is not AttendeeKind.PARTY:
        return LABELS[attendee.attendee_kind]
    return MATTER_LABELS[attendee.party.side]


def latest_text(turn: RecordTurn) -> str:
    """The words of a turn after its last correction."""
    corrections = [row for row in turn.record.turns if row.corrects_id == turn.id]
    return corrections[-1].text if corrections else turn.text


def _attendee(row: Attendee) -> PaperAttendee:
    detail = row.detail
    if row.attendee_kind is AttendeeKind.PROXY and row.party is not None:
        detail = f"{row.party.name}的代理人" + (f"，{row.detail}" if row.detail else "")
    return PaperAttendee(capacity=side_of(row), name=row.name, detail=detail, key=row.key)


def _officers(record: MediationRecord, kind: AttendeeKind) -> tuple[Officer, ...]:
    return tuple(Officer(key=row.key, name=row.name) for row in record.meeting.attendees if row.attendee_kind is kind)


def _turn(row: RecordTurn) -> PaperTurn:
    text = row.text
    corrected = latest_text(row)
    if corrected != text:
        text = f"{text}（更正为：{corrected}）"
    return PaperTurn(speaker=row.speaker_name, text=text)
