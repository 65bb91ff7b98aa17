"""Facts of the public announcement of a hearing, which masks the people it speaks of by itself."""

import re
from dataclasses import dataclass
from datetime import date, time

from app.documents.papers.hearings import OrganPaperFacts
from app.errors import RuleViolation
from app.privacy.masking import NUMBER_IN_TEXT, mask_name

_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[ \-](?=[0-9])")
_HOUSEHOLD = re.compile(r"[0-9一二三四五六七八九十]+(?:号楼|幢|栋|单元|室|户)")


@dataclass(frozen=True, kw_only=True)
class AnnouncedParty:
    """A side as the announcement names it; a natural person's full name is kept only to be masked and looked for."""

    capacity: str
    name: str
    is_natural: bool = True

    @property
    def shown(self) -> str:
        """The name as printed: 郑某某, or a body's name in full (R-PII-05)."""
        return mask_name(self.name) if self.is_natural else self.name


@dataclass(frozen=True, kw_only=True)
class HearingAnnouncementFacts(OrganPaperFacts):
    """听证公告 (R-DOC-H04, R-HEAR-09): templates print `shown_subject` and `shown_parties`, never the names behind.

    `place` and `access` speak of the venue; `phone` is the office's.
    """

    parties: tuple[AnnouncedParty, ...]
    held_on: date
    starts_at: time
    place: str
    seats: int
    register_until: date
    register_until_at: time
    register_how: str
    opens_at: time | None = None
    access: str = ""
    matter_number: str = ""

    @property
    def shown_subject(self) -> str:
        """The subject with every natural party's name masked."""
        return self._masked(self.subject)

    @property
    def shown_parties(self) -> tuple[str, ...]:
        """Each side as printed, e.g. 信访人郑某某."""
        return tuple(f"{party.capacity}{party.shown}" for party in self.parties)

    def check(self) -> None:
        """Refuse a text that would show a natural party's name, an ID or account number, a phone, a home (INV-34)."""
        if not self.parties or self.seats < 0:
            raise RuleViolation("请核对公告的当事人和旁听席位数。", rule="R-HEAR-09")
        if (self.register_until, self.register_until_at) > (self.held_on, self.starts_at):
            raise RuleViolation("旁听登记要在听证开始前截止，请核对时间。", rule="R-HEAR-09")
        printed = (self.shown_subject, self.place, self.access, self.register_how, self.contact, self.basis)
        text = "\n".join((*printed, *self.shown_parties))
        # Of a name of one character the mask leaves all.
        named = [party.name for party in self.parties if party.is_natural and party.name[1:] and party.name in text]
        numbers = NUMBER_IN_TEXT.search(_BETWEEN_DIGITS.sub("", text))
        if named or numbers or _HOUSEHOLD.search(self.shown_subject):
            raise RuleViolation(
                "公告里有当事人的姓名、证件号、电话或者住址，不能公开。请改写后再生成。",
                article="《个人信息保护法》第五十一条",
                rule="INV-34",
            )

    def _masked(self, text: str) -> str:
        for party in sorted(self.parties, key=lambda party: -len(party.name)):
            if party.is_natural and party.name:
                text = text.replace(party.name, party.shown)
        return text
