"""Write example_scores.csv: two EXAMPLE sets of scores for lesson 2.1, made up by the course.

They are not findings and no person gave them. They show what a file of scores looks like.
Run: python modules/02_open_data/practice/make_example_scores.py
"""

import csv
from pathlib import Path

QUESTIONS = (
    "timely",
    "complete",
    "accurate",
    "comparable",
    "interoperable",
    "licence",
    "accessible",
)

#: One sign for each question, in the order of QUESTIONS; "?" means the card does not say.
EXAMPLES = {
    "EXAMPLE 1": {
        "Course data package": "1112211",
        "EITI page 2016": "011012?",
        "Licence register": "0???20?",
        "Oyu Tolgoi scorecard": "211200?",
        "World Bank prices": "2112221",
        "NSO soum tables": "01?222?",
    },
    "EXAMPLE 2": {
        "Course data package": "1111221",
        "EITI page 2016": "010011?",
        "Licence register": "00??10?",
        "Oyu Tolgoi scorecard": "2111001",
        "World Bank prices": "22?1221",
        "NSO soum tables": "21?221?",
    },
}


def main() -> None:
    """Write one row for each rater, publication and question."""
    path = Path(__file__).with_name("example_scores.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["rater", "disclosure", "question", "score"])
        for rater, cards in EXAMPLES.items():
            for disclosure, scores in cards.items():
                for question, score in zip(QUESTIONS, scores, strict=True):
                    writer.writerow([rater, disclosure, question, score])


if __name__ == "__main__":
    main()
