"""What the staff's frame shows: the menu with what waits for me, who I am, which day it is."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from app.access.permissions import Actor, Permission, Role, is_allowed
from app.booking.queries.own_duty import count_requests_waiting
from app.counsel.queries import count_waiting_for
from app.law import clock
from app.law.dates import format_date, format_weekday
from app.matters.queries.listing import count_unscreened
from app.people.rules import ROLE_LABELS
from app.privacy.masking import mask_name
from app.settings.queries import calendar

OFFICE = frozenset({Role.COORDINATOR, Role.LEADER})
HALL = OFFICE | {
    Role.RECEPTIONIST,
    Role.STREET_CLERK,
    Role.HANDLING_UNIT_CLERK,
    Role.COMMITTEE_CLERK,
    Role.RECONSIDERATION_OFFICER,
}
MEDIATION = OFFICE | {Role.MEDIATOR, Role.RECORDER, Role.COMMITTEE_CLERK}
COUNSEL = OFFICE | {Role.LAWYER, Role.JUDGE, Role.COMMITTEE_CLERK}
SCREENERS = frozenset({Role.COORDINATOR, Role.RECEPTIONIST})
RECONSIDERATION = OFFICE | {Role.RECONSIDERATION_OFFICER}
HEARINGS = RECONSIDERATION | {
    Role.RECEPTIONIST,
    Role.RECORDER,
    Role.HEARING_CHAIR,
    Role.HEARING_PANELIST,
    Role.HANDLING_UNIT_CLERK,
}
EVERYBODY = frozenset(Role)


@dataclass(frozen=True)
class Entry:
    """One line of the menu: who sees it, and what it leads to."""

    label: str
    url: str
    icon: str
    permission: Permission
    roles: frozenset[Role] = EVERYBODY


GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "今日",
        (
            Entry("今日工作台", "/desk", "layout-dashboard", Permission.CALENDAR_SEE),
            Entry("排期日历", "/calendar", "calendar-clock", Permission.CALENDAR_SEE),
            Entry("值班表", "/duty", "users-group", Permission.CALENDAR_SEE),
        ),
    ),
    (
        "事项",
        (
            Entry("信访事项", "/matters", "inbox", Permission.MATTER_LIST, HALL),
            Entry("甄别导入", "/screening", "git-branch", Permission.MATTER_LIST, SCREENERS),
            Entry("期限总览", "/clocks", "clock-hour-4", Permission.MATTER_LIST, HALL | MEDIATION),
        ),
    ),
    (
        "办理",
        (
            Entry("调解案件", "/mediations", "messages", Permission.MEDIATION_LIST, MEDIATION),
            Entry("听证", "/hearings", "gavel", Permission.HEARING_LIST, HEARINGS),
            Entry("律师意见", "/opinions", "scale", Permission.OPINION_LIST, COUNSEL),
            Entry("行政复议", "/reconsiderations", "building", Permission.RECONSIDERATION_LIST, RECONSIDERATION),
        ),
    ),
    (
        "文书与签署",
        (
            Entry("协议", "/agreements", "file-text", Permission.AGREEMENT_LIST, MEDIATION),
            Entry("集体签约", "/signing-days", "writing-sign", Permission.SIGNING_DAY_LIST, MEDIATION),
            Entry("履行", "/performance", "calendar-event", Permission.AGREEMENT_LIST, MEDIATION),
            Entry("待发消息", "/messages", "send", Permission.ACCESS_LINK_ISSUE),
        ),
    ),
    (
        "设置",
        (
            Entry("设置", "/settings", "settings", Permission.SETTINGS_MANAGE),
            Entry("账号与岗位", "/settings/accounts", "users", Permission.ACCOUNT_MANAGE),
            Entry("单位", "/settings/organisations", "building", Permission.ACCOUNT_MANAGE),
            Entry("场所", "/settings/rooms", "door", Permission.CALENDAR_MANAGE),
            Entry("文书用语", "/settings/wording", "file-text", Permission.WORDING_WRITE),
            Entry("审计日志", "/settings/audit", "history", Permission.AUDIT_READ),
        ),
    ),
)


def init_app(app: Flask) -> None:
    """Give the staff's frame its values."""
    app.context_processor(frame_values)
    app.jinja_env.filters["masked_name"] = mask_name


def frame_values() -> dict[str, Any]:
    """What base.html asks for; nothing for a visitor and on petitioners' pages."""
    if not current_user or not current_user.is_authenticated or request.path.startswith("/p/"):
        return {}
    actor: Actor = current_user.as_actor()
    today = clock.today()
    mark = calendar().day_kind(today)
    organisation = current_user.account.organisation
    return {
        "menu": menu_for(actor),
        "account": {"name": actor.name, "role_label": "、".join(ROLE_LABELS[role] for role in actor.roles)},
        "account_links": _account_links(),
        "centre_name": organisation.centre_name or organisation.short_name or organisation.name,
        "today_text": f"{format_date(today)} {format_weekday(today)}",
        "day_kind": f"{mark.mark} {mark.name}".strip() if mark.mark != "工作日" else mark.mark,
        "search_text": request.args.get("q", "")[:60] if request.path == "/search" else "",
    }


def menu_for(actor: Actor) -> list[dict[str, Any]]:
    """The groups with the entries that the person may open; counts are what waits for him."""
    counts = _counts(actor)
    groups = []
    for label, entries in GROUPS:
        shown = [_line(entry, counts) for entry in entries if _is_open_to(actor, entry)]
        if shown:
            groups.append({"label": label, "entries": shown})
    return groups


def _is_open_to(actor: Actor, entry: Entry) -> bool:
    return bool(actor.roles & entry.roles) and is_allowed(actor, entry.permission) and entry.url in _known_urls()


def _known_urls() -> frozenset[str]:
    known: frozenset[str] | None = current_app.extensions.get("menu_urls")
    if known is None:
        known = frozenset(rule.rule for rule in current_app.url_map.iter_rules())
        current_app.extensions["menu_urls"] = known
    return known


def _line(entry: Entry, counts: dict[str, str]) -> dict[str, Any]:
    path = request.path
    return {
        "label": entry.label,
        "url": entry.url,
        "icon": entry.icon,
        "count": counts.get(entry.url, ""),
        "current": path == entry.url or (path.startswith(f"{entry.url}/") and entry.url != "/settings"),
    }


def _counts(actor: Actor) -> dict[str, str]:
    """At most three cheap counts; nought is not shown."""
    counts = {}
    if is_allowed(actor, Permission.CALENDAR_SEE):
        approves = is_allowed(actor, Permission.CALENDAR_MANAGE)
        counts["/duty"] = str(count_requests_waiting(actor.account_id, _area_of(actor) if approves else None))
    if actor.roles & SCREENERS:
        counts["/screening"] = count_unscreened(actor)
    if actor.roles & {Role.LAWYER, Role.JUDGE, Role.COORDINATOR}:
        counts["/opinions"] = str(count_waiting_for(actor))
    return {url: count for url, count in counts.items() if count != "0"}


def _area_of(actor: Actor) -> int:
    return actor.organisation_path[0] if actor.organisation_path else actor.organisation_id


def _account_links() -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = []
    if len(current_user.account.role_rows) > 1:
        links.append({"label": "换一个岗位", "url": url_for("people.show_roles")})
    links.append({"label": "改密码", "url": url_for("people.show_password")})
    links.append({"label": "退出", "url": url_for("people.log_out"), "post": True})
    return links
