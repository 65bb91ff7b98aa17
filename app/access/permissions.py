"""Who may do what to what: one table that an auditor can read.

A permission is granted if any of its rows holds; in a row all predicates must hold, and the two walls (recusal,
accusation) stand before every row. State conditions ("only while open") are rules, not permissions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

NOBODY: frozenset[int] = frozenset()


class Role(StrEnum):
    """What a person does at the centre."""

    RECEPTIONIST = "receptionist"
    COORDINATOR = "coordinator"
    MEDIATOR = "mediator"
    RECORDER = "recorder"
    HEARING_CHAIR = "hearing_chair"
    HEARING_PANELIST = "hearing_panelist"
    LAWYER = "lawyer"
    JUDGE = "judge"
    RECONSIDERATION_OFFICER = "reconsideration_officer"
    COUNSELOR = "counselor"
    LEADER = "leader"
    COMMITTEE_CLERK = "committee_clerk"
    HANDLING_UNIT_CLERK = "handling_unit_clerk"
    STREET_CLERK = "street_clerk"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True)
class Actor:
    """The person who acts, in one role; `organisation_path` leads from the top down to the own unit."""

    account_id: int
    name: str
    roles: frozenset[Role]
    organisation_id: int
    organisation_path: tuple[int, ...] = ()


@dataclass(frozen=True)
class AccessView:
    """What an object shows to the table: whose it is, who works on it, who must not see it."""

    organisation_id: int
    organisation_path: tuple[int, ...]
    handling_unit_ids: frozenset[int] = NOBODY
    complained_unit_ids: frozenset[int] = NOBODY
    is_accusation: bool = False
    assigned: frozenset[int] = NOBODY
    barred: frozenset[int] = NOBODY
    authors: frozenset[int] = NOBODY


Predicate = Callable[[Actor, AccessView], bool]


def of_own_office(actor: Actor, view: AccessView) -> bool:
    """The object is kept by the actor's own unit."""
    return actor.organisation_id == view.organisation_id


def in_own_subtree(actor: Actor, view: AccessView) -> bool:
    """The object is kept by the actor's unit or one below it."""
    return actor.organisation_id in view.organisation_path


def of_handling_unit(actor: Actor, view: AccessView) -> bool:
    """The actor's unit was entrusted with the object (transfer, referral)."""
    return actor.organisation_id in view.handling_unit_ids


def is_assigned(actor: Actor, view: AccessView) -> bool:
    """The actor works on the object now."""
    return actor.account_id in view.assigned


def is_author(actor: Actor, view: AccessView) -> bool:
    """The actor wrote the object."""
    return actor.account_id in view.authors


def is_open_to_office(_actor: Actor, view: AccessView) -> bool:
    """The object is no accusation: those are for the people named on them (R-PET-09)."""
    return not view.is_accusation


def is_not_complained_about(actor: Actor, view: AccessView) -> bool:
    """The complaint is not against the actor's unit or one above it (R-PET-32)."""
    return not {actor.organisation_id, *actor.organisation_path} & view.complained_unit_ids


def is_not_barred(actor: Actor, view: AccessView) -> bool:
    """No recusal keeps the actor out (INV-12)."""
    return actor.account_id not in view.barred


def is_not_of_accused_unit(actor: Actor, view: AccessView) -> bool:
    """An accusation never meets the accused unit or what stands below it (INV-02)."""
    units = {actor.organisation_id, *actor.organisation_path}
    return not (view.is_accusation and units & view.complained_unit_ids)


WALLS: tuple[Predicate, ...] = (is_not_barred, is_not_of_accused_unit)


