"""The organisations and accounts of the demonstration district; every person and body is invented."""

from dataclasses import dataclass
from datetime import date, datetime

from app.access.permissions import Role
from app.extensions import db
from app.people.models import Account, AccountRole, Organisation, OrganisationKind, Professional, ProfessionalSkill
from app.people.passwords import hash_password

PASSWORD = "Binlan-2025-demo"


@dataclass(frozen=True)
class Body:
    """One organisation of the district: key, name, kind, key of the body above."""

    key: str
    name: str
    kind: OrganisationKind
    above: str = ""
    short_name: str = ""
    number_prefix: str = ""
    address: str = ""


@dataclass(frozen=True)
class Person:
    """One account: user name, name, post, body, roles; a professional has skills, a committee or a licence."""

    username: str
    name: str
    post: str
    body: str
    roles: tuple[Role, ...]
    skills: tuple[str, ...] = ()
    committee: str = ""
    licence: str = ""
    pool: str = ""
    is_professional: bool = False


KIND = OrganisationKind
BODIES = (
    Body("district", "滨澜区", KIND.DISTRICT),
    Body(
        "office",
        "滨澜区信访办公室",
        KIND.PETITION_OFFICE,
        "district",
        "区信访办",
        "滨澜信",
        "滨澜区织造街道锦江路 18 号",
    ),
    Body(
        "committee",
        "滨澜区矛调中心人民调解委员会",
        KIND.MEDIATION_COMMITTEE,
        "district",
        "区矛调中心调委会",
        "滨澜人调字",
        "滨澜区织造街道锦江路 18 号二楼",
    ),
    Body("sasac", "滨澜区国有资产监督管理委员会", KIND.HANDLING_UNIT, "district", "区国资委", "滨澜国资"),
    Body("housing", "滨澜区住房和城乡建设委员会", KIND.HANDLING_UNIT, "district", "区住建委", "滨澜建"),
    Body("labour", "滨澜区人力资源和社会保障局", KIND.HANDLING_UNIT, "district", "区人社局", "滨澜人社"),
    Body("urban", "滨澜区城市管理局", KIND.HANDLING_UNIT, "district", "区城管局", "滨澜城管"),
    Body("market", "滨澜区市场监督管理局", KIND.HANDLING_UNIT, "district", "区市监局", "滨澜市监"),
    Body("discipline", "滨澜区纪检监察机关", KIND.OTHER_ORGAN, "district", "区纪检监察机关"),
    Body("political_legal", "滨澜区政法机关", KIND.OTHER_ORGAN, "district", "区政法机关"),
    Body("court", "滨澜区人民法院", KIND.COURT, "district", "区法院"),
    Body("recon", "滨澜区行政复议机构", KIND.RECONSIDERATION_ORGAN, "district", "区复议机构", "滨澜复"),
    Body("government", "滨澜区人民政府", KIND.OTHER_ORGAN, "district", "区政府", "滨澜"),
    Body("city_review", "海川市信访事项复查复核办公室", KIND.OTHER_ORGAN, "district", "市复核办", "海川"),
    Body("firm_a", "澜正律师事务所", KIND.LAW_FIRM, "district"),
    Body("firm_b", "衡川律师事务所", KIND.LAW_FIRM, "district"),
    Body("street_weaving", "织造街道办事处", KIND.STREET, "district", "织造街道", "织造信"),
    Body("street_harbour", "港前街道办事处", KIND.STREET, "district", "港前街道", "港前信"),
    Body("community_jin", "锦江社区", KIND.COMMUNITY, "street_weaving", "锦江社区", "锦江信"),
    Body(
        "committee_weaving",
        "织造街道人民调解委员会",
        KIND.MEDIATION_COMMITTEE,
        "street_weaving",
        "织造街道调委会",
        "织造人调字",
    ),
)

