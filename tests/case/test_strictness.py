"""Tiers and permissions are ordered: what is stricter is less, whoever asks."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from weaklink.quantities import ALLOWS, TIERS, Allows, Tier


def test_the_strictest_comes_first() -> None:
    assert (min(TIERS), max(TIERS)) == (Tier.EMERGENCY, Tier.PREVENTION)
    assert (min(ALLOWS), max(ALLOWS)) == (Allows.NOTHING, Allows.ALL)


@pytest.mark.parametrize("words", [TIERS, ALLOWS])
def test_one_word_is_stricter_than_every_later_one(words: tuple[Tier, ...] | tuple[Allows, ...]) -> None:
    for stricter, looser in itertools.combinations(words, 2):
        assert stricter < looser
        assert looser > stricter
        assert stricter <= looser <= looser
        assert not stricter >= looser


def test_a_word_from_a_file_is_held_against_the_order_and_not_the_alphabet() -> None:
    assert Tier.WITHIN_WEEK < "see-professional"
    assert Tier.SEE_PROFESSIONAL > "within-week"
    assert Tier.PREVENTION > "emergency"
    with pytest.raises(ValueError, match="soon"):
        assert Tier.EMERGENCY < "soon"


def test_the_words_in_files_and_answers_stay_what_they_were() -> None:
    assert msgspec.json.encode([Tier.SAME_DAY, Allows.NO_IMPACT]) == b'["same-day","no-impact"]'
    assert msgspec.convert("self-manage", Tier) is Tier.SELF_MANAGE
    assert f"{Allows.ALL}" == "all"
