"""The table: which roles hold which permission, and under which conditions."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.access.permissions.actors import (
    Predicate,
    Role,
    in_own_subtree,
    is_assigned,
    is_author,
    is_not_complained_about,
    is_open_to_office,
    of_handling_unit,
    of_own_office,
)
from app.access.permissions.words import Permission


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
