"""The scenarios at their own dates: the water leak (S06), the scratched e-bike (S08), the retirees in small (S01)."""

from app.demo.cast import Cast
from app.demo.office import Office
from app.demo.story_time import StoryTime


def tell_scenarios(office: Office, cast: Cast, time: StoryTime) -> None:
    """Tell the scenarios in the order of their dates."""
