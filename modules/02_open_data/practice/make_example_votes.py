"""Write EXAMPLE_votes_SIMULATED.csv: votes of 15 pairs for lesson 2.6, made up by the course.

Nobody gave these votes. They are not findings about what people in Umnugovi want. They show what a
file of votes looks like, and that two ways of ranking can differ.
Run: python modules/02_open_data/practice/make_example_votes.py
"""

import csv
from pathlib import Path

NAME = "EXAMPLE_votes_SIMULATED.csv"

SUBJECTS = (
    "Complaints",
    "Agreements and promises",
    "Payments",
    "Local business",
    "Women and men",
    "Running the mine: water",
    "The state before the mine",
    "Following the environment",
)

#: For each EXAMPLE pair its group, and its five points in the order of SUBJECTS.
PAIRS = {
    "women": ("10400000", "20001200", "00500000", "10400000", "11000210", "20200100"),
    "men": ("10000400", "20000300", "00000050", "11000201", "20000300", "10010210", "00000500"),
    "mixed": ("11100200", "20300000"),
}


def main() -> None:
    """Write one row for each pair and subject that got a point."""
    number = 0
    path = Path(__file__).with_name(NAME)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["pair", "group", "subject", "points"])
        for group, votes in PAIRS.items():
            for vote in votes:
                number += 1
                if sum(map(int, vote)) != 5:
                    raise ValueError(f"Pair {number} gives {sum(map(int, vote))} points, not 5.")
                for subject, points in zip(SUBJECTS, vote, strict=True):
                    if points != "0":
                        writer.writerow([f"EXAMPLE {number:02}", group, subject, points])


if __name__ == "__main__":
    main()
