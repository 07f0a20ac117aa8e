from tests.seeds import SEEDS

collect_ignore = [] if SEEDS else ["test_seeds.py"]
