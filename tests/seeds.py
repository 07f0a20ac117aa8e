"""Real filled-in forms, if they are in a folder beside the project. Tests of them take SEEDS as parameters."""

import os
from pathlib import Path

FOLDER = Path(os.environ.get("ALLIANCE_SEEDS") or Path(__file__).resolve().parents[2] / "shared" / "seeds")
SEEDS = sorted(FOLDER.glob("*.txt")) if FOLDER.is_dir() else []
