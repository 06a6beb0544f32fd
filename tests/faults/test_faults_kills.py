"""Commands killed at random moments; ``python tests/faults`` does it many more times."""

from random import Random

import pytest
from kills import killed
from scenes import SCENES, staged

pytestmark = pytest.mark.long

KILLS = 4


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_killed_at_any_moment(scene, tmp_path):
    """What was acknowledged is there, nothing is half there, and the next command runs."""
    stage = staged(scene, tmp_path)

    tally = killed(stage, tmp_path / "run" / "diary.db", Random(21), KILLS)

    assert tally.wrong == ()
