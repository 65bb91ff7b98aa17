"""What the papers of an agreement print: facts made of its rows and of the parties as they stand now."""

from datetime import date

from app.agreements.models import Agreement, AgreementParty, FollowUpVisit, Obligation
from app.agreements.queries import mediators_of
from app.agreements.rules import ObligationKind, Supplement
from app.agreements.rules.states import LABELS
from app.documents.papers.agreements import (
    ConfirmationApplicationFacts,
    ConfirmationMaterialsFacts,
    CourtMaterial,
    FollowUpRecordFacts,
    MediationAgreementFacts,
    OralAgreementFormFacts,
    PaperInstalment,
    PaymentAccount,
)
from app.documents.papers.people import (
    OrganisationParty,
    PaperProxy,
    PaperSuccessor,
    PersonParty,
    Signer,
)
from app.law.dates import format_date
from app.matters.models import PartyKind, Proxy
from app.matters.queries.on_paper import party_on_paper
from app.people.models import Account
from app.settings.queries import profile_on


def agreement_facts(agreement: Agreement, *, today: date) -> MediationAgreementFacts:
    """The facts of the agreement's paper."""
    payments = [row for row in agreement.obligations if row.kind is ObligationKind.PAYMENT]
    names = {row.key: row.party.name for row in agreement.parties}
    earlier = agreement.earlier if agreement.supplement is Supplement.ADDS else None
    last_text, last_on = _last_performance(agreement)
    return MediationAgreementFacts(
        committee=agreement.case.committee.name,
        parties=tuple(party_facts(row, today) for row in agreement.parties),
        facts_and_issues=agreement.facts,
        terms=_terms(agreement),
        mediators=mediator_signers(agreement),
        payment_term=agreement.payment_term,
        total_fen=agreement.total_fen if payments else None,
        instalments=tuple(_instalment(row, names) for row in payments),
        accounts=_accounts(payments, names),
        performance_manner=agreement.manner,
        performance_place=agreement.place,
        last_performance_on=last_on,
        last_performance_text=last_text,
        copies=max(agreement.copies, len(agreement.parties) + 1),
        is_labour=agreement.case.is_labour,
        earlier_number=earlier.number if earlier else "",
        earlier_date=earlier.effective_on if earlier else None,
    )


def oral_form_facts(agreement: Agreement, *, today: date) -> OralAgreementFormFacts:
    """The facts of the register form of an oral agreement."""
    acts = [row.text for row in agreement.obligations if row.kind is ObligationKind.ACT]
    content = [*(term.text for term in agreement.terms), *acts]
    return OralAgreementFormFacts(
        committee=agreement.case.committee.name,
        parties=tuple(party_facts(row, today) for row in agreement.parties),
        reached_on=agreement.reached_on or today,
        reached_at=agreement.reached_at,
        facts_and_issues=agreement.facts,
        content="\n".join(content) or agreement.payment_term,
        performance=agreement.manner,
        mediators=mediator_signers(agreement),
        amount_fen=agreement.total_fen,
        is_performed=agreement.is_performed_at_once,
        remarks=agreement.remarks,
    )


def confirmation_facts(agreement: Agreement, court: str, *, today: date) -> ConfirmationApplicationFacts:
    """The facts of the joint application to a court."""
    effective_on = agreement.effective_on or today
    return ConfirmationApplicationFacts(
        court=court,
        applicants=tuple(party_facts(row, today) for row in agreement.parties),
        committee=agreement.case.committee.name,
        agreement_number=agreement.number,
        agreement_date=effective_on,
        effective_on=effective_on,
        reasons=agreement.facts,
    )


def materials_facts(agreement: Agreement, court: str, *, today: date) -> ConfirmationMaterialsFacts:
    """The facts of the list of what goes to the court, with the committee's proof that it presided (R-JC-04)."""
    effective_on = agreement.effective_on or today
    return ConfirmationMaterialsFacts(
        court=court,
        committee=agreement.case.committee.name,
        parties=tuple(row.party.name for row in agreement.parties),
        mediators=tuple(account.name for account in mediators_of(agreement)),
        agreement_number=agreement.number,
        effective_on=effective_on,
        window_ends_on=agreement.window_ends_on or today,
        issued_on=today,
        materials=_materials(agreement),
    )


def visit_facts(
    agreement: Agreement, visit: FollowUpVisit, visitor: Account, words: dict[str, str]
) -> FollowUpRecordFacts:
    """The facts of a visit's record; `words` hold manner and satisfaction as printed."""
    return FollowUpRecordFacts(
        committee=agreement.case.committee.name,
        parties=tuple(row.party.name for row in agreement.parties),
        agreement_number=agreement.number,
        reason=LABELS[visit.reason],
        visited_on=visit.visited_on or visit.due_on,
        manner=words["manner"],
        performance=LABELS[visit.performance] if visit.performance else "",
        findings=visit.findings,
        visitors=(Signer(key="visitor-1", name=visitor.name),),
        satisfaction=words["satisfaction"],
        measures=visit.measures,
    )


def mediator_signers(agreement: Agreement) -> tuple[Signer, ...]:
    """The mediators with the keys under which they sign."""
    accounts = mediators_of(agreement)
    return tuple(Signer(key=f"mediator-{n}", name=account.name) for n, account in enumerate(accounts, start=1))