CIVIL = ("D01", "D02", "D03", "D04", "D05", "D06", "D07", "D08", "D10", "D11", "D14", "D99")
PEOPLE = (
    Person("gongli", "龚丽", "接待科", "office", (Role.RECEPTIONIST,)),
    Person("jiangyu", "蒋玉", "接待员", "street_harbour", (Role.RECEPTIONIST,)),
    Person("zhoumin", "周敏", "排期员", "office", (Role.COORDINATOR,)),
    Person("shaoke", "邵可", "综合岗", "street_weaving", (Role.COORDINATOR,)),
    Person("bijianguo", "毕建国", "复查复核科科长", "office", (Role.HEARING_CHAIR,), is_professional=True),
    Person("tangwei", "唐蔚", "法制科科长", "housing", (Role.HEARING_CHAIR,), is_professional=True),
    Person("hejing", "何静", "记录员", "office", (Role.RECORDER,), is_professional=True),
    Person("wenning", "温宁", "记录员", "recon", (Role.RECORDER,), is_professional=True),
    Person(
        "dingguoan", "丁国安", "人民调解员", "committee", (Role.MEDIATOR,), CIVIL, "committee", is_professional=True
    ),
    Person(
        "fangsuzhen", "方素珍", "人民调解员", "committee", (Role.MEDIATOR,), CIVIL, "committee", is_professional=True
    ),
    Person(
        "shimingxuan", "石明轩", "人民调解员", "committee", (Role.MEDIATOR,), CIVIL, "committee", is_professional=True
    ),
    Person(
        "gengqiuyun",
        "耿秋云",
        "人民调解员",
        "committee_weaving",
        (Role.MEDIATOR,),
        ("D01", "D02", "D06", "D14"),
        "committee_weaving",
        is_professional=True,
    ),
    Person(
        "luowenbin",
        "罗文斌",
        "律师",
        "firm_a",
        (Role.LAWYER, Role.HEARING_PANELIST),
        licence="19901202310000001",
        pool="lawyer",
        is_professional=True,
    ),
    Person(
        "songyuqing",
        "宋雨晴",
        "律师",
        "firm_b",
        (Role.LAWYER, Role.HEARING_PANELIST),
        licence="19901202310000002",
        pool="lawyer",
        is_professional=True,
    ),
    Person("helixin", "贺立新", "法官", "court", (Role.JUDGE,), is_professional=True),
    Person("jimeng", "季萌", "法官", "court", (Role.JUDGE,), is_professional=True),
    Person("duanwentao", "段文涛", "复议人员", "recon", (Role.RECONSIDERATION_OFFICER,), is_professional=True),
    Person("yinjie", "殷洁", "复议人员", "recon", (Role.RECONSIDERATION_OFFICER,), is_professional=True),
    Person("luhai", "卢海", "复议人员", "recon", (Role.RECONSIDERATION_OFFICER,), is_professional=True),
    Person(
        "wanchunsheng",
        "万春生",
        "人大代表",
        "district",
        (Role.HEARING_PANELIST,),
        pool="congress_deputy",
        is_professional=True,
    ),
    Person(
        "kangxiulan",
        "康秀兰",
        "政协委员",
        "district",
        (Role.HEARING_PANELIST,),
        pool="consultative_member",
        is_professional=True,
    ),
    Person(
        "fanyumei",
        "范玉梅",
        "社区代表",
        "community_jin",
        (Role.HEARING_PANELIST,),
        pool="community_delegate",
        is_professional=True,
    ),
    Person(
        "qiuzhengyuan",
        "邱正源",
        "测绘专家",
        "district",
        (Role.HEARING_PANELIST,),
        pool="expert",
        is_professional=True,
    ),
    Person(
        "gemin",
        "葛敏",
        "教师代表",
        "street_harbour",
        (Role.HEARING_PANELIST,),
        pool="employee_delegate",
        is_professional=True,
    ),
    Person("shenlan", "沈岚", "心理咨询师", "office", (Role.COUNSELOR,), is_professional=True),
    Person("luyao", "陆瑶", "心理咨询师", "street_weaving", (Role.COUNSELOR,), is_professional=True),
    Person("chenguoliang", "陈国樑", "主任", "office", (Role.LEADER,)),
    Person("xieweimin", "谢为民", "负责人", "recon", (Role.LEADER,)),
    Person("weiqiang", "魏强", "局长", "urban", (Role.LEADER,)),
    Person("panhui", "潘慧", "调委会内勤", "committee", (Role.COMMITTEE_CLERK,)),
    Person("xuqing", "徐青", "调委会内勤", "committee_weaving", (Role.COMMITTEE_CLERK,)),
    Person("luzhenbang", "卢振邦", "信访专干", "housing", (Role.HANDLING_UNIT_CLERK,)),
    Person("maoning", "茅宁", "信访专干", "urban", (Role.HANDLING_UNIT_CLERK,)),
    Person("zhanglei", "章磊", "信访专干", "sasac", (Role.HANDLING_UNIT_CLERK,)),
    Person("yuhong", "余虹", "综治专干", "street_weaving", (Role.STREET_CLERK,)),
    Person("qianfeng", "钱枫", "综治专干", "street_harbour", (Role.STREET_CLERK,)),
    Person("admin", "管理员甲", "系统管理", "office", (Role.ADMINISTRATOR,)),
    Person("admin2", "管理员乙", "系统管理", "recon", (Role.ADMINISTRATOR,)),
    Person("auditor", "审计员甲", "审计", "office", (Role.AUDITOR,)),
    Person("auditor2", "审计员乙", "审计", "recon", (Role.AUDITOR,)),
)


def make_people(now: datetime) -> tuple[dict[str, Organisation], dict[str, Account]]:
    """Create the district's bodies and accounts; gives them by key and by user name."""
    bodies: dict[str, Organisation] = {}
    for body in BODIES:
        bodies[body.key] = _make_body(body, bodies)
    password = hash_password(PASSWORD)
    return bodies, {person.username: _make_person(person, bodies, password, now) for person in PEOPLE}


def _make_body(body: Body, bodies: dict[str, Organisation]) -> Organisation:
    above = bodies.get(body.above)
    row = Organisation(
        name=body.name,
        short_name=body.short_name or body.name,
        kind=body.kind,
        parent_id=above.id if above else None,
        number_prefix=body.number_prefix,
        seal_name=body.name,
        centre_name="滨澜区社会矛盾纠纷调处化解中心" if body.key in ("office", "committee") else body.name,
        address=body.address,
        contact_name="龚丽",
        contact_phone="0990-555-0123",
    )
    db.session.add(row)
    db.session.flush()
    row.path = f"{above.path if above else '/'}{row.id}/"
    return row


def _make_person(person: Person, bodies: dict[str, Organisation], password: str, now: datetime) -> Account:
    account = Account(
        username=person.username,
        name=person.name,
        post=person.post,
        organisation_id=bodies[person.body].id,
        password_hash=password,
        is_demo=True,
        created_at=now,
        role_rows=[AccountRole(role=role) for role in person.roles],
    )
    db.session.add(account)
    db.session.flush()
    if person.is_professional:
        account.professional = Professional(
            committee_id=bodies[person.committee].id if person.committee else None,
            working_unit=bodies[person.body].name,
            home_area="织造街道",
            licence_number=person.licence,
            appointed_on=date(2020, 1, 1),
            pool_category=person.pool,
            skills=[ProfessionalSkill(dispute_type=skill) for skill in person.skills],
        )
        db.session.flush()
    return account
