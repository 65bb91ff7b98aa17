"""The page of one matter: clocks above all, its path, the next step, and what every package has to say about it.

It lives in this face because it shows mediation, opinions and linkage; its address and name are the matter's own.
"""

from collections.abc import Callable
from typing import Any

from flask import render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app.access.guards import current_actor, permission_required
from app.access.permissions import Permission, is_allowed
from app.counsel.queries import list_of_matter
from app.desk.acts import list_acts
from app.desk.matter_path import path_of
from app.desk.next_step import Situation, next_step
from app.desk.routes import bp
from app.desk.routes.papers import addresses_of, may_open
from app.documents.models import IssuedPaper
from app.documents.papers import get_paper_type
from app.documents.queries import list_papers_of_matter
from app.hearings.queries.hearings import find_open_hearing
from app.law import clock
from app.law.citizen_id import age_on
from app.linkage.queries import find_case, find_linkage_of
from app.matters.models import Matter, Party
from app.matters.queries import get_matter
from app.matters.queries.handling import (
    find_open_objection,
    find_opinion,
    find_undecided_recusal,
    list_clocks,
)
from app.matters.queries.screening import answers_of_sides, list_parties
from app.matters.queries.story import Happening, list_looks, tell_story
from app.matters.routes.presenting import clock_item, moment_short, pill_of
from app.matters.routes.revealing import MASKS
from app.matters.rules import LABELS, Capacity
from app.matters.rules.entering import has_all_consents
from app.people.queries import names_of
from app.remedies.queries import find_reconsideration, list_help, list_remedies
from app.remedies.rules import RemedyStatus

MOST_CLOCKS = 4
SHORT_STORY = 6


@permission_required(Permission.MATTER_READ, of=get_matter)
def show(matter: Matter) -> ResponseReturnValue:
    """Everything at a glance: clocks, path, what happened, parties, papers, the next step."""
    lines = _lines(tell_story(matter))
    return _page(matter, "matters/show.html", "show", lines=lines[:SHORT_STORY], line_count=len(lines))


@permission_required(Permission.MATTER_READ, of=get_matter)
def show_story(matter: Matter) -> ResponseReturnValue:
    """All that happened."""
    return _page(matter, "matters/story.html", "show", lines=_lines(tell_story(matter)))


@permission_required(Permission.MATTER_READ, of=get_matter)
def show_papers(matter: Matter) -> ResponseReturnValue:
    """All papers of the matter."""
    return _page(matter, "matters/papers.html", "show_papers")


@permission_required(Permission.MATTER_READ, of=get_matter)
def show_parties(matter: Matter) -> ResponseReturnValue:
    """Every party with masked details, guardians and proxies."""
    return _page(matter, "matters/parties.html", "show_parties")


@permission_required(Permission.MATTER_READ, of=get_matter)
def show_opinions(matter: Matter) -> ResponseReturnValue:
    """The lawyers' opinions on the matter, as far as one may read them."""
    return _page(matter, "matters/opinions.html", "show_opinions")


@permission_required(Permission.MATTER_HISTORY, of=get_matter)
def show_history(matter: Matter) -> ResponseReturnValue:
    """Who looked at which masked value, and what for."""
    return _page(matter, "matters/history.html", "show_history", lines=_lines(list_looks(matter)))


ADDRESSES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("/matters/<public_id>", "show", show),
    ("/matters/<public_id>/story", "show_story", show_story),
    ("/matters/<public_id>/papers", "show_papers", show_papers),
    ("/matters/<public_id>/parties", "show_parties", show_parties),
    ("/matters/<public_id>/opinions/list", "show_opinions", show_opinions),
    ("/matters/<public_id>/history", "show_history", show_history),
)


@bp.record
def add_addresses(state: BlueprintSetupState) -> None:
    """Register the pages under the matter's own names."""
    for address, name, view in ADDRESSES:
        state.app.add_url_rule(address, endpoint=f"matters.{name}", view_func=view, methods=["GET"])