def party_facts(row: AgreementParty, today: date) -> PersonParty | OrganisationParty:
    """One party as the paper names it; the ID number only where the profile wants it printed."""
    return party_on_paper(
        row.party,
        signer=row.key,
        label=row.label,
        today=today,
        prints_id=profile_on(today).print_id_on_agreement,
        proxy=_acting_for(row),
        successors=tuple(PaperSuccessor(key=each.key, name=each.name, kinship=each.kinship) for each in row.successors),
    )


def _materials(agreement: Agreement) -> tuple[CourtMaterial, ...]:
    """Application, agreement, proof, then each party's own papers."""
    copies = len(agreement.parties) + 1
    rows = [
        CourtMaterial(name="司法确认申请书", brought_by="各方当事人", copies=copies, note="各方签名、盖章"),
        CourtMaterial(name="人民调解协议书", brought_by="调解委员会", copies=copies, note="签署完毕，盖有印章"),
        CourtMaterial(name="主持调解的证明", brought_by="调解委员会", copies=1, note="见本清单下方"),
    ]
    for row in agreement.parties:
        is_body = row.party.kind is PartyKind.ORGANISATION
        own = "营业执照、法定代表人身份证明" if is_body else "身份证"
        rows.append(CourtMaterial(name=own, brought_by=row.party.name, copies=1, note="复印件，带原件核对"))
        if row.proxy is not None:
            note = f"代理人{row.proxy.name}"
            rows.append(CourtMaterial(name="授权委托书", brought_by=row.party.name, copies=1, note=note))
        rows += [
            CourtMaterial(
                name="死亡证明、亲属关系证明", brought_by=heir.name, copies=1, note=f"继承人（{heir.kinship}）"
            )
            for heir in row.successors
        ]
        rows.append(CourtMaterial(name="送达地址确认书", brought_by=row.party.name, copies=1, note="写明联系方式"))
    if any(each.kind is ObligationKind.PAYMENT for each in agreement.obligations):
        rows.append(CourtMaterial(name="财产权利证明", brought_by="各方当事人", copies=1, note="有的提交"))
    return tuple(rows)


def _acting_for(row: AgreementParty) -> PaperProxy | None:
    if row.proxy is not None:
        return _proxy_facts(row.proxy)
    if row.guardian is not None:
        return PaperProxy(name=row.guardian.name, relation="监护人", authority="法定代理人", phone=row.guardian.phone)
    return None


def _proxy_facts(proxy: Proxy) -> PaperProxy:
    authority = "特别授权" if proxy.is_special_authority else "一般授权"
    return PaperProxy(name=proxy.name, relation=proxy.relation, authority=authority, phone=proxy.phone)


def _terms(agreement: Agreement) -> tuple[str, ...]:
    terms = [term.text for term in agreement.terms]
    terms += [_act_words(agreement, row) for row in agreement.obligations if row.kind is ObligationKind.ACT]
    if agreement.supplement is Supplement.REPLACES and agreement.earlier is not None:
        number = agreement.earlier.number
        terms.append(
            f"各方于{_day(agreement.earlier.effective_on)}达成的{number}调解协议，自本协议生效之日起由本协议代替"
        )
    if agreement.supplement is Supplement.WRITES_DOWN and agreement.earlier is not None:
        day = _day(agreement.earlier.effective_on)
        terms.append(
            f"各方已于{day}达成口头协议（{agreement.earlier.number}），口头协议自该日起生效，本协议是它的书面记载"
        )
    return tuple(terms)


def _act_words(agreement: Agreement, row: Obligation) -> str:
    party = next((each.label for each in agreement.parties if each.key == row.payer_key), "")
    due = f"{format_date(row.due_on)}前" if row.due_on else _after_words(row)
    return f"{party}{'于' if due else ''}{due}{row.text}"


def _instalment(row: Obligation, names: dict[str, str]) -> PaperInstalment:
    return PaperInstalment(
        payer=names.get(row.payer_key, ""),
        payee=names.get(row.payee_key, ""),
        amount_fen=row.amount_fen or 0,
        due_on=row.due_on,
        due_text="当场付清" if row.agreement.is_performed_at_once else _after_words(row) if not row.due_on else "",
        method=row.method,
    )


def _after_words(row: Obligation) -> str:
    return f"协议生效之日起{row.due_after_days}日内" if row.due_after_days else ""


def _accounts(payments: list[Obligation], names: dict[str, str]) -> tuple[PaymentAccount, ...]:
    found = {
        row.account_number: PaymentAccount(
            holder=row.account_holder or names.get(row.payee_key, ""),
            bank=row.account_bank or "—",
            number=row.account_number,
        )
        for row in payments
        if row.account_number
    }
    return tuple(found.values())


def _last_performance(agreement: Agreement) -> tuple[str, date | None]:
    """The last day in words when it depends on the effect, else the latest date."""
    if agreement.is_performed_at_once:
        return "签订协议时当场履行", None
    days = [row.due_on for row in agreement.obligations if row.due_on]
    after = [row for row in agreement.obligations if row.due_after_days and not row.due_on]
    if days:
        return "", max(days)
    return (_after_words(max(after, key=lambda row: row.due_after_days or 0)) if after else ""), None


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
