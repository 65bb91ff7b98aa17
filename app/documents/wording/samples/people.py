"""Who appears on every sample: nobody who exists."""

from app.documents.papers.people import OrganisationParty, PersonParty, Signer

OFFICE = "滨澜区信访办公室"
COMMITTEE = "滨澜区矛调中心人民调解委员会"
ADDRESS = "滨澜区矛调中心一楼大厅"
PHONE = "0990-6000000"
MATTER_NUMBER = "滨信登〔2026〕0号"
AGREEMENT_NUMBER = "(2026)滨澜人调字第0号"
SUBJECT = "屋面漏水"
WHOM = "发给群众"
PERSON = PersonParty(
    signer="p1",
    label="申请人",
    name="王样例",
    sex="女",
    ethnic_group="汉族",
    age=52,
    occupation="退休",
    address="滨澜区样例路1号",
    phone=PHONE,
)
COMPANY = OrganisationParty(
    signer="p2",
    label="被申请人",
    name="滨澜样例物业有限公司",
    legal_representative="赵样例",
    post="经理",
    address="滨澜区样例路2号",
    phone=PHONE,
)
MEDIATOR = Signer(key="m1", name="张示范")
CLERK = Signer(key="r1", name="李示范")
