"""The words of a petition matter: channels, kinds, states and the moves between them.

信访工作条例 (R-PET). Pure; screening, parties and closing stand in their own modules.
"""

from enum import StrEnum


class Channel(StrEnum):
    """How a petition arrived (R-PET-01)."""

    VISIT = "visit"
    LETTER = "letter"
    ONLINE = "online"
    PHONE_CALL = "phone_call"
    FAX = "fax"


class MatterKind(StrEnum):
    """The three kinds of matter (R-PET-02)."""

    SUGGESTION = "suggestion"
    ACCUSATION = "accusation"
    CLAIM_FOR_DECISION = "claim_for_decision"


class MatterStatus(StrEnum):
    """Where a matter stands."""

    REGISTERED = "registered"
    TRANSFERRED = "transferred"
    ASSIGNED = "assigned"
    GUIDED_AWAY = "guided_away"
    REPORTED = "reported"
    RETURNED_BY_OBJECTION = "returned_by_objection"
    ACCEPTED = "accepted"
    HANDLING = "handling"
    OPINION_ISSUED = "opinion_issued"
    IN_LINKAGE = "in_linkage"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    FINALISED = "finalised"
    ENTERED_IN_ERROR = "entered_in_error"


ENDED = frozenset(
    {
        MatterStatus.GUIDED_AWAY,
        MatterStatus.NOT_ACCEPTED,
        MatterStatus.WITHDRAWN,
        MatterStatus.CLOSED,
        MatterStatus.FINALISED,
        MatterStatus.ENTERED_IN_ERROR,
    }
)


class Route(StrEnum):
    """Where screening sends a matter (R-PET-07/08/09/15, R-LINK-01/02)."""

    MEDIATION = "mediation"
    HEARING = "hearing"
    HANDLING = "handling"
    RECONSIDERATION = "reconsideration"
    LITIGATION_ORGAN = "litigation_organ"
    DISCIPLINE_ORGAN = "discipline_organ"
    ARBITRATION = "arbitration"
    COMPETENT_UNIT = "competent_unit"
    GUIDE_AWAY = "guide_away"
