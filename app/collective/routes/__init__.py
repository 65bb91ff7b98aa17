"""The pages of a settlement with many claimants."""

from flask import Blueprint

from app.collective import models as models  # The tables are known once the pages are.
from app.collective.rules import LABELS
from app.privacy import masking
from app.web import labels

bp = Blueprint("collective", __name__)
labels.register(LABELS)
for name, mask in {
    "masked_id_number": masking.mask_id_number,
    "masked_phone": masking.mask_phone,
    "masked_address": masking.mask_address,
}.items():
    bp.add_app_template_filter(mask, name)

from app.collective.routes import (  # noqa: E402, F401  # the pages register themselves on bp
    batch,
    claimants,
    confirming,
    report,
    roster,
    roster_import,
    settlement,
    visits,
)
