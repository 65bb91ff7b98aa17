"""The duty rosters of the demonstration centre: posts at windows, this month and the next published, requests open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.access.permissions import Actor, Role
from app.booking import actions
from app.booking.actions import PostDetails
from app.booking.models import DutyPost
from app.booking.queries.own_duty import list_slots_of_person
from app.booking.rules.duty_requests import HalfSlot
from app.booking.rules.rosters import days_of, next_month
from app.booking.rules.words import HalfDay
from app.law import clock
from app.law.calendar import Calendar
from app.people.models import Account

POSTS: Mapping[str, PostDetails] = {
    "hall": PostDetails("信访接待", "接待大厅 1 号窗口", Role.RECEPTIONIST, 1, 1),
    "mediation": PostDetails("调解值班", "第一调解室窗口", Role.MEDIATOR, 2, 2),
    "lawyer": PostDetails("律师咨询", "接待大厅 2 号窗口", Role.LAWYER, 1, 1),
    "judge": PostDetails("法官指导", "接待大厅 3 号窗口", Role.JUDGE, 1, 1),
    "counsel": PostDetails("心理疏导", "心理咨询室", Role.COUNSELOR, 1, 0),
    "review": PostDetails("复议窗口", "接待大厅 4 号窗口", Role.RECONSIDERATION_OFFICER, 1, 1),
    "records": PostDetails("记录", "听证室", Role.RECORDER, 1, 1),
}
WHOLE, MORNING, AFTERNOON = tuple(HalfDay), (HalfDay.MORNING,), (HalfDay.AFTERNOON,)
EVERY_DAY = range(5)
MAKE_UP_AS = 0
TEMPLATE = "平常周"


@dataclass(frozen=True)
class Turn:
    """Who serves where on which weekdays (Monday is 0) and halves; `only` then, and at no other time."""

    username: str
    post: str
    weekdays: Iterable[int] = EVERY_DAY
    halves: tuple[HalfDay, ...] = WHOLE
    only: bool = False


TURNS = (
    Turn("gongli", "hall"),
    Turn("dingguoan", "mediation"),
    Turn("fangsuzhen", "mediation"),
    Turn("shimingxuan", "mediation"),
    Turn("luowenbin", "lawyer", (1, 3), only=True),
    Turn("songyuqing", "lawyer", (0, 2, 4), only=True),
    Turn("helixin", "judge", EVERY_DAY, MORNING, only=True),
    Turn("jimeng", "judge", (0, 1, 2, 3), AFTERNOON, only=True),
    Turn("shenlan", "counsel", (0, 1, 2), MORNING, only=True),
    Turn("luyao", "counsel", (3, 4), MORNING, only=True),
    Turn("duanwentao", "review", (0, 1, 2), only=True),
    Turn("yinjie", "review", (3, 4), only=True),
    Turn("hejing", "records"),
    Turn("wenning", "records"),
)
LEAVE_AFTER, LEAVE_DAYS = timedelta(days=9), timedelta(days=1)
ASK_AFTER = timedelta(days=3)


def make_rosters(area_id: int, people: Mapping[str, Account], calendar: Calendar, now: datetime, by: Actor) -> None:
    """Publish this month and the next, keep the ordinary week, grant one leave and leave two requests open."""
    today = clock.local_date(now)
    posts = {key: actions.create_post(details, area_id, by=by) for key, details in POSTS.items()}
    this_month = today.replace(day=1)
    for month, published_at in ((this_month, clock.from_local(this_month, time(8, 30))), (next_month(this_month), now)):
        _publish(area_id, month, people, posts, calendar, min(published_at, now), by)
    full_week = next(day for day in days_of(next_month(this_month)) if day.weekday() == 0)
    actions.save_week_as_template(area_id, TEMPLATE, full_week, by=by)
    away = people["shenlan"]
    actions.enter_leave(away, today + LEAVE_AFTER, today + LEAVE_AFTER + LEAVE_DAYS, by=by)
    _ask(people, today, now)


def _publish(
    area_id: int,
    month: date,
    people: Mapping[str, Account],
    posts: Mapping[str, DutyPost],
    calendar: Calendar,
    now: datetime,
    by: Actor,
) -> None:
    roster = actions.open_roster(area_id, month)
    days = [day for day in days_of(month) if calendar.is_working_day(day)]
    for turn in TURNS:
        account, weekdays = people[turn.username], set(turn.weekdays)
        if turn.only:
            actions.plan_off(roster, account, days, WHOLE, by=by, today=month)
        own = [day for day in days if (day.weekday() if day.weekday() in EVERY_DAY else MAKE_UP_AS) in weekdays]
        actions.plan_on(roster, account, posts[turn.post], own, turn.halves, by=by, today=month)
    actions.publish_roster(roster, by=by, now=now)


def _ask(people: Mapping[str, Account], today: date, now: datetime) -> None:
    """A lawyer asks another to exchange two mornings; a reconsideration officer found somebody to step in."""
    luo, song = people["luowenbin"], people["songyuqing"]
    given, taken = _next_morning(luo, today), _next_morning(song, today)
    actions.ask_for_swap(luo, song, given, taken, "当天上午开庭", by=luo.as_actor(), now=now)
    yin, duan = people["yinjie"], people["duanwentao"]
    cover = actions.ask_for_cover(yin, duan, _next_morning(yin, today), "外出学习", by=yin.as_actor(), now=now)
    actions.agree_to_request(cover, by=duan.as_actor(), now=now)


def _next_morning(account: Account, today: date) -> HalfSlot:
    first = today + ASK_AFTER
    slots = list_slots_of_person(account.id, first, next_month(first) + timedelta(days=20))
    return next(HalfSlot(slot.day, slot.half) for slot in slots if slot.half is HalfDay.MORNING)