class Permission(StrEnum):
    """`resource:act`; each line says what it allows."""

    PUBLIC = "public"
    """Open without log-in."""
    SIGNED_IN = "signed_in"
    """Any person who is logged in."""
    DESK_SEE = "desk:see"
    """The own landing page."""

    MATTER_LIST = "matter:list"
    """Lists, search and clocks; the rows are cut to what one may read."""
    MATTER_REGISTER = "matter:register"
    """Register a visit or letter with its matters."""
    MATTER_READ = "matter:read"
    """See a matter: number, subject, state, clocks, masked parties."""
    MATTER_READ_CONTENT = "matter:read_content"
    """Read claim, facts and reasons in full."""
    MATTER_EDIT = "matter:edit"
    """Correct the data of a matter and its parties."""
    MATTER_SCREEN = "matter:screen"
    """Screen a matter and decide its route."""
    MATTER_ROUTE = "matter:route"
    """Transfer, assign, guide away; decide objections; accept; extend; close."""
    MATTER_HANDLE = "matter:handle"
    """Answer a transferred matter for the handling unit."""
    MATTER_APPROVE = "matter:approve"
    """Approve extensions, overrulings and recusals as the person in charge."""
    MATTER_RECORD_CONSENT = "matter:record_consent"
    """Record a side's consent or refusal."""
    MATTER_REVEAL = "matter:reveal"
    """See one masked value in full, with a reason that is logged."""
    MATTER_HISTORY = "matter:history"
    """Who looked at and changed a matter."""
    RECUSAL_REQUEST = "matter:request_recusal"
    """Declare or request that a person steps aside."""
    RECUSAL_DECIDE = "matter:decide_recusal"
    """Decide a recusal."""

    LINKAGE_REFER = "linkage:refer"
    """Refer a matter to a mediation committee."""
    LINKAGE_READ = "linkage:read"
    """See a referral."""
    LINKAGE_ANSWER = "linkage:answer"
    """Accept or decline a referral for the committee."""
    LINKAGE_FEED_BACK = "linkage:feed_back"
    """Feed the result back to the petition office."""

    ROSTER_READ = "roster:read"
    """See the roster of a settlement with many claimants: names, streets, amounts, states."""
    ROSTER_EDIT = "roster:edit"
    """Open a roster, mend a claimant's line, set one aside or take one off."""
    ROSTER_IMPORT = "roster:import"
    """Take claimants in from a table."""
    ROSTER_EXPORT = "roster:export"
    """Give the roster out as a table with all personal data; it is logged."""
    SIGNING_DAY_LIST = "signing_day:list"
    """The list of signing days; the rows are cut to what one may read."""
    SIGNING_DAY_READ = "signing_day:read"
    """See the board of a signing day: names, numbers, amounts, who is where."""
    SIGNING_DAY_RUN = "signing_day:run"
    """Plan a signing day, check people in, call numbers, move somebody to the second round."""

    MEDIATION_LIST = "mediation:list"
    """Lists of mediation cases, cut to what one may read."""
    MEDIATION_READ = "mediation:read"
    """See a mediation case and its meetings."""
    MEDIATION_MANAGE = "mediation:manage"
    """Assign mediators, extend, suspend and end a mediation."""
    MEDIATION_RECORD = "mediation:record"
    """Write the mediation record of a meeting."""
    MEETING_BOOK = "meeting:book"
    """Book, move and cancel a mediation meeting."""

    REMEDY_READ = "remedy:read"
    """See review and recheck of a matter with their opinions."""
    REMEDY_MANAGE = "remedy:manage"
    """Take a request for review or recheck, issue its opinion, note its receipt and withdrawal."""
    REMEDY_PUBLISH = "remedy:publish"
    """Approve the masked text of a recheck opinion and publish it, as the person in charge."""
    REMEDY_HELP = "remedy:help"
    """Record help given to a petitioner: counselling, explanation, relief."""

    RECONSIDERATION_LIST = "reconsideration:list"
    """Lists of reconsideration cases, cut to what one may read."""
    RECONSIDERATION_READ = "reconsideration:read"
    """See a reconsideration case."""
    RECONSIDERATION_RECEIVE = "reconsideration:receive"
    """Take an application for reconsideration on a registered matter."""
    RECONSIDERATION_MANAGE = "reconsideration:manage"
    """Examine, accept, prepare, rest and end a reconsideration case for the body."""
    RECONSIDERATION_APPROVE = "reconsideration:approve"
    """Extend the time for the decision as the head of the body."""

    HEARING_LIST = "hearing:list"
    """Lists of hearings, cut to what one may read."""
    HEARING_READ = "hearing:read"
    """See a hearing: state, panel, place, papers; never its deliberation."""
    HEARING_FILE = "hearing:file"
    """Open what only the organ holds: powers and elections of a side, the opinion before it is served."""
    HEARING_APPLY = "hearing:apply"
    """Take an application or a proposal for a hearing, its answer and its withdrawal."""
    HEARING_DECIDE = "hearing:decide"
    """Decide whether a hearing is held and name its chair, as the person in charge."""
    HEARING_MANAGE = "hearing:manage"
    """Panel, place and time, notices and their service, changes, announcement."""
    HEARING_RECORD = "hearing:record"
    """Keep the sitting: attendance, stages, minutes, signatures."""
    HEARING_DELIBERATE = "hearing:deliberate"
    """The closed deliberation: vote, read it after disclosure, write the opinion."""

    CALENDAR_SEE = "calendar:see"
    """Day boards, rooms, free and busy times."""
    CALENDAR_MANAGE = "calendar:manage"
    """Rooms, closures, duty slots and leave."""

    OPINION_LIST = "opinion:list"
    """The lawyer's workbench and the office's list of opinions."""
    OPINION_REQUEST = "opinion:request"
    """Ask a lawyer for an opinion."""
    OPINION_READ = "opinion:read"
    """Read a submitted opinion."""
    OPINION_WRITE = "opinion:write"
    """Write, save and submit one's own opinion."""
    OPINION_ANSWER = "opinion:answer"
    """Answer an opinion: adopted, partly, not, with reasons."""

    AGREEMENT_LIST = "agreement:list"
    """Lists of agreements, cut to what one may read."""
    AGREEMENT_READ = "agreement:read"
    """Read an agreement and its papers."""
    AGREEMENT_WRITE = "agreement:write"
    """Write an agreement, check it and issue it."""
    AGREEMENT_SIGN = "agreement:sign"
    """Take signatures at the desk; sign as mediator."""
    AGREEMENT_SEAL = "agreement:seal"
    """Put the committee's seal on an agreement."""
    AGREEMENT_FOLLOW_UP = "agreement:follow_up"
    """Record performance, follow-up visits and judicial confirmation."""

    DOSSIER_READ = "dossier:read"
    """See what a dossier holds and lacks, and open its bound files."""
    DOSSIER_COMPILE = "dossier:compile"
    """Put scans into a dossier and bind it."""
    DOSSIER_ARCHIVE = "dossier:archive"
    """Archive a dossier and bind addenda for the committee."""

    PAPER_LIST = "paper:list"
    """Lists of papers, cut to what one may read."""
    PAPER_READ = "paper:read"
    """Open an issued paper."""
    ACCESS_LINK_ISSUE = "access_link:issue"
    """Hand a petitioner the link or code to his papers."""

    ACCOUNT_MANAGE = "account:manage"
    """Accounts, roles and organisations; no case content."""
    SETTINGS_MANAGE = "settings:manage"
    """Holidays, jurisdiction profiles, jobs."""
    WORDING_WRITE = "wording:write"
    """See which passages of the papers the office may word itself, and write a draft."""
    WORDING_PUBLISH = "wording:publish"
    """Put a draft of the office's own wording in force."""
    AUDIT_READ = "audit:read"
    """The audit log, without personal values."""


