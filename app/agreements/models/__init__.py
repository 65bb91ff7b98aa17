"""The tables of agreements, one topic a file."""

from app.agreements.models.agreement import (
    Agreement,
    AgreementParty,
    AgreementSuccessor,
    AgreementTerm,
    KeptFinding,
)
from app.agreements.models.confirmation import Confirmation
from app.agreements.models.performance import FollowUpVisit, Obligation, Payment, PaymentList

__all__ = [
    "Agreement",
    "AgreementParty",
    "AgreementSuccessor",
    "AgreementTerm",
    "Confirmation",
    "FollowUpVisit",
    "KeptFinding",
    "Obligation",
    "Payment",
    "PaymentList",
]
