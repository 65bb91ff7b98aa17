"""Facts of the minutes of a hearing, signed on each page, and of the note that may be added after signing."""

from dataclasses import dataclass
from datetime import date, time
from math import ceil

from app.documents.papers.hearings import HearingFacts, HearingOfficer
from app.documents.papers.people import Attendee
from app.errors import RuleViolation

BREAK_KINDS = {"recess": "休会", "resume": "恢复听证"}
# A line holds 25 characters beside the speaker, a page 23 lines: enough to know long minutes before they are set.
LINE_CHARACTERS, PAGE_LINES, INDEX_FROM_PAGES = 25, 23, 20
LINE_MM = 9.0


@dataclass(frozen=True, kw_only=True)
class MinutesAttendance:
    """One line of the attendance table; `presence` and `document` are printed as they are, e.g. 是, 已核验."""

    role: str
    name: str
    detail: str = ""
    presence: str = "是"
    document: str = ""


@dataclass(frozen=True, kw_only=True)
class MinutesCorrection:
    """A correction asked for when the minutes were read: its number, old and new words, by whom, when."""

    number: int
    old: str
    new: str
    asked_by: str
    at: time | None = None


@dataclass(frozen=True, kw_only=True)
class MinutesStatement:
    """What somebody said; `speaker` is the label in front (申请人, 主持人, a panelist's name), `name` who exactly."""

    speaker: str
    text: str
    name: str = ""
    corrections: tuple[MinutesCorrection, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EvidenceOpinion:
    """What one side says about a piece of evidence."""

    speaker: str
    text: str


@dataclass(frozen=True, kw_only=True)
class MinutesEvidence:
    """A piece of evidence, numbered live: title, who presented it, what it is to prove, the sides' opinions."""

    number: int
    title: str
    presented_by: str
    proves: str = ""
    at: time | None = None
    opinions: tuple[EvidenceOpinion, ...] = ()
    corrections: tuple[MinutesCorrection, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MinutesRuling:
    """A ruling of the chair; `objection` is what it decides, e.g. 责任单位对提问方式提出异议."""

    text: str
    objection: str = ""
    at: time | None = None
    corrections: tuple[MinutesCorrection, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MinutesRoomNote:
    """What happened in the room and nobody said, e.g. somebody leaves."""

    text: str
    at: time | None = None
    corrections: tuple[MinutesCorrection, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MinutesBreak:
    """A recess or the resumption after it; `kind` is a key of BREAK_KINDS, `on` the day when it is another one."""

    kind: str
    at: time
    on: date | None = None
    reason: str = ""

    @property
    def kind_words(self) -> str:
        """休会 or 恢复听证."""
        return BREAK_KINDS[self.kind]


MinutesTurn = MinutesStatement | MinutesEvidence | MinutesRuling | MinutesRoomNote | MinutesBreak


@dataclass(frozen=True, kw_only=True)
class MinutesStage:
    """One stage in the order of R-HEAR-20; a stage that was left out has no turns and says why."""

    title: str
    turns: tuple[MinutesTurn, ...] = ()
    started_at: time | None = None
    skipped_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MinutesPassage:
    """What stays together in print: turn `at` of stage `number`, the first under its heading."""

    number: int
    stage: MinutesStage
    turns: tuple[MinutesTurn, ...]
    at: int

    @property
    def is_first(self) -> bool:
        """Whether the stage's heading stands above it."""
        return self.at == 1

    @property
    def height_mm(self) -> float:
        """About how high it is in print, in millimetres."""
        heading = 0.0
        if self.is_first:
            aside = f"（本阶段省略，理由：{self.stage.skipped_reason}）" if self.stage.skipped_reason else ""
            heading = LINE_MM * (1 + ceil(len(aside) / LINE_CHARACTERS)) + 1
        return LINE_MM * sum(map(_lines, self.turns)) + heading


@dataclass(frozen=True, kw_only=True)
class MinutesRefusal:
    """A refusal to sign: whose place (`key`), when, the reason in the person's words, what was offered, witnesses."""

    key: str
    capacity: str
    name: str
    refused_on: date
    refused_at: time
    reason: str
    offered: str = ""
    witnesses: str = ""


@dataclass(frozen=True, kw_only=True)
class HearingMinutesFacts(HearingFacts):
    """听证笔录 (R-DOC-H08, R-HEAR-25/26): signed by parties, proxies, chair and recorders on each page.

    `signers` are the parties' and proxies' places (capacity, name, key) in the foot of each page, before chair and
    recorders; panelists and `witnesses` sign at the end, as do those of `earlier`, who were there on an earlier day
    only (`detail` says when). `head_attendance` tells how the respondent's head took part.
    """

    hearing_number: str
    held_on: date
    started_at: time
    ended_at: time
    place: str
    chair: HearingOfficer
    recorders: tuple[HearingOfficer, ...]
    panelists: tuple[HearingOfficer, ...]
    attendance: tuple[MinutesAttendance, ...]
    stages: tuple[MinutesStage, ...]
    signers: tuple[Attendee, ...]
    is_public: bool = True
    closed_reason: str = ""
    ended_on: date | None = None
    head_attendance: str = ""
    refusals: tuple[MinutesRefusal, ...] = ()
    witnesses: tuple[Attendee, ...] = ()
    earlier: tuple[Attendee, ...] = ()

    def check(self) -> None:
        """Refuse minutes without signers or stages, a stage skipped without reason, wrong order of time or numbers."""
        if not (self.signers and self.recorders and self.stages):
            raise RuleViolation("笔录要有听证过程、签名人和记录员，请补齐。", rule="R-HEAR-25")
        if (self.ended_on or self.held_on, self.ended_at) < (self.held_on, self.started_at):
            raise RuleViolation("听证结束时间早于开始时间，请核对。", rule="R-HEAR-25")
        for stage in self.stages:
            if not stage.turns and not stage.skipped_reason.strip():
                raise RuleViolation(f"“{stage.title}”没有记录，也没有写明为什么省略，请补上。", rule="R-HEAR-20")
        self._check_numbers()
        self._check_keys()

    @property
    def foot_signers(self) -> tuple[Attendee, ...]:
        """Everybody who signs each page, in the order of the places."""
        return (
            *self.signers,
            Attendee(capacity="主持人", name=self.chair.name, key=self.chair.key),
            *(Attendee(capacity="记录员", name=row.name, key=row.key) for row in self.recorders),
        )

    @property
    def end_signers(self) -> tuple[Attendee, ...]:
        """Everybody who signs the last page."""
        panel = (Attendee(capacity="听证员", name=row.name, key=row.key) for row in self.panelists)
        return (*self.foot_signers, *panel, *self.witnesses, *self.earlier)

    @property
    def refused_keys(self) -> tuple[str, ...]:
        """The places of those who refused before the minutes were issued."""
        return tuple(refusal.key for refusal in self.refusals)

    @property
    def has_index(self) -> bool:
        """Whether the minutes are long enough (about 20 pages) to need an index of their stages."""
        return sum(_lines(turn) for stage in self.stages for turn in stage.turns) > PAGE_LINES * INDEX_FROM_PAGES

    @property
    def passages(self) -> tuple[MinutesPassage, ...]:
        """The stages turn by turn, in order."""
        return tuple(
            MinutesPassage(number=number, stage=stage, turns=stage.turns[at - 1 : at], at=at)
            for number, stage in enumerate(self.stages, start=1)
            for at in range(1, max(len(stage.turns), 1) + 1)
        )

    @property
    def has_short_end(self) -> bool:
        """Whether the last two passages are so short that both fit above all final signatures."""
        ends = self.passages[-2:]
        return len(ends) == 2 and sum(each.height_mm for each in ends) <= self._room_mm

    @property
    def _room_mm(self) -> float:
        """About how much of a page the refusals, signatures and the closing lines leave for text, in millimetres."""
        places, foot = len(self.end_signers), len(self.foot_signers)
        block = 234 - 12 * ceil(foot / 3)
        rows = 2 + (16 * ceil(places / 2) if places <= 12 else 15.5 * ceil(places / 3)) + 5.4 * len(self.earlier)
        told = sum(ceil((55 + len(row.reason + row.offered + row.witnesses)) / 36) for row in self.refusals)
        return block - rows - max(43.7, 16 + 7 * told) - LINE_MM - 13

    def _check_numbers(self) -> None:
        turns = [turn for stage in self.stages for turn in stage.turns]
        exhibits = [turn.number for turn in turns if isinstance(turn, MinutesEvidence)]
        corrections = [row.number for turn in turns if not isinstance(turn, MinutesBreak) for row in turn.corrections]
        if len(set(exhibits)) != len(exhibits) or len(set(corrections)) != len(corrections):
            raise RuleViolation("证据或者更正的编号有重复，请核对。", rule="R-HEAR-25")
        if any(turn.kind not in BREAK_KINDS for turn in turns if isinstance(turn, MinutesBreak)):
            raise RuleViolation("请写明是休会还是恢复听证。", rule="R-HEAR-25")

    def _check_keys(self) -> None:
        keys = [each.key for each in self.end_signers]
        if not all(keys) or len(set(keys)) != len(keys):
            raise RuleViolation("笔录的每个签名位置要对应一个人，请核对签名人。", rule="R-HEAR-26")
        if not set(self.refused_keys) <= set(keys) or any(not refusal.reason.strip() for refusal in self.refusals):
            raise RuleViolation("拒绝签名要写明是谁和理由，请补齐。", rule="INV-18")


@dataclass(frozen=True, kw_only=True)
class HearingMinutesNoteFacts(HearingFacts):
    """笔录补充说明 (R-HEAR-26): what is added after signing, on a page of its own, signed again.

    `author` asked for the note or wrote it; `signers` sign it.
    """

    minutes_number: str
    held_on: date
    author: Attendee
    text: str
    added_on: date
    signers: tuple[Attendee, ...]
    page: int | None = None
    refusals: tuple[MinutesRefusal, ...] = ()

    def check(self) -> None:
        """Refuse an empty note, one nobody signs, one from before the hearing."""
        if not self.text.strip() or not self.signers or self.added_on < self.held_on:
            raise RuleViolation("补充说明要有内容、签名人和日期，请补齐。", rule="R-HEAR-26")


def _lines(turn: MinutesTurn) -> int:
    if isinstance(turn, MinutesBreak):
        return 1
    if isinstance(turn, MinutesEvidence):
        texts = [turn.title + turn.proves, *(opinion.text for opinion in turn.opinions)]
    else:
        texts = turn.text.splitlines()
    texts += [row.old + row.new for row in turn.corrections]
    return sum(max(ceil(len(text) / LINE_CHARACTERS), 1) for text in texts)
