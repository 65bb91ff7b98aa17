"""Which way does a matter go?  The questions of the screening, the proposed route, and why not the others.

R-PET-07/08/09/15, R-LINK-01/02.  The system proposes, the clerk decides; 不确定 is always an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.errors import RuleViolation
from app.matters.rules.entering import check_may_enter_linkage
from app.matters.rules.handling import check_reason
from app.matters.rules.words import LABOUR_TYPES, MatterKind, OpenProcedure, Route


class Page(StrEnum):
    """The pages of the wizard that hold questions."""

    FACTS = "facts"
    PROCEDURES = "procedures"


@dataclass(frozen=True)
class Question:
    """One question with its answers by code; `code` is the name of the field."""

    code: str
    page: Page
    text: str
    options: Mapping[str, str]
    help: str = ""


UNSURE = "unsure"
QUESTIONS: tuple[Question, ...] = (
    Question(
        "aim",
        Page.FACTS,
        "来人要什么？",
        {
            "civil": "要对方赔偿、付款、履行或者停止妨害",
            "official_act": "不服行政机关的处罚、许可、征收等决定",
            "enforce": "要求机关查处违法、保护权利",
            "party_appeal": "党员申诉、申请复审",
            "other": "其他诉求",
            UNSURE: "不确定",
        },
    ),
    Question(
        "opponent",
        Page.FACTS,
        "对方是谁？",
        {
            "equal": "个人、企业或者其他组织",
            "organ_civil": "行政机关，但争的是合同、租赁、安置费等民事权利义务",
            "organ": "行政机关，争的是行政管理",
            "nobody": "没有对方",
            UNSURE: "不确定",
        },
    ),
    Question(
        "weight",
        Page.FACTS,
        "是不是重大、复杂、疑难？",
        {"plain": "不是", "grave": "是", UNSURE: "不确定"},
        help="人多、反响大、政策不明或者事实难以查清。",
    ),
    Question(
        "procedure",
        Page.PROCEDURES,
        "有没有别的法律程序？",
        {
            "none": "都没有",
            "court": "法院正在审理，或者还在上诉期",
            "judgment": "已有生效裁判，本人不服",
            "police": "公安、检察机关正在办",
            "reconsideration": "正在行政复议",
            "arbitration": "正在仲裁",
            UNSURE: "不确定",
        },
    ),
    Question(
        "special",
        Page.PROCEDURES,
        "法律有没有规定只能由专门机关处理，或者禁止民间调解？",
        {"no": "没有", "yes": "有", UNSURE: "不确定"},
        help="例如确认亲子关系、确认产权、追究刑事责任。",
    ),
    Question(
        "same_facts",
        Page.PROCEDURES,
        "是不是复核过的老事，事实和理由都没变？",
        {"no": "不是", "yes": "是", UNSURE: "不确定"},
    ),
)
QUESTION_NUMBERS: Mapping[str, int] = {question.code: number for number, question in enumerate(QUESTIONS, start=1)}
CONSENT_NUMBER = len(QUESTIONS) + 1
_BY_CODE = {question.code: question for question in QUESTIONS}
_PROCEDURES = {
    "court": (OpenProcedure.COURT, Route.LITIGATION_ORGAN),
    "judgment": (OpenProcedure.JUDGMENT, Route.LITIGATION_ORGAN),
    "police": (OpenProcedure.POLICE, Route.LITIGATION_ORGAN),
    "reconsideration": (OpenProcedure.RECONSIDERATION, Route.RECONSIDERATION),
    "arbitration": (OpenProcedure.ARBITRATION, Route.ARBITRATION),
}


class ConsentState(StrEnum):
    """How far the question to the sides has come."""

    NOT_ASKED = "not_asked"
    ALL_AGREED = "all_agreed"
    REFUSED = "refused"


@dataclass(frozen=True)
class ScreeningCase:
    """All that the proposal rests on."""

    kind: MatterKind
    answers: Mapping[str, str]
    dispute_type: str = ""
    consent: ConsentState = ConsentState.NOT_ASKED
    consent_text: str = ""

    def said(self, code: str) -> str:
        """The answer to one question; unanswered counts as 不确定."""
        return self.answers.get(code, UNSURE)


@dataclass(frozen=True)
class Reason:
    """One line of the proposal: met True, False or None (unsure); what was answered; the article and rule."""

    met: bool | None
    text: str
    question: str
    answer: str
    article: str
    rule: str


@dataclass(frozen=True)
class OtherRoad:
    """A road not taken, and why; `name` where the word of the route alone would mislead."""

    route: Route
    why: str
    name: str = ""


@dataclass(frozen=True)
class Proposal:
    """The proposed route with its reasons and the roads not taken."""

    route: Route
    reasons: tuple[Reason, ...]
    others: tuple[OtherRoad, ...]

    @property
    def is_ready(self) -> bool:
        """True when every reason holds or is merely unsure."""
        return all(reason.met is not False for reason in self.reasons)


def check_answers(page: Page, answers: Mapping[str, str]) -> dict[str, str]:
    """Field errors of one page: a question without one of its answers."""
    return {
        question.code: "请选一项；拿不准就选“不确定”。"
        for question in QUESTIONS
        if question.page is page and answers.get(question.code) not in question.options
    }


def open_procedure_of(answers: Mapping[str, str]) -> OpenProcedure | None:
    """The procedure that keeps the matter out of linkage (INV-03), None when there is none or nobody knows."""
    found = _PROCEDURES.get(answers.get("procedure", ""))
    return found[0] if found else None


def propose_route(case: ScreeningCase) -> Proposal:
    """The route the rules propose: first the kind, then litigation, other organs, mediation, handling."""
    for rule in (_by_kind, _by_procedure, _by_aim, _by_mediation):
        proposal = rule(case)
        if proposal is not None:
            return proposal
    return _handling(case)


def check_choice(case: ScreeningCase, proposal: Proposal, route: Route, reason: str) -> None:
    """Refuse another road than the proposed one without reason, and mediation where the law bars it (INV-02…05)."""
    if route is Route.MEDIATION:
        check_may_enter_linkage(case.kind, open_procedure_of(case.answers))
    if case.kind is MatterKind.ACCUSATION and route is not Route.DISCIPLINE_ORGAN:
        check_may_enter_linkage(case.kind, None)
    if route is not proposal.route:
        check_reason(reason, "走别的路")
    if route is Route.MEDIATION and case.consent is ConsentState.REFUSED:
        raise RuleViolation(
            "还不能调解：有一方不同意。要每一方都同意。依据《人民调解法》第十七条",
            article="《人民调解法》第十七条",
            rule="INV-05",
        )


def _by_kind(case: ScreeningCase) -> Proposal | None:
    if case.kind is MatterKind.ACCUSATION:
        reason = Reason(
            True,
            "检举控告，按干部管理权限转送，内容不给被检举的单位",
            "登记",
            "检举控告",
            "《信访工作条例》第二十二条、第三十条",
            "R-PET-09",
        )
        return Proposal(
            Route.DISCIPLINE_ORGAN, (reason,), (OtherRoad(Route.MEDIATION, "检举控告不能调解，也不能听证"),)
        )
    if case.kind is MatterKind.SUGGESTION:
        reason = Reason(
            True, "建议意见，转有关单位研究；采纳的要答复", "登记", "建议意见", "《信访工作条例》第二十九条", "R-PET-15"
        )
        return Proposal(Route.COMPETENT_UNIT, (reason,), (OtherRoad(Route.MEDIATION, "没有争议的双方，不需要调解"),))
    return None


def _by_procedure(case: ScreeningCase) -> Proposal | None:
    found = _PROCEDURES.get(case.said("procedure"))
    if found is None:
        return None
    reason = _reason(
        case,
        True,
        "法律程序没有走完，由办理的机关继续办",
        "procedure",
        "《信访工作条例》第二十八条、第三十一条",
        "R-PET-08",
    )
    others = (
        OtherRoad(Route.MEDIATION, "法律程序没有走完，不能导入调解"),
        OtherRoad(Route.HANDLING, "诉讼与信访分开，不作普通信访办理"),
        OtherRoad(Route.HEARING, "属于法律程序的事项不举行信访听证"),
    )
    return Proposal(found[1], (reason,), others)


def _by_aim(case: ScreeningCase) -> Proposal | None:
    aim = case.said("aim")
    if aim == "official_act" or case.said("opponent") == "organ":
        code = "aim" if aim == "official_act" else "opponent"
        reason = _reason(
            case, True, "行政争议，走行政复议、行政诉讼", code, "《信访工作条例》第三十一条第四项", "R-LINK-02"
        )
        return Proposal(
            Route.RECONSIDERATION,
            (reason,),
            (OtherRoad(Route.MEDIATION, "行政争议不属于人民调解"), OtherRoad(Route.ARBITRATION, "不是仲裁受理的争议")),
        )
    if aim in ("enforce", "party_appeal"):
        text = "要求履行法定职责，由有权的机关依法办理" if aim == "enforce" else "党员申诉，由有权的党组织办理"
        reason = _reason(case, True, text, "aim", "《信访工作条例》第三十一条第三项、第五项", "R-PET-15")
        return Proposal(Route.COMPETENT_UNIT, (reason,), (OtherRoad(Route.MEDIATION, "不是民事权利义务的争议"),))
    return None


def _by_mediation(case: ScreeningCase) -> Proposal | None:
    if case.said("opponent") not in ("equal", "organ_civil") or case.said("aim") not in ("civil", "other", UNSURE):
        return None
    if case.said("special") == "yes" or case.said("same_facts") == "yes":
        return None
    if case.consent is ConsentState.REFUSED:
        return None
    is_labour = case.dispute_type in LABOUR_TYPES
    return Proposal(
        Route.MEDIATION,
        _mediation_reasons(case),
        (
            OtherRoad(Route.RECONSIDERATION, "争的不是行政决定"),
            OtherRoad(Route.ARBITRATION, "调解 15 日不成，可以去劳动仲裁" if is_labour else "不是劳动争议"),
            OtherRoad(Route.LITIGATION_ORGAN, "随时可以起诉；调解不成不影响起诉，时效照样保护", "法院诉讼"),
            OtherRoad(Route.HANDLING, "一方撤回同意，或者到期调解不成，就转回信访办理，原期限接着算"),
        ),
    )


def _mediation_reasons(case: ScreeningCase) -> tuple[Reason, ...]:
    agreed = {ConsentState.ALL_AGREED: True, ConsentState.NOT_ASKED: False}[case.consent]
    consent = Reason(
        agreed,
        "每一方都同意调解",
        str(CONSENT_NUMBER),
        case.consent_text or "还没有问齐",
        "《人民调解法》第十七条",
        "R-LINK-04",
    )
    return (
        _reason(
            case,
            True,
            "求决事项，争的是民事权利义务",
            "opponent",
            "《信访工作条例》第三十一条、第三十三条",
            "R-LINK-01",
        ),
        _reason(case, _known(case, "aim"), "要求对方赔偿或者履行", "aim", "《人民调解法》第二条", "R-LINK-01"),
        _reason(
            case,
            _known(case, "procedure"),
            "没有在法院、仲裁、复议中",
            "procedure",
            "《信访工作条例》第二十八条",
            "R-PET-08",
        ),
        _reason(
            case,
            _known(case, "special"),
            "法律没有规定只能走别的程序",
            "special",
            "《人民调解工作若干规定》第二十二条",
            "R-MED-04",
        ),
        consent,
    )


def _handling(case: ScreeningCase) -> Proposal:
    is_labour = case.dispute_type in LABOUR_TYPES
    if is_labour and case.consent is ConsentState.REFUSED:
        reason = Reason(
            True,
            "劳动争议，一方不愿调解，可以申请劳动仲裁",
            str(CONSENT_NUMBER),
            case.consent_text,
            "《信访工作条例》第三十一条第二项",
            "R-PET-15",
        )
        return Proposal(Route.ARBITRATION, (reason,), (OtherRoad(Route.MEDIATION, "有一方不同意调解"),))
    route = Route.HEARING if case.said("weight") == "grave" else Route.HANDLING
    text = "重大复杂疑难，办理中可以听证" if route is Route.HEARING else "由有权的单位听取陈述、调查、出具处理意见"
    reasons = [_reason(case, True, text, "weight", "《信访工作条例》第三十一条第六项", "R-PET-15")]
    if case.said("same_facts") == "yes":
        reasons.append(
            _reason(
                case,
                False,
                "复核过，没有新的事实理由，不再受理；要登记、解释、帮扶",
                "same_facts",
                "《信访工作条例》第三十六条",
                "R-PET-24",
            )
        )
    return Proposal(route, tuple(reasons), (OtherRoad(Route.MEDIATION, _why_not_mediation(case)),))


def _why_not_mediation(case: ScreeningCase) -> str:
    if case.consent is ConsentState.REFUSED:
        return "有一方不同意调解"
    if case.said("special") == "yes":
        return "法律规定由专门机关处理"
    if case.said("same_facts") == "yes":
        return "复核终结的事项，先核实有没有新的事实"
    return "还说不清对方是谁；查清后可以再问双方愿不愿意调解"


def _known(case: ScreeningCase, code: str) -> bool | None:
    return None if case.said(code) == UNSURE else True


def _reason(case: ScreeningCase, met: bool | None, text: str, code: str, article: str, rule: str) -> Reason:
    question = _BY_CODE[code]
    return Reason(met, text, str(QUESTION_NUMBERS[code]), question.options[case.said(code)], article, rule)
