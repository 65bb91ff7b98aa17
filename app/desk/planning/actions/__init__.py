"""The acts of planning: asking for a plan, making it, carrying out what was accepted of it."""

from app.desk.planning.actions.accepting import accept_places, choose_places
from app.desk.planning.actions.asking import ask_for_plan, ask_for_replan
from app.desk.planning.actions.making import make_plan

__all__ = ["accept_places", "ask_for_plan", "ask_for_replan", "choose_places", "make_plan"]
