"""Logging in and out: tries are counted before the password is looked at, sessions live in the database.

A log-in is two transactions with the slow hash between them, so that no writer waits for it: `begin_attempt`
(refuses, counts), then `log_in` or `note_failed_attempt`.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from app.access.permissions import Role
from app.audit.actions import record
from app.errors import RuleViolation
from app.extensions import db
from app.people import queries
from app.people.models import Account, LoginSession
from app.people.rules import (
    OWN_TRIES,
    SESSIONS_AT_ONCE,
    SIGNS_OF_GUESSING,
    TRIES_WHILE_GUESSED_AT,
    GuessingLimit,
    is_hashable,
)
from app.web.limits import check_attempts, forget_failures, is_exhausted, note_failure


@dataclass(frozen=True)
class LogInAttempt:
    """What was typed, from which network, and the hash that the password has to fit (None: nobody's)."""

    username: str
    network: str
    account_id: int | None
    password_hash: str | None


def begin_attempt(username: str, password: str, *, network: str, now: datetime) -> LogInAttempt:
    """Count the try; refuses when too many failed (TooManyAttempts) and what is too long to hash (B027)."""
    folded = username.strip().lower()[:200]
    if not is_hashable(password):
        raise RuleViolation("密码太长或没有填。请核对后再输。", rule="B027")
    check_attempts(OWN_TRIES.scope, f"{folded}|{network}", limit=_tries_left_to(folded, network, now), now=now)
    note_failure(OWN_TRIES.scope, f"{folded}|{network}", window=OWN_TRIES.window, now=now)
    account = queries.find_account_by_username(folded)
    if account is None or not account.is_active:
        return LogInAttempt(folded, network, None, None)
    return LogInAttempt(folded, network, account.id, account.password_hash)


def note_failed_attempt(attempt: LogInAttempt, *, now: datetime) -> None:
    """Count the failure for the person, the network and the whole installation, and log it."""
    for limit in SIGNS_OF_GUESSING:
        note_failure(limit.scope, _key_of(limit, attempt.username, attempt.network), window=limit.window, now=now)
    record(None, "account.log_in_failed", kind="account", known=attempt.account_id is not None)


def log_in(attempt: LogInAttempt, *, now: datetime) -> str:
    """Start a session after the password fitted and give its token; the own tries are forgotten.

    Refuses an account that was disabled meanwhile.
    """
    account = queries.get_account_by_id(attempt.account_id or 0)
    if not account.is_active:
        raise RuleViolation("账号已停用。请找系统管理员。")
    forget_failures(OWN_TRIES.scope, f"{attempt.username}|{attempt.network}")
    token = start_session(account, now=now)
    record(account.as_actor(), "account.log_in", account)
    return token


def start_session(account: Account, *, role: Role | None = None, now: datetime) -> str:
    """A new log-in session of the account; gives the token for its cookie. The oldest beyond ten end."""
    token = secrets.token_urlsafe(32)
    chosen = role if role in account.roles else _usual_role(account)
    open_sessions = queries.list_open_sessions(account.id)
    for old in open_sessions[: max(0, len(open_sessions) + 1 - SESSIONS_AT_ONCE)]:
        old.ended_at = now
    db.session.add(
        LoginSession(
            token_digest=queries.digest_of_token(token),
            account_id=account.id,
            role=chosen,
            created_at=now,
            last_seen_at=now,
        )
    )
    db.session.flush()
    return token


def pick_role(session: LoginSession, role: Role) -> None:
    """Work in this role from now on; refuses a role that the account does not hold."""
    if role not in session.account.roles:
        raise RuleViolation("您没有这个岗位。请从列表里选。")
    before, session.role = session.role, role
    record(session.account.as_actor(role), "account.pick_role", session.account, before=before or "", after=role)


def log_out(session: LoginSession, *, now: datetime) -> None:
    """End this session; its cookie is worth nothing from the next request on."""
    session.ended_at = now
    record(session.account.as_actor(session.role), "account.log_out", session.account)


def end_all_sessions(account: Account, *, now: datetime) -> int:
    """End every session of the account and say how many there were."""
    open_sessions = queries.list_open_sessions(account.id)
    for session in open_sessions:
        session.ended_at = now
    return len(open_sessions)


def close_expired_session(session_id: int, *, now: datetime) -> None:
    """Keep on record that the session ran out, so that a clock set back does not revive it (B254)."""
    session = db.session.get(LoginSession, session_id)
    if session is not None and session.ended_at is None:
        session.ended_at = now


def mark_seen(session_id: int, *, now: datetime) -> None:
    """The session is in use."""
    session = db.session.get(LoginSession, session_id)
    if session is not None and session.ended_at is None and session.last_seen_at < now:
        session.last_seen_at = now


def _usual_role(account: Account) -> Role | None:
    if len(account.roles) == 1:
        return next(iter(account.roles))
    last = queries.find_last_role(account.id)
    return last if last in account.roles else None


def _tries_left_to(username: str, network: str, now: datetime) -> int:
    guessed_at = any(
        is_exhausted(limit.scope, _key_of(limit, username, network), limit=limit.failures, now=now)
        for limit in SIGNS_OF_GUESSING
    )
    return TRIES_WHILE_GUESSED_AT if guessed_at else OWN_TRIES.failures


def _key_of(limit: GuessingLimit, username: str, network: str) -> str:
    return {"login.person": username, "login.network": network}.get(limit.scope, "")
