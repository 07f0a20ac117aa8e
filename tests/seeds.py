"""Real filled-in forms from a folder beside the project, if there is one. Tests use SEEDS as parameters."""

import os
from pathlib import Path

FOLDER = Path(os.environ.get("ALLIANCE_SEEDS") or Path(__file__).resolve().parents[2] / "shared" / "seeds")
SEEDS = sorted(FOLDER.glob("*.txt")) if FOLDER.is_dir() else []
