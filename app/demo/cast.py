"""The invented parties of the demonstration matters: every value stands once in the whole data set."""

from datetime import date
from itertools import count

from app.law.citizen_id import check_character
from app.matters.rules import IdDocument, PartyKind, PartySide
from app.matters.rules.registration import NewParty

AREA = "990101"
ROADS = ("锦江路", "梭子巷", "染坊弄", "码头街", "灯塔路", "盐仓里", "澄波里", "纺东路", "海月街", "石埠路")


class Cast:
    """Hands out persons and bodies with ID numbers, phones and addresses of their own."""

    def __init__(self) -> None:
        self._serial = count(1)

    def person(
        self, side: PartySide, name: str, born: date, *, is_woman: bool, phone: bool = True, needs: str = ""
    ) -> NewParty:
        """A natural person; area 99 is synthetic, the check character is right (R-ID-02)."""
        n = next(self._serial)
        return NewParty(
            side=side,
            kind=PartyKind.PERSON,
            name=name,
            id_document=IdDocument.ID_CARD,
            id_number=citizen_id_number(born, n, is_woman=is_woman),
            birth_date=born,
            sex="女" if is_woman else "男",
            phone=f"1390000{1000 + n * 37 % 9000:04}" if phone else "",
            address=f"滨澜区织造街道{ROADS[n % len(ROADS)]}{n + 10}号{n % 6 + 1}单元{100 + n}室",
            special_needs=needs,
            accepts_messages=phone,
        )

    def body(self, side: PartySide, name: str, head: str, credit_code: str = "") -> NewParty:
        """A firm or other body with its legal representative."""
        n = next(self._serial)
        return NewParty(
            side=side,
            kind=PartyKind.ORGANISATION,
            name=name,
            credit_code=credit_code,
            legal_representative=head,
            phone=f"0990-555{2000 + n:04}",
            address=f"滨澜区港前街道{ROADS[(n + 3) % len(ROADS)]}{n + 200}号",
        )


def citizen_id_number(born: date, serial: int, *, is_woman: bool) -> str:
    """A synthetic citizen ID number: odd sequence for men, even for women (R-ID-01)."""
    sequence = serial * 2 + (0 if is_woman else 1)
    first = f"{AREA}{born:%Y%m%d}{sequence % 1000:03}"
    return first + check_character(first)
