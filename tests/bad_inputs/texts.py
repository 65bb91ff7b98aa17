"""B051–B080, B256: names and texts as people, pens, keyboards and attackers write them."""

import logging
from urllib.parse import quote

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.bad_inputs.case import LOG, Listing
from tests.bad_inputs.forms import KEPT, petitioner, register, register_each, visit
from tests.bad_inputs.house import House

LIST = Listing()
DESK = {"by": "receptionist"}
REFUSED = {**DESK, "keeps": KEPT}
TAKEN = {**DESK, "status": 302, "may_change": None}
RARE = ("𰻝明", "𠮷野", "㑇英", "龦华", "𬭚建", "𫖯仁", "䶮一", "㛃堃")
SCRIPTS = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)")
TEMPLATES = ("{{7*7}}", "{% include 'x' %}", "${7*7}", "%s%n", "{0.__class__}")


@LIST.sends("B051", "an empty name", says="请填写", **REFUSED)
def send_empty(house: House, client: FlaskClient) -> list[TestResponse]:
    return register_each(house, client, "p_name", ("", "   ", "\u3000\u3000", "\u200b\u200b"))


@LIST.sends("B052", "NUL in a text", status=(400, 422), **DESK)
def send_nul(house: House, client: FlaskClient) -> list[TestResponse]:
    return [register(house, client, p_name="尤\x00晓琴"), register(house, client, m_facts="事实\x00经过")]


@LIST.sends("B053", "control characters in a name", says="控制符", **REFUSED)
def send_controls(house: House, client: FlaskClient) -> list[TestResponse]:
    return register_each(
        house, client, "p_name", ("尤\x01晓琴", "尤\x1f晓", "尤\x7f晓", "尤\x85晓琴", "尤\n晓琴", "尤\t晓")
    )


def facts_keep_their_lines(house: House) -> None:
    """Line feed and tab stay, in one way of writing."""
    assert petitioner(house)["facts"] == "第一行\n第二行\n\t第三行"


@LIST.sends("B053", "tab and line feed in a long text", then=facts_keep_their_lines, **TAKEN)
@LIST.sends("B078", "three ways to end a line", then=facts_keep_their_lines, **TAKEN)
def send_lines(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, m_facts="第一行\r\n第二行\r\t第三行")


def raw_name(house: House, client: FlaskClient, name: bytes) -> TestResponse:
    """The form with these very bytes as the name."""
    fields = {key: quote(str(value)) for key, value in visit(house).items() if key != "p_name-0"}
    fields["p_name-0"] = quote(name)
    body = "&".join(f"{key}={value}" for key, value in fields.items())
    return client.post("/matters/new", data=body.encode(), content_type="application/x-www-form-urlencoded")


@LIST.sends("B054", "half of a surrogate pair", status=400, says="读不懂", **REFUSED)
def send_half_pair(house: House, client: FlaskClient) -> TestResponse:
    return raw_name(house, client, "尤".encode() + b"\xed\xa0\x80")


@LIST.sends("B055", "GBK bytes called UTF-8", status=400, says="读不懂", **REFUSED)
def send_gbk(house: House, client: FlaskClient) -> TestResponse:
    return raw_name(house, client, "尤晓琴".encode("gb18030"))


def claim_is_plain(house: House) -> None:
    """The mark at the beginning is gone."""
    assert petitioner(house)["claim"] == KEPT


@LIST.sends("B056", "a byte order mark in front", then=claim_is_plain, **TAKEN)
def send_mark(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, m_claim="\ufeff" + KEPT)


@LIST.sends("B057", "characters that turn the text around", says="颠倒文字方向", **REFUSED)
def send_overrides(house: House, client: FlaskClient) -> list[TestResponse]:
    return register_each(house, client, "p_name", ("尤\u202e晓琴", "尤\u2066晓琴\u2069", "\u202d尤晓琴"))


@LIST.sends("B058", "invisible characters inside a name", says="看不见", **REFUSED)
def send_invisible(house: House, client: FlaskClient) -> list[TestResponse]:
    return register_each(house, client, "p_name", ("尤\u200b晓琴", "尤\u200d晓琴", "尤\ufeff晓琴", "尤\u00ad晓琴"))


@LIST.sends("B059", "rare characters", **TAKEN)
def send_rare(house: House, client: FlaskClient) -> list[TestResponse]:
    return kept_names(house, client, *RARE)


@LIST.sends("B060", "compatibility ideographs stay as typed", **TAKEN)
def send_compatibility(house: House, client: FlaskClient) -> list[TestResponse]:
    return kept_names(house, client, "\uf900明", "\U0002f81a明")


@LIST.sends("B061", "names with a dot in the middle", **TAKEN)
def send_dots(house: House, client: FlaskClient) -> list[TestResponse]:
    long = "古丽巴哈尔·阿不都热合曼·买买提吐尔逊·艾力江"
    return kept_names(house, client, "阿卜杜拉·买买提", "阿卜杜拉•买买提", "阿卜杜拉．买买提", "阿卜杜拉‧买买提", long)


@LIST.sends("B062", "foreign, shortest and longest names", **TAKEN)
def send_foreign(house: House, client: FlaskClient) -> list[TestResponse]:
    return kept_names(house, client, "O'Brien-Smith José", "尤", "尤" * 50)


