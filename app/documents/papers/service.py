"""Facts of the receipt that proves when and how papers reached somebody."""

from dataclasses import dataclass
from datetime import date, time

from app.documents.papers.base import Facts
from app.documents.papers.people import Signer
from app.errors import RuleViolation

SERVICE_MODES = {
    "direct": "直接",
    "post": "邮寄",
    "leaving": "留置",
    "entrusted": "委托",
    "electronic": "电子（经同意）",
    "public_notice": "公告",
}


@dataclass(frozen=True, kw_only=True)
class ServedDocument:
    """One paper that is served: title, number, copies and pages."""

    title: str
    number: str = ""
    copies: int = 1
    pages: int = 0


@dataclass(frozen=True, kw_only=True)
class ServiceReceiptFacts(Facts):
    """送达回证 (R-DOC-H13, MS 87–91): a paper of its own; what is empty is filled in by hand.

    `mode` is a key of SERVICE_MODES or empty. The substitute is who received for the addressee; `refusal` says why
    the addressee did not accept.
    """

    organ: str
    documents: tuple[ServedDocument, ...]
    recipient: Signer
    capacity: str
    address: str = ""
    mode: str = ""
    received_on: date | None = None
    received_at: time | None = None
    substitute: Signer | None = None
    substitute_relation: str = ""
    substitute_reason: str = ""
    refusal: str = ""
    refused_on: date | None = None
    witness: Signer | None = None
    witness_unit: str = ""
    servers: tuple[Signer, ...] = ()
    remarks: str = ""
    note: str = "受送达人在本回证上签收的日期为送达日期。听证日期自最后一名当事人收到通知之日起算。"

    def check(self) -> None:
        """Refuse a receipt for nothing, an unknown mode, more than two servers."""
        if not self.documents or len(self.servers) > 2:
            raise RuleViolation("请核对送达的文书和送达人（二人）。", rule="R-DOC-H13")
        if self.mode and self.mode not in SERVICE_MODES:
            raise RuleViolation("请选择送达方式。", article="《民事诉讼法》第八十八条", rule="R-DOC-H13")

    @property
    def modes(self) -> dict[str, str]:
        """The manners of service as the form lists them."""
        return SERVICE_MODES
