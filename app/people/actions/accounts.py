"""Acts on accounts: create, change, roles, password, disable. What changes who one is ends every session."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from app.access.permissions import Actor, Role
from app.audit.actions import record
from app.errors import FieldErrors, RuleViolation
from app.extensions import db
from app.people import passwords, queries
from app.people.actions.sessions import end_all_sessions
from app.people.models import Account, AccountRole, Organisation
from app.people.rules import OFFICERS, ROLE_LABELS, check_password, check_roles, check_username


@dataclass(frozen=True)
class AccountDetails:
    """What the administrator types about a person."""

    name: str
    organisation: Organisation
    post: str = ""
    phone: str = ""


def create_account(
    username: str,
    password: str,
    details: AccountDetails,
    roles: frozenset[Role],
    *,
    by: Actor | None,
    now: datetime,
    is_demo: bool = False,
) -> Account:
    """A new account; refuses a taken or odd user name, a weak password and roles that exclude each other."""
    folded = _check_free(username)
    check_roles(roles)
    check_password(password, username=folded, name=details.name, organisation=details.organisation.name)
    account = Account(
        username=folded,
        name=details.name,
        name_pinyin=_pinyin_of(details.name),
        post=details.post,
        organisation=details.organisation,
        password_hash=passwords.hash_password(password),
        phone=details.phone,
        is_demo=is_demo,
        created_at=now,
        role_rows=[AccountRole(role=role) for role in sorted(roles)],
    )
    db.session.add(account)
    db.session.flush()
    record(by, "account.create", account, roles=sorted(roles))
    return account


def change_account(account: Account, details: AccountDetails, *, by: Actor, now: datetime) -> None:
    """Correct name, unit, post and phone; a move to another unit ends the sessions."""
    moved = account.organisation_id != details.organisation.id
    account.name, account.name_pinyin = details.name, _pinyin_of(details.name)
    account.post, account.phone = details.post, details.phone
    account.organisation = details.organisation
    if moved:
        end_all_sessions(account, now=now)
    record(by, "account.change", account, moved=moved)


def change_roles(account: Account, roles: frozenset[Role], *, by: Actor, now: datetime) -> None:
    """Set the roles; refuses one's own (B046), an officer with other roles, and to lose the last officer (B045)."""
    check_roles(roles)
    if roles == account.roles:
        return
    if account.id == by.account_id:
        raise RuleViolation("不能改自己的岗位。请另一位系统管理员来改。", rule="B046")
    for lost in (account.roles - roles) & OFFICERS:
        _check_not_last(lost)
    before = sorted(account.roles)
    account.role_rows = [row for row in account.role_rows if row.role in roles] + [
        AccountRole(role=role) for role in sorted(roles - account.roles)
    ]
    end_all_sessions(account, now=now)
    record(by, "account.change_roles", account, roles_before=before, roles=sorted(roles))


def disable_account(account: Account, *, by: Actor, now: datetime) -> None:
    """Nobody logs in with it any more; refuses one's own and the last administrator or auditor (B045)."""
    if account.id == by.account_id:
        raise RuleViolation("不能停用自己的账号。请另一位系统管理员来办。", rule="B045")
    if not account.is_active:
        raise RuleViolation("账号已经停用了。")
    for role in account.roles & OFFICERS:
        _check_not_last(role)
    account.is_active = False
    end_all_sessions(account, now=now)
    record(by, "account.disable", account, before="active", after="disabled")


def enable_account(account: Account, *, by: Actor) -> None:
    """The account may log in again."""
    if account.is_active:
        raise RuleViolation("账号没有停用。")
    account.is_active = True
    record(by, "account.enable", account, before="disabled", after="active")


def change_password(account: Account, current: str, new: str, *, by: Actor, now: datetime) -> None:
    """Set one's own password and end every session; refuses a wrong current one and a weak or equal new one."""
    if not passwords.is_password(account.password_hash, current):
        raise FieldErrors({"current": "现在的密码不对。请重新输入。"})
    _check_new_password(account, new)
    _set_password(account, new, now=now)
    record(by, "account.change_password", account)


def reset_password(account: Account, *, by: Actor | None, now: datetime) -> str:
    """Give the account a random password, shown once to the administrator; every session ends."""
    new = "-".join(secrets.token_urlsafe(9).replace("-", "x").replace("_", "Y")[:6] for _ in range(4))
    _set_password(account, new, now=now)
    record(by, "account.reset_password", account)
    return new


def _set_password(account: Account, password: str, *, now: datetime) -> None:
    account.password_hash = passwords.hash_password(password)
    end_all_sessions(account, now=now)


def _check_new_password(account: Account, new: str) -> None:
    try:
        check_password(new, username=account.username, name=account.name, organisation=account.organisation.name)
    except RuleViolation as refusal:
        raise FieldErrors({"new_password": refusal.message}) from refusal
    if passwords.is_password(account.password_hash, new):
        raise FieldErrors({"new_password": "新密码和现在的一样。请换一个。"})


def _check_free(username: str) -> str:
    folded = check_username(username)
    if queries.find_account_by_username(folded) is not None:
        raise FieldErrors({"username": "这个用户名已经有人用了。请换一个。"})
    return folded


def _check_not_last(role: Role) -> None:
    if queries.count_active_holders(role) < 2:
        raise RuleViolation(f"这是最后一位{ROLE_LABELS[role]}。请先给别人这个岗位。", rule="B045")


def _pinyin_of(name: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 a large dictionary that only new names need

    return " ".join(lazy_pinyin(name))[:120]