def kept_names(house: House, client: FlaskClient, *names: str) -> list[TestResponse]:
    """Register each name and compare what the register holds."""
    answers = []
    for name in names:
        answers.append(register(house, client, p_name=name))
        assert petitioner(house)["name"] == name
    return answers


@LIST.sends("B063", "a name that is too long", says="最多 50 个字", **REFUSED)
def send_long_names(house: House, client: FlaskClient) -> list[TestResponse]:
    return register_each(house, client, "p_name", ("尤" * 51, "尤" * 10_000))


@LIST.sends(
    "B064", "a title of forty characters, and one more", status=(302, 422), may_change=None, says="最多", **DESK
)
def send_titles(house: House, client: FlaskClient) -> list[TestResponse]:
    answers = register_each(house, client, "m_subject", ("漏" * 40, "𠮷" * 40, "漏" * 41))
    assert [answer.status_code for answer in answers] == [302, 302, 422]
    return answers


def facts_are_whole(house: House) -> None:
    """Nothing was cut."""
    assert len(petitioner(house)["facts"]) == 50_000


@LIST.sends("B065", "fifty thousand characters", then=facts_are_whole, **TAKEN)
def send_longest_text(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, m_facts="漏" * 50_000)


@LIST.sends("B065", "one character more", says="最多 50000 个字", **REFUSED)
def send_longer_text(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, m_facts="漏" * 50_001)


@LIST.sends("B065", "ten megabytes of text", status=413, says="5 万字", **DESK)
def send_megabytes(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, m_facts="x" * 10_000_000)


@LIST.sends("B066", "one word of twenty thousand characters", **TAKEN)
def send_long_word(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, m_facts="x" * 20_000)


@LIST.sends("B067", "ten thousand empty lines", **TAKEN)
def send_empty_lines(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, m_facts="首行" + "\n" * 10_000 + "末行")


@LIST.sends("B068", "scripts stay text", hides="<script>alert(1)", **TAKEN)
def send_scripts(house: House, client: FlaskClient) -> list[TestResponse]:
    answers = [register(house, client, m_subject=script, m_claim=script, p_name=script[:50]) for script in SCRIPTS]
    pages = [client.get("/matters"), client.get(answers[0].location)]
    for page in pages:
        assert "<img src=x" not in page.get_data(as_text=True)
        assert page.status_code == 200
    assert "&lt;script&gt;alert(1)" in pages[0].get_data(as_text=True)
    return answers


@LIST.sends("B068", "scripts in a refused form", says="控制符", keeps="&lt;script&gt;", hides="<script>alert", **DESK)
def send_refused_script(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, m_claim=SCRIPTS[0], p_name="尤\x01")


@LIST.sends("B069", "template text stays text", **TAKEN)
def send_templates(house: House, client: FlaskClient) -> list[TestResponse]:
    answers = [register(house, client, m_subject=text) for text in TEMPLATES]
    page = client.get("/matters").get_data(as_text=True)
    assert "{{7*7}}" in page
    assert "${7*7}" in page
    return answers


@LIST.sends("B070", "database words in a name", **TAKEN)
def send_sql(house: House, client: FlaskClient) -> list[TestResponse]:
    return kept_names(house, client, "' OR 1=1 --", '"; DROP TABLE party', "\\'", "0x27")


@LIST.sends("B074", "emoji in a name", status=(302, 422), may_change=None, says="看不见", **DESK)
def send_emoji(house: House, client: FlaskClient) -> list[TestResponse]:
    return register_each(house, client, "p_name", ("👨\u200d👩\u200d👧", "尤🇨🇳", "尤👍🏽"))


@LIST.sends("B075", "five hundred marks on one letter", says="叠加", **REFUSED)
def send_marks(house: House, client: FlaskClient) -> TestResponse:
    return register(house, client, m_facts="a" + "\u0301" * 500)


def numbers_are_plain(house: House) -> None:
    """Full-width digits became plain ones."""
    found = petitioner(house)
    assert (found["phone"], found["id_number"]) == ("13900004026", "990101195503081230")


@LIST.sends("B076", "full-width digits in numbers", then=numbers_are_plain, **TAKEN)
def send_full_width(house: House, client: FlaskClient) -> TestResponse:
    numbers = {"p_phone": "１３９００００４０２６", "p_id_number": "９９０１０１１９５５０３０８１２３０"}
    return register(house, client, p_id_document="id_card", **numbers)


@LIST.sends("B079", "a forged line for the log", status=401, may_change=LOG)
def send_log_line(house: House, client: FlaskClient) -> TestResponse:
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        forged = "zhoumin\n2026-01-01 INFO login ok"
        return client.post("/login", data={"username": forged, "password": "no-such-Password-1"})
    finally:
        logging.getLogger().removeHandler(handler)
        assert not any("login ok" in line for line in lines)


@LIST.sends("B256", "private, unassigned and broken characters", says="请", **REFUSED)
def send_private(house: House, client: FlaskClient) -> list[TestResponse]:
    answers = register_each(house, client, "p_name", ("\ue815", "尤\uf8ff", "尤\ufffe", "尤\ufffd", "尤\u0378"))
    known = register(house, client, p_name="尤\ue854")
    assert "标准字是" in known.get_data(as_text=True)
    return [*answers, known]