def _page(matter: Matter, template: str, tab: str, **values: Any) -> ResponseReturnValue:
    today = clock.today()
    actor = current_actor()
    view = matter.access_view()
    parties = list_parties(matter.id)
    clocks = list_clocks(matter.id)
    linkage = find_linkage_of(matter.id)
    opinions = _readable_opinions(matter)
    papers = [paper for paper in reversed(list_papers_of_matter(matter.id)) if may_open(actor, paper, matter)]
    situation = Situation(
        matter=matter,
        has_all_consents=has_all_consents(answers_of_sides(parties), is_collective=matter.visit.is_collective),
        linkage=linkage,
        case=find_case(linkage) if linkage else None,
        objection=find_open_objection(matter.id),
        recusal=find_undecided_recusal(matter.id),
        opinion=find_opinion(matter.id),
        waiting_opinions=sum(1 for row in opinions if row.status.value == "submitted"),
        remedies=tuple(row for row in list_remedies(matter.id) if row.status is not RemedyStatus.WITHDRAWN),
        reconsideration=find_reconsideration(matter),
        hearing=find_open_hearing(matter),
    )
    return render_template(
        template,
        matter=matter,
        pills=_pills(matter),
        clocks=[clock_item(row, today) for row in clocks if row.is_open][:MOST_CLOCKS],
        path=path_of(situation),
        step=next_step(situation, actor),
        acts=list_acts(situation, actor),
        parties=[_party(party, today) for party in parties],
        papers=[_paper(paper, matter) for paper in papers],
        opinions=opinions,
        people=_people(matter),
        tabs=_tabs(matter, tab, papers=len(papers), parties=len(parties), opinions=len(opinions))
        + _remedy_tabs(situation),
        reconsideration=situation.reconsideration,
        may_reveal=is_allowed(actor, Permission.MATTER_REVEAL, view),
        may_read=is_allowed(actor, Permission.MATTER_READ_CONTENT, view),
        may_edit=is_allowed(actor, Permission.MATTER_EDIT, view) and matter.is_open,
        linkage=linkage,
        case=situation.case,
        objection=situation.objection,
        handling_opinion=situation.opinion,
        **values,
    )


def _lines(story: list[Happening]) -> list[dict[str, str]]:
    """The story as the timeline shows it."""
    return [{"time": moment_short(row.at), "text": f"{row.text} · {row.who}", "note": row.detail} for row in story]


def _pills(matter: Matter) -> list[tuple[str, str]]:
    pills = [pill_of(matter.status)]
    if matter.is_repeat:
        pills.append(("重复信访", "idle"))
    pills.append((LABELS[matter.kind], "idle"))
    return pills


def _tabs(matter: Matter, current: str, **counts: int) -> list[dict[str, Any]]:
    view = matter.access_view()
    actor = current_actor()
    # Whoever may ask a lawyer finds the form beside the list.
    opinions = (
        "counsel.show_request" if is_allowed(actor, Permission.OPINION_REQUEST, view) else "matters.show_opinions"
    )
    tabs = [
        ("matters.show", "经过", None, Permission.MATTER_READ),
        ("matters.show_papers", "文书", counts["papers"], Permission.MATTER_READ),
        ("matters.show_parties", "当事人", counts["parties"], Permission.MATTER_READ),
        (opinions, "律师意见", counts["opinions"], Permission.OPINION_LIST),
        ("matters.show_history", "查阅记录", None, Permission.MATTER_HISTORY),
    ]
    return [
        {
            "label": label,
            "url": url_for(endpoint, public_id=matter.public_id),
            "count": count,
            "current": endpoint == f"matters.{current}",
        }
        for endpoint, label, count, permission in tabs
        if is_allowed(actor, permission, view)
    ]


def _remedy_tabs(situation: Situation) -> list[dict[str, Any]]:
    """The way to review and recheck once there is an opinion, a request or help."""
    matter = situation.matter
    count = len(situation.remedies)
    if not (situation.opinion or count or list_help(matter.id)):
        return []
    if not is_allowed(current_actor(), Permission.REMEDY_READ, matter.access_view()):
        return []
    url = url_for("remedies.show_remedies", public_id=matter.public_id)
    return [{"label": "复查复核", "url": url, "count": count or None, "current": False}]


def _readable_opinions(matter: Matter) -> list[Any]:
    actor = current_actor()
    return [row for row in list_of_matter(matter) if is_allowed(actor, Permission.OPINION_READ, row.access_view())]


def _paper(paper: IssuedPaper, matter: Matter) -> dict[str, Any]:
    file, word = addresses_of(current_actor(), paper, matter)
    return {"paper": paper, "title": get_paper_type(paper.type_name).title, "file": file, "word": word}


def _party(party: Party, today: Any) -> dict[str, Any]:
    """One row of the parties' table; every personal value is masked here, not in the browser."""
    return {
        "party": party,
        "age": _age(party, today),
        "masked": {field: mask(getattr(party, field)) for field, mask in MASKS.items() if field != "name"},
        "proxies": [
            {"proxy": proxy, "phone": MASKS["phone"](proxy.phone), "is_valid": proxy.is_valid_on(today)}
            for proxy in party.proxies
        ],
    }


def _age(party: Party, today: Any) -> str:
    if not party.birth_date:
        return ""
    return f"{age_on(type(today).fromisoformat(party.birth_date), today)} 岁"


def _people(matter: Matter) -> list[tuple[str, str]]:
    """Who works on it now, by capacity."""
    barred = {row.account_id for row in matter.involvements if row.is_barred}
    live = [row for row in matter.involvements if row.ended_on is None and row.account_id not in barred]
    names = names_of(row.account_id for row in live)
    lines: dict[Capacity, list[str]] = {}
    for row in live:
        lines.setdefault(row.capacity, []).append(names[row.account_id])
    return [(LABELS[capacity], "、".join(people)) for capacity, people in lines.items()]
