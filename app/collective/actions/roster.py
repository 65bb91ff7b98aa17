"""The acts on a roster as a whole: opening it, keeping the answers on mediation, giving it out."""

from collections.abc import Mapping
from datetime import date, datetime

from app.access.permissions import Actor
from app.audit.actions import record
from app.collective.models import Claimant, Roster
from app.collective.queries.roster import list_rosters
from app.collective.rules.roster import ExportPurpose
from app.errors import RuleViolation
from app.extensions import db
from app.matters.actions import record_many_consents
from app.matters.models import Matter, Party
from app.matters.rules import ConsentDecision, ConsentManner, PartySide


def open_roster(matter: Matter, name: str, respondent: Party, *, by: Actor, now: datetime) -> Roster:
    """Begin a roster of those who claim the same of `respondent`; refuses a name the matter has already."""
    if not matter.is_open:
        raise RuleViolation("这件事已经办完，不能再建名册。", rule="R-ARCH-05")
    if respondent.matter_id != matter.id or respondent.side is not PartySide.RESPONDENT:
        raise RuleViolation("请从这件事的对方当事人里选。", rule="R-LINK-11")
    if any(roster.name == name for roster in list_rosters(matter.id)):
        raise RuleViolation(f"这件事已经有名册“{name}”。请换一个名字。", rule="R-LINK-11")
    roster = Roster(matter=matter, respondent=respondent, name=name, created_by=by.account_id, created_at=now)
    db.session.add(roster)
    db.session.flush()
    record(by, "roster.open", roster)
    return roster


def record_roster_consents(
    roster: Roster,
    answers: Mapping[Claimant, ConsentDecision],
    *,
    manner: ConsentManner,
    given_on: date,
    by: Actor,
    now: datetime,
) -> int:
    """Keep the answers on mediation of a list that went round (INV-05, R-LINK-04); gives how many."""
    if not answers:
        raise RuleViolation("没有要登记的人。请看是不是都勾成了“没问到”。", rule="INV-05")
    pairs = [(claimant.party, decision) for claimant, decision in answers.items()]
    return len(record_many_consents(roster.matter, pairs, manner=manner, given_on=given_on, by=by, now=now))


def note_export(roster: Roster, purpose: ExportPurpose, count: int, *, by: Actor) -> None:
    """Put on the log that the roster was given out with all personal data, what for and with how many people."""
    record(by, "roster.export", roster, purpose=purpose.value, count=count)
