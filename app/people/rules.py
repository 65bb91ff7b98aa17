"""Who may be an account: user names, passwords, roles that exclude each other, how long a log-in lives.

Pure. The limits on guessing are here too: few tries a person and network, fewer while somebody is guessing at large.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.access.permissions import Role
from app.errors import DomainError, RuleViolation

IDLE_LIMIT = timedelta(minutes=30)
LONGEST_SESSION = timedelta(hours=12)
SEEN_STEP = timedelta(minutes=1)
SESSIONS_AT_ONCE = 10

USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD_BYTES = 1024
KINDS_WANTED = 3
LONG_PASSPHRASE = 20
COMMON_WORDS = (
    "password", "passw0rd", "p@ssword", "p@ssw0rd", "qwerty", "qazwsx", "1qaz2wsx", "asdfgh", "zxcvbn", "iloveyou",
    "welcome", "letmein", "abc123", "admin123", "woaini", "123456", "654321", "111111", "000000", "888888", "666666",
)  # fmt: skip
OFFICERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
PROFESSIONALS = frozenset(
    {
        Role.MEDIATOR,
        Role.LAWYER,
        Role.JUDGE,
        Role.COUNSELOR,
        Role.HEARING_CHAIR,
        Role.HEARING_PANELIST,
        Role.RECONSIDERATION_OFFICER,
    }
)

ROLE_LABELS: Mapping[Role, str] = {
    Role.RECEPTIONIST: "登记接待",
    Role.COORDINATOR: "排期员",
    Role.MEDIATOR: "调解员",
    Role.RECORDER: "记录员",
    Role.HEARING_CHAIR: "听证主持人",
    Role.HEARING_PANELIST: "听证员",
    Role.LAWYER: "值班律师",
    Role.JUDGE: "值班法官",
    Role.RECONSIDERATION_OFFICER: "复议人员",
    Role.COUNSELOR: "心理咨询师",
    Role.LEADER: "领导",
    Role.COMMITTEE_CLERK: "调委会工作人员",
    Role.HANDLING_UNIT_CLERK: "承办单位工作人员",
    Role.STREET_CLERK: "街道社区工作人员",
    Role.ADMINISTRATOR: "系统管理员",
    Role.AUDITOR: "审计员",
}


class LoginRefused(DomainError):
    """User name and password do not fit; the text never says which of them is wrong."""

    status = 401


@dataclass(frozen=True)
class GuessingLimit:
    """So many failures within the window."""

    scope: str
    failures: int
    window: timedelta


OWN_TRIES = GuessingLimit("login.person_network", 5, timedelta(minutes=15))
SIGNS_OF_GUESSING = (
    GuessingLimit("login.person", 20, timedelta(hours=1)),
    GuessingLimit("login.network", 60, timedelta(minutes=15)),
    GuessingLimit("login.everywhere", 1000, timedelta(minutes=5)),
)
"""Where one of these is reached, each person has one try a window in each network; nobody is shut out."""
TRIES_WHILE_GUESSED_AT = 1


def check_username(username: str) -> str:
    """The user name in small letters; refuses look-alikes, hidden characters and odd lengths (B043, B044)."""
    folded = username.strip(" ").lower()
    if not (username.isascii() and USERNAME.fullmatch(folded)):
        raise RuleViolation("用户名用 3 到 40 个英文小写字母、数字、点、短横或下划线，以字母开头。", rule="B043")
    return folded


def check_password(password: str, *, username: str, name: str, organisation: str) -> None:
    """Refuse a password that is short, long, common or made of the person's own words (B042)."""
    _check_password_size(password)
    lowered = password.lower()
    for word in (username, name, organisation):
        if len(word) > 1 and word.lower() in lowered:
            raise RuleViolation("密码里不要有用户名、姓名或单位名。请换一个。", rule="B042")
    rest = _without_common_words(lowered)
    if len(rest) < SHORTEST_PASSWORD // 2 or len(set(rest)) < 5:
        raise RuleViolation("这个密码太常见，容易被猜到。请换一个。", rule="B042")
    if len(password) < LONG_PASSPHRASE and _count_kinds(password) < KINDS_WANTED:
        raise RuleViolation(
            "密码要有大写字母、小写字母、数字、其他字符中的三种；或者写成 20 个字以上的一句话。", rule="B042"
        )


def is_hashable(password: str) -> bool:
    """Whether the password is short enough to be hashed at all (B027)."""
    return 0 < len(password.encode(errors="replace")) <= LONGEST_PASSWORD_BYTES


def check_roles(roles: frozenset[Role]) -> None:
    """Refuse no role, and an officer who holds any other role: 管理权限分离 (B046)."""
    if not roles:
        raise RuleViolation("请至少选一个岗位。")
    if roles & OFFICERS and len(roles) > 1:
        raise RuleViolation("系统管理员、审计员不能兼任其他岗位。请分开建账号。", rule="B046")


def is_session_alive(*, created_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """Idle for less than 30 minutes and at most 12 hours old (P52)."""
    return now - last_seen_at < IDLE_LIMIT and now - created_at < LONGEST_SESSION


def _check_password_size(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise RuleViolation(f"密码至少 {SHORTEST_PASSWORD} 个字。", rule="B042")
    if not is_hashable(password):
        raise RuleViolation("密码太长了，最多 1024 个字节。", rule="B027")


def _without_common_words(lowered: str) -> str:
    for word in COMMON_WORDS:
        lowered = lowered.replace(word, "")
    return lowered


def _count_kinds(password: str) -> int:
    kinds = {
        "upper" if "A" <= c <= "Z" else "lower" if "a" <= c <= "z" else "digit" if "0" <= c <= "9" else "other"
        for c in password
    }
    return len(kinds)
