"""Refuse files that a weak connection cannot carry: used by pre-commit and by the tests."""

import sys
from pathlib import Path

LIMIT = 700_000

if __name__ == "__main__":
    heavy = [name for name in sys.argv[1:] if Path(name).stat().st_size > LIMIT]
    for name in heavy:
        print(f"{name} is larger than {LIMIT // 1000} kB; make it smaller or leave it out.")
    sys.exit(bool(heavy))
