"""The disputes of the demonstration month, from `month.csv`: short ones, of whose mediation only sittings are told."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from app.demo.disputes import Dispute, Side, Stage

FILE = Path(__file__).with_name("month.csv")
FEN = 100


def read_disputes() -> list[Dispute]:
    """Every line of the file as a dispute in mediation, in its order."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [_dispute(row) for row in csv.DictReader(lines)]


def _dispute(row: Mapping[str, str]) -> Dispute:
    return Dispute(
        subject=row["subject"],
        dispute_type=row["type"],
        claim=row["claim"],
        facts=row["facts"],
        amount_fen=int(row["yuan"]) * FEN,
        petitioner=_side(row, "petitioner"),
        respondent=_side(row, "opponent"),
        days_ago=0,
        stage=Stage.MEDIATING,
    )


def _side(row: Mapping[str, str], side: str) -> Side:
    born = row[f"{side}_born"]
    if not born:
        return Side(row[side], head=row[f"{side}_head"])
    return Side(row[side], date.fromisoformat(born), is_woman=row[f"{side}_sex"] == "女")
