"""Strangers: what the gate notes in a request about who sent it, for the pages to read."""

from __future__ import annotations

from starlette.types import Scope

FROM_NETWORK = "weaklink.network"  # in the scope: the request came from beyond this machine
BY_DEVICE = "weaklink.device"  # in the scope: the paired device it came from


def is_stranger(scope: Scope) -> bool:
    """Whether a request that was let through came from a device that is not paired."""
    return bool(scope.get(FROM_NETWORK)) and scope.get(BY_DEVICE) is None