@dataclass(frozen=True)
class Grant:
    """One row: any of the roles, and all of the predicates."""

    roles: frozenset[Role]
    predicates: tuple[Predicate, ...] = ()


def grant(*roles: Role, when: tuple[Predicate, ...] = ()) -> Grant:
    """A row of the table."""
    return Grant(frozenset(roles), when)


EVERYBODY = tuple(Role)
BUSINESS = tuple(role for role in Role if role not in (Role.ADMINISTRATOR, Role.AUDITOR))
ASSIGNED_PROFESSIONALS = (
    Role.MEDIATOR,
    Role.RECORDER,
    Role.HEARING_CHAIR,
    Role.HEARING_PANELIST,
    Role.LAWYER,
    Role.JUDGE,
    Role.RECONSIDERATION_OFFICER,
    Role.COUNSELOR,
)
CONTENT_READERS = tuple(role for role in ASSIGNED_PROFESSIONALS if role is not Role.COUNSELOR)
OFFICE = (of_own_office, is_open_to_office)
ENTRUSTED = (of_handling_unit, is_open_to_office)
ON_THE_CASE = (is_assigned, is_open_to_office)
"""Of an accusation nobody hears but registrar, router and leader, and only if they are named on it (R-PET-09)."""

RECONSIDERATION_BODY = (
    # What its window registered, and what the petition office passed to it.
    grant(Role.RECONSIDERATION_OFFICER, when=OFFICE),
    grant(Role.RECONSIDERATION_OFFICER, when=ENTRUSTED),
)
READ_MATTER = (
    grant(Role.RECEPTIONIST, Role.COORDINATOR, Role.LEADER, when=OFFICE),
    grant(Role.RECEPTIONIST, Role.COORDINATOR, Role.LEADER, when=(is_assigned,)),
    grant(*ASSIGNED_PROFESSIONALS, when=ON_THE_CASE),
    grant(Role.COMMITTEE_CLERK, Role.HANDLING_UNIT_CLERK, Role.LEADER, when=ENTRUSTED),
    grant(Role.STREET_CLERK, when=(in_own_subtree, is_open_to_office, is_not_complained_about)),
    *RECONSIDERATION_BODY,
)
OFFICE_STAFF = (
    grant(Role.RECEPTIONIST, Role.COORDINATOR, when=OFFICE),
    grant(Role.RECEPTIONIST, Role.COORDINATOR, when=(is_assigned,)),
)
COORDINATORS = (grant(Role.COORDINATOR, when=OFFICE), grant(Role.COORDINATOR, when=(is_assigned,)))
LEADERS = (grant(Role.LEADER, when=OFFICE), grant(Role.LEADER, when=(is_assigned,)))
COMMITTEE = (grant(Role.COMMITTEE_CLERK, when=ENTRUSTED),)
CASE_MEDIATORS = (grant(Role.MEDIATOR, when=ON_THE_CASE),)
MEDIATION_STAFF = (*COMMITTEE, grant(Role.MEDIATOR, Role.RECORDER, when=ON_THE_CASE))
PROFESSIONAL_LISTS = (grant(*BUSINESS),)
READ_CONTENT = (
    *OFFICE_STAFF,
    *LEADERS,
    *COMMITTEE,
    grant(Role.HANDLING_UNIT_CLERK, Role.LEADER, when=ENTRUSTED),
    *RECONSIDERATION_BODY,
    grant(*CONTENT_READERS, when=ON_THE_CASE),
)
READ_MEDIATION = (
    *OFFICE_STAFF,
    *LEADERS,
    *COMMITTEE,
    grant(*ASSIGNED_PROFESSIONALS, when=ON_THE_CASE),
)
READ_RECONSIDERATION = (
    *OFFICE_STAFF,
    *LEADERS,
    *RECONSIDERATION_BODY,
    grant(Role.LEADER, when=ENTRUSTED),
    grant(*ASSIGNED_PROFESSIONALS, when=ON_THE_CASE),
)
HEARING_ORGAN = (*OFFICE_STAFF, *LEADERS, grant(*CONTENT_READERS, when=ON_THE_CASE))
READ_HEARING = (*HEARING_ORGAN, grant(Role.HANDLING_UNIT_CLERK, when=ENTRUSTED))

