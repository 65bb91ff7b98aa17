"""Which passages of a paper may an office word itself? Everything else in the templates is locked legal text.

A template prints a passage with `wording("name")`, or `wording.paragraphs("name")` where line breaks make paragraphs.
The default is what the paper prints for an office without own wording.
"""

from dataclasses import dataclass

FREE_OF_CHARGE = "不收取任何费用"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One passage: its label, the usual text, and what an own text must keep to.

    `blanks` are filled from the paper's facts and are written in braces. `must_contain` are words that have to stay.
    `may_oblige` where the usual text itself lays down what people have to do. Lengths count characters.
    """

    name: str
    label: str
    default: str = ""
    longest: int = 120
    blanks: tuple[str, ...] = ()
    must_contain: tuple[str, ...] = ()
    has_paragraphs: bool = False
    may_oblige: bool = False


def _advice(label: str = "办事提醒", longest: int = 200) -> Passage:
    """A place for advice of the office's own: where to find the room, which bus, when somebody is there."""
    return Passage(name="advice", label=label, longest=longest, has_paragraphs=True)


PASSAGES: dict[str, tuple[Passage, ...]] = {
    "acceptance_notice": (
        Passage(
            name="mediation",
            label="告知可以调解",
            default="办理期间，各方同意的，可以通过人民调解等方式解决；办理信访事项不收取任何费用。",
            must_contain=("各方同意", FREE_OF_CHARGE),
        ),
        Passage(
            name="enquiry",
            label="怎样查询办理情况",
            default="你可以扫描本告知书上的二维码或者到{查询地点}查询办理情况。",
            blanks=("查询地点",),
            must_contain=("{查询地点}", "查询"),
        ),
        _advice(),
    ),
    "access_slip": (
        Passage(name="scan", label="手机怎样看", default="手机扫左边的码查看。", longest=14, must_contain=("扫",)),
        Passage(name="desk", label="没有手机怎样看", default="没有手机的，到窗口报下面的核验码：", longest=20),
        Passage(
            name="keep",
            label="怎样保管",
            default="不要把本凭条和核验码交给他人；遗失的，请到窗口或者打电话挂失，换发新的。",
            longest=54,
            must_contain=("核验码", "挂失"),
        ),
        _advice(longest=24),
    ),
    "matter_route_map": (
        Passage(
            name="rights",
            label="权利提醒",
            default="有新的事实、新的证据，随时可以再来。打官司的权利不受影响。全程免费。",
            longest=60,
            must_contain=("打官司的权利不受影响", "免费"),
        ),
        Passage(name="help", label="怎样问进度", default="扫码看进度；打电话、来大厅问都行。", longest=20),
    ),
    "referral_letter": (_advice("材料交接说明"),),
    "referral_refusal_letter": (_advice("材料交接说明"),),
    "linkage_feedback_letter": (_advice("联系说明"),),
    "mediation_consent": (_advice("填写说明"),),
    "rights_notice": (
        Passage(
            name="opening",
            label="调解委员会介绍",
            default="人民调解委员会是依法设立的调解民间纠纷的群众性组织，调解不收取任何费用。",
            must_contain=("群众性组织", FREE_OF_CHARGE),
        ),
        Passage(
            name="personal_data",
            label="个人信息说明",
            default="为办理调解，本调解委员会收集你的姓名、身份号码、联系方式、住址和与纠纷有关的材料，"
            "只用于本次调解、归档和法律规定的用途；你可以查阅、复制和请求更正。",
            longest=200,
            must_contain=("姓名", "身份号码", "联系方式", "住址", "只用于本次调解", "查阅、复制和请求更正"),
        ),
    ),
    "mediation_intake_form": (_advice("填写说明"),),
    "mediation_agreement": (_advice("履行中的联系方式"),),
    "mediation_end_notice": (
        Passage(
            name="free_of_charge",
            label="不收费说明",
            default="调解不收取任何费用。",
            must_contain=(FREE_OF_CHARGE,),
            has_paragraphs=True,
        ),
        _advice(),
    ),
    "labour_routes_notice": (
        Passage(
            name="free_of_charge",
            label="不收费说明",
            default="申请仲裁和调解均不收取费用。",
            must_contain=("不收取费用",),
        ),
        _advice(),
    ),
    "follow_up_record": (_advice("回访说明"),),
    "confirmation_materials": (_advice("递交提醒"),),
    "hearing_consultation": (_advice(),),
    "hearing_decision": (_advice(),),
    "hearing_notice": (
        Passage(
            name="bring",
            label="当事人携带的材料",
            default="本人身份证件、证据材料原件及复印件一份；有证人出席的，请提前告知证人姓名和联系方式",
            must_contain=("身份证件", "证据材料"),
        ),
        Passage(
            name="bring_unit",
            label="责任单位携带的材料",
            default="出席人员的身份证件和授权委托书，作出处理所依据的证据、法律和政策文件原件及复印件一份",
            must_contain=("身份证件", "授权委托书", "证据"),
        ),
        _advice("到场提醒"),
    ),
    "hearing_rights_notice": (_advice("到场提醒", longest=100),),
    "hearing_change_notice": (_advice(),),
    "hearing_announcement": (
        Passage(name="press", label="记者采访", default="记者采访须经本机关同意。", longest=80),
        Passage(
            name="discipline",
            label="旁听纪律",
            default="旁听人员不得发言、提问、录音、录像、拍照，不得妨碍听证秩序。",
            must_contain=("不得发言", "录音、录像", "不得妨碍听证秩序"),
            may_oblige=True,
        ),
        _advice("到场提醒"),
    ),
}


def find_passage(type_name: str, name: str) -> Passage | None:
    """The passage of that name on the paper."""
    return next((passage for passage in PASSAGES.get(type_name, ()) if passage.name == name), None)


def get_passage(type_name: str, name: str) -> Passage:
    """The passage of that name; LookupError when the paper has none (a programming mistake, not a refusal)."""
    passage = find_passage(type_name, name)
    if passage is None:
        raise LookupError(f"{type_name} has no passage {name}")
    return passage
