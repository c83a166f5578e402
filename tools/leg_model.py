"""The leg model for the tools: what `weaklink.mechanics.leg_model` and `leg_spec` hold, by one name."""

from weaklink.mechanics.leg_model import (
    CONTACT_AXES,
    GRAVITY,
    Array,
    LegModel,
    Motion,
    Push,
)
from weaklink.mechanics.leg_spec import Size

__all__ = ["CONTACT_AXES", "GRAVITY", "Array", "LegModel", "Motion", "Push", "Size"]