GRANTS: Mapping[Permission, tuple[Grant, ...]] = {
    Permission.SIGNED_IN: (grant(*EVERYBODY),),
    Permission.DESK_SEE: (grant(*EVERYBODY),),
    Permission.MATTER_LIST: PROFESSIONAL_LISTS,
    Permission.MATTER_REGISTER: (
        grant(Role.RECEPTIONIST, Role.COORDINATOR, Role.STREET_CLERK, Role.RECONSIDERATION_OFFICER),
    ),
    Permission.MATTER_READ: READ_MATTER,
    Permission.MATTER_READ_CONTENT: READ_CONTENT,
    Permission.MATTER_EDIT: (*OFFICE_STAFF, grant(Role.RECONSIDERATION_OFFICER, when=OFFICE)),
    Permission.MATTER_SCREEN: OFFICE_STAFF,
    Permission.MATTER_ROUTE: COORDINATORS,
    Permission.MATTER_HANDLE: (grant(Role.HANDLING_UNIT_CLERK, when=ENTRUSTED),),
    # The handling unit's own person in charge extends its handling (INV-06).
    Permission.MATTER_APPROVE: (*LEADERS, grant(Role.LEADER, when=ENTRUSTED)),
    Permission.MATTER_RECORD_CONSENT: (*OFFICE_STAFF, *COMMITTEE, *CASE_MEDIATORS),
    Permission.MATTER_REVEAL: (
        *OFFICE_STAFF,
        *COMMITTEE,
        grant(Role.RECORDER, Role.JUDGE, when=ON_THE_CASE),
    ),
    Permission.MATTER_HISTORY: (*COORDINATORS, *LEADERS),
    Permission.RECUSAL_REQUEST: (
        *OFFICE_STAFF,
        *COMMITTEE,
        grant(*ASSIGNED_PROFESSIONALS, when=ON_THE_CASE),
    ),
    Permission.RECUSAL_DECIDE: LEADERS,
    Permission.LINKAGE_REFER: COORDINATORS,
    Permission.LINKAGE_READ: READ_MATTER,
    Permission.LINKAGE_ANSWER: COMMITTEE,
    Permission.LINKAGE_FEED_BACK: (*COMMITTEE, *CASE_MEDIATORS),
    Permission.ROSTER_READ: (
        *OFFICE_STAFF,
        *LEADERS,
        *COMMITTEE,
        grant(Role.MEDIATOR, Role.RECORDER, when=ON_THE_CASE),
    ),
    Permission.ROSTER_EDIT: (*OFFICE_STAFF, *COMMITTEE),
    Permission.ROSTER_IMPORT: OFFICE_STAFF,
    Permission.ROSTER_EXPORT: (*COORDINATORS, *COMMITTEE),
    Permission.SIGNING_DAY_LIST: PROFESSIONAL_LISTS,
    Permission.SIGNING_DAY_READ: (
        *OFFICE_STAFF,
        *LEADERS,
        *COMMITTEE,
        grant(Role.MEDIATOR, Role.RECORDER, when=ON_THE_CASE),
    ),
    Permission.SIGNING_DAY_RUN: (
        *OFFICE_STAFF,
        *COMMITTEE,
        grant(Role.MEDIATOR, Role.RECORDER, when=ON_THE_CASE),
    ),
    Permission.MEDIATION_LIST: PROFESSIONAL_LISTS,
    Permission.MEDIATION_READ: READ_MEDIATION,
    Permission.MEDIATION_MANAGE: COMMITTEE,
    Permission.MEDIATION_RECORD: (
        *COMMITTEE,
        grant(Role.MEDIATOR, Role.RECORDER, when=ON_THE_CASE),
    ),
    Permission.MEETING_BOOK: (*COORDINATORS, *COMMITTEE, *CASE_MEDIATORS),
    Permission.REMEDY_READ: READ_CONTENT,
    Permission.REMEDY_MANAGE: (*COORDINATORS, *LEADERS),
    Permission.REMEDY_PUBLISH: LEADERS,
    Permission.REMEDY_HELP: (*OFFICE_STAFF, *LEADERS),
    Permission.RECONSIDERATION_LIST: (
        grant(Role.RECEPTIONIST, Role.COORDINATOR, Role.LEADER, Role.RECONSIDERATION_OFFICER),
    ),
    Permission.RECONSIDERATION_READ: READ_RECONSIDERATION,
    Permission.RECONSIDERATION_RECEIVE: (*OFFICE_STAFF, grant(Role.RECONSIDERATION_OFFICER, when=OFFICE)),
    Permission.RECONSIDERATION_MANAGE: (grant(Role.RECONSIDERATION_OFFICER, when=ENTRUSTED),),
    Permission.RECONSIDERATION_APPROVE: (grant(Role.LEADER, when=ENTRUSTED),),
    Permission.HEARING_LIST: PROFESSIONAL_LISTS,
    Permission.HEARING_READ: READ_HEARING,
    Permission.HEARING_FILE: HEARING_ORGAN,
    Permission.HEARING_APPLY: (*OFFICE_STAFF, grant(Role.RECONSIDERATION_OFFICER, when=ON_THE_CASE)),
    Permission.HEARING_DECIDE: LEADERS,
    Permission.HEARING_MANAGE: (
        *COORDINATORS,
        grant(Role.HEARING_CHAIR, Role.RECONSIDERATION_OFFICER, when=ON_THE_CASE),
    ),
    Permission.HEARING_RECORD: (
        grant(Role.RECORDER, Role.HEARING_CHAIR, Role.RECONSIDERATION_OFFICER, when=ON_THE_CASE),
    ),
    Permission.HEARING_DELIBERATE: (grant(Role.HEARING_CHAIR, Role.HEARING_PANELIST, Role.RECORDER, when=ON_THE_CASE),),
    Permission.CALENDAR_SEE: (grant(*BUSINESS),),
    Permission.CALENDAR_MANAGE: (grant(Role.COORDINATOR, Role.COMMITTEE_CLERK),),
    Permission.OPINION_LIST: (grant(Role.LAWYER, Role.JUDGE, Role.COORDINATOR, Role.LEADER, Role.COMMITTEE_CLERK),),
    Permission.OPINION_REQUEST: (*COORDINATORS, *COMMITTEE),
    Permission.OPINION_READ: (
        *COORDINATORS,
        *LEADERS,
        *COMMITTEE,
        *CASE_MEDIATORS,
        grant(Role.HEARING_CHAIR, Role.RECONSIDERATION_OFFICER, when=ON_THE_CASE),
        grant(Role.LAWYER, Role.JUDGE, when=(is_author, is_open_to_office)),
    ),
    Permission.OPINION_WRITE: (grant(Role.LAWYER, Role.JUDGE, when=(is_author, *ON_THE_CASE)),),
    Permission.OPINION_ANSWER: COORDINATORS,
    Permission.AGREEMENT_LIST: PROFESSIONAL_LISTS,
    Permission.AGREEMENT_READ: (
        *COORDINATORS,
        *LEADERS,
        *COMMITTEE,
        grant(Role.MEDIATOR, Role.RECORDER, Role.LAWYER, Role.JUDGE, when=ON_THE_CASE),
    ),
    Permission.AGREEMENT_WRITE: (*COMMITTEE, *CASE_MEDIATORS),
    Permission.AGREEMENT_SIGN: (*COMMITTEE, *CASE_MEDIATORS),
    Permission.AGREEMENT_SEAL: COMMITTEE,
    Permission.AGREEMENT_FOLLOW_UP: (*COMMITTEE, *CASE_MEDIATORS),
    Permission.DOSSIER_READ: MEDIATION_STAFF,
    Permission.DOSSIER_COMPILE: MEDIATION_STAFF,
    Permission.DOSSIER_ARCHIVE: COMMITTEE,
    Permission.PAPER_LIST: PROFESSIONAL_LISTS,
    Permission.PAPER_READ: READ_CONTENT,
    Permission.ACCESS_LINK_ISSUE: (*OFFICE_STAFF, *COMMITTEE, *CASE_MEDIATORS),
    Permission.ACCOUNT_MANAGE: (grant(Role.ADMINISTRATOR),),
    Permission.SETTINGS_MANAGE: (grant(Role.ADMINISTRATOR),),
    Permission.WORDING_WRITE: (grant(Role.COORDINATOR, Role.COMMITTEE_CLERK, Role.LEADER, Role.ADMINISTRATOR),),
    Permission.WORDING_PUBLISH: (grant(Role.LEADER, Role.ADMINISTRATOR),),
    Permission.AUDIT_READ: (grant(Role.AUDITOR),),
}


def is_allowed(actor: Actor, permission: Permission, view: AccessView | None = None) -> bool:
    """True if any row grants `permission`; with an object, the walls stand first; default is deny."""
    if permission is Permission.PUBLIC:
        return True
    if view is not None and not all(wall(actor, view) for wall in WALLS):
        return False
    return any(_holds(row, actor, view) for row in GRANTS.get(permission, ()))


def _holds(row: Grant, actor: Actor, view: AccessView | None) -> bool:
    if not row.roles & actor.roles:
        return False
    if view is None:
        return True
    return all(predicate(actor, view) for predicate in row.predicates)


READING = {"meeting": Permission.MEDIATION_READ, "access_link": Permission.MATTER_READ}


def read_permission_of(permission: Permission) -> Permission | None:
    """The permission that decides whether the object may be known at all: hidden means 404, not 403."""
    resource = permission.value.partition(":")[0]
    if resource in READING:
        return READING[resource]
    try:
        return Permission(f"{resource}:read")
    except ValueError:
        return None
