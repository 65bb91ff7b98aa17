"""What is typed about days and parameters, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from app.law.calendar import DayKind
from app.law.periods import UNIT_WORDS, CountingMode, Period, Unit
from app.law.profile import PARAMETERS, Profile, RecusalDecider
from app.web.forms import FormReader

YES_NO = {"1": "是", "0": "否"}
CHOICES: Mapping[type[StrEnum], Mapping[str, str]] = {
    CountingMode: {
        CountingMode.CLEAR_DAYS: "中间要隔满整个期限",
        CountingMode.INCLUSIVE: "期限的最后一天就可以办",
    },
    RecusalDecider: {RecusalDecider.ORGAN_HEAD: "本机关负责人", RecusalDecider.CHAIR: "主持人"},
}
DAY_KINDS: Mapping[str, DayKind | None] = {"rest": DayKind.REST, "work": DayKind.WORK, "plain": None}
PAUSE_BASES = "pause_bases"


@dataclass(frozen=True)
class Field:
    """How one parameter is shown and typed: as a number with a unit, a number, a choice or a time."""

    name: str
    label: str
    source: str
    kind: str
    value: str
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()


def profile_fields(profile: Profile) -> list[Field]:
    """The parameters that are set by a number, a choice or a time, with their present values."""
    return [_field(name, getattr(profile, name)) for name in PARAMETERS if name != PAUSE_BASES]


def read_profile(form: FormReader, current: Profile) -> dict[str, object]:
    """Every parameter as a plain value; bases of pauses stay as they are."""
    values: dict[str, object] = {PAUSE_BASES: dict(current.pause_bases)}
    for field in profile_fields(Profile()):
        values[field.name] = _read(form, field)
    return values


def read_day(form: FormReader) -> tuple[date, DayKind | None, str]:
    """A day, what it is and how it is called."""
    day = form.date("day", "日期")
    kind = form.option("kind", "这一天算什么", {key: key for key in DAY_KINDS}) or "plain"
    name = form.line("name", "名称", limit=60, required=False)
    form.finish()
    return day, DAY_KINDS[kind], name


def _field(name: str, value: object) -> Field:
    label, source = PARAMETERS[name].label, PARAMETERS[name].source
    if isinstance(value, Period):
        units = tuple((unit.value, word) for unit, word in UNIT_WORDS.items())
        return Field(name, label, source, "period", str(value.length), value.unit.value, units)
    if isinstance(value, bool):
        return Field(name, label, source, "choice", "1" if value else "0", options=tuple(YES_NO.items()))
    if isinstance(value, StrEnum):
        return Field(name, label, source, "choice", value.value, options=tuple(CHOICES[type(value)].items()))
    if isinstance(value, time):
        return Field(name, label, source, "time", value.strftime("%H:%M"))
    return Field(name, label, source, "number", str(value))


def _read(form: FormReader, field: Field) -> object:
    default = getattr(Profile(), field.name)
    if field.kind == "period":
        length = form.number(field.name, field.label, low=1, high=3660)
        unit = form.choice(f"{field.name}-unit", field.label, Unit)
        return {"length": length, "unit": unit.value}
    if field.kind == "time":
        return form.time(field.name, field.label).strftime("%H:%M")
    if field.kind == "number":
        return form.number(field.name, field.label, low=1, high=3660)
    chosen = form.option(field.name, field.label, {key: key for key, _ in field.options})
    return chosen == "1" if isinstance(default, bool) else chosen
