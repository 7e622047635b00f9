"""Make survey_SIMULATED.csv: a community survey that never took place.

Nobody was asked. Every number below was INVENTED by the authors of this course: the places, how
many people were "asked", how they live, and how likely each answer is. Nothing was fitted to a
real survey, and no difference between women and men, ages or places says anything about Umnugovi.

Run it in any folder: ``python make_survey.py``. The same seed gives the same file, byte for byte.
"""

import csv
from pathlib import Path

import numpy as np

SEED = 2026
FILE = Path(__file__).with_name("survey_SIMULATED.csv")

#: INVENTED. People asked, by place and sex, in the age groups 18-34, 35-54 and 55+: 400 in all.
#: These counts are fixed, not drawn. Soum D and the older men of Soum C are small on purpose.
ASKED = {
    ("Soum A", "woman"): (30, 34, 18),
    ("Soum A", "man"): (28, 32, 18),
    ("Soum B", "woman"): (22, 25, 14),
    ("Soum B", "man"): (22, 24, 13),
    ("Soum C", "woman"): (15, 17, 10),
    ("Soum C", "man"): (13, 16, 9),
    ("Soum D", "woman"): (8, 9, 4),
    ("Soum D", "man"): (7, 8, 4),
}
AGES = ("18-34", "35-54", "55+")

#: INVENTED. Adults who live in each place. Adults divided by people asked is the weight.
ADULTS = {"Soum A": 8000, "Soum B": 3000, "Soum C": 1200, "Soum D": 400}

#: INVENTED. Share of each livelihood, the same for women and men and for all ages.
LIVELIHOOD = {
    "Soum A": {"herding": 0.10, "mining": 0.20, "public office": 0.20, "trade or services": 0.30},
    "Soum B": {"herding": 0.25, "mining": 0.30, "public office": 0.10, "trade or services": 0.15},
    "Soum C": {"herding": 0.45, "mining": 0.10, "public office": 0.15, "trade or services": 0.10},
    "Soum D": {"herding": 0.60, "mining": 0.05, "public office": 0.15, "trade or services": 0.05},
}  # the rest: "no paid work" (students, pensioners, people who care for a family)

#: INVENTED. Chance to use the internet, by age; 0.10 less for herding, 0.15 less in Soum D.
INTERNET = {"18-34": 0.96, "35-54": 0.88, "55+": 0.55}

#: INVENTED. Main channel for news about mining, with and without internet.
CHANNEL = {
    "yes": {
        "Facebook": 0.50,
        "radio or TV": 0.20,
        "bag meeting": 0.12,
        "family or neighbours": 0.18,
    },
    "no": {
        "Facebook": 0.00,
        "radio or TV": 0.45,
        "bag meeting": 0.25,
        "family or neighbours": 0.30,
    },
}

#: INVENTED. Chance to have heard about mining revenue. The direction of the difference between
#: women and men changes from place to place on purpose: no rule about women or men is meant.
#: Ages 18-34: 0.05 more; ages 55+: 0.10 less.
HEARD = {
    ("Soum A", "woman"): 0.64,
    ("Soum A", "man"): 0.54,
    ("Soum B", "woman"): 0.50,
    ("Soum B", "man"): 0.54,
    ("Soum C", "woman"): 0.34,
    ("Soum C", "man"): 0.62,
    ("Soum D", "woman"): 0.40,
    ("Soum D", "man"): 0.55,
}
HEARD_AGE = {"18-34": 0.05, "35-54": 0.0, "55+": -0.10}

#: INVENTED. Chance to have heard about effects on nature and people, the same for everybody.
HEARD_EFFECTS = 0.58

#: INVENTED. What makes it hard to get information, with and without internet.
BARRIER = {
    "yes": {"hard words": 0.30, "do not know where": 0.25, "no time": 0.15, "not trusted": 0.15},
    "no": {"no internet or signal": 0.45, "hard words": 0.20, "do not know where": 0.20},
}  # the rest: "no barrier"

#: INVENTED. What people want to know most, the same for everybody.
WANTED = {"water and dust": 0.30, "jobs": 0.25, "revenue": 0.20, "land and herds": 0.15}
# the rest: "health"

#: INVENTED. Trust in the information about mining: chances of 1 (none) to 5 (full), by place.
TRUST = {
    "Soum A": (0.10, 0.20, 0.35, 0.25, 0.10),
    "Soum B": (0.15, 0.25, 0.30, 0.20, 0.10),
    "Soum C": (0.20, 0.25, 0.30, 0.15, 0.10),
    "Soum D": (0.25, 0.30, 0.25, 0.15, 0.05),
}

#: INVENTED. Chance that a question has no answer: empty cell. Ages 55+ leave more empty.
NO_ANSWER = {"18-34": 0.02, "35-54": 0.03, "55+": 0.12}

COLUMNS = (
    "respondent_id",
    "place",
    "sex",
    "age_group",
    "livelihood",
    "internet",
    "main_channel",
    "heard_about_revenue",
    "heard_about_effects",
    "main_barrier",
    "most_wanted_topic",
    "trust_1_to_5",
    "weight",
    "data_kind",
)


def pick(chance: float, choices: dict[str, float], rest: str) -> str:
    """Return the choice at ``chance`` (0 to 1) on a line of shares; ``rest`` fills the line."""
    edge = 0.0
    for choice, share in choices.items():
        edge += share
        if chance < edge:
            return choice
    return rest


def rows() -> list[dict[str, str]]:
    """Return the 400 simulated answers, in mixed order."""
    random = np.random.Generator(np.random.PCG64(SEED))
    people = [
        (place, sex, age)
        for (place, sex), counts in ASKED.items()
        for age, count in zip(AGES, counts, strict=True)
        for _ in range(count)
    ]
    # Mixed by sorting on random numbers, so that the row does not tell the group.
    order = np.argsort(random.random(len(people)), kind="stable")
    asked_in = {place: sum(sum(n) for (p, _), n in ASKED.items() if p == place) for place in ADULTS}
    table = []
    for number, index in enumerate(order, start=1):
        place, sex, age = people[index]
        draw = random.random(12)
        livelihood = pick(draw[0], LIVELIHOOD[place], "no paid work")
        online = INTERNET[age]
        online -= 0.10 if livelihood == "herding" else 0.0
        online -= 0.15 if place == "Soum D" else 0.0
        internet = "yes" if draw[1] < online else "no"
        heard = HEARD[place, sex] + HEARD_AGE[age]
        steps = {str(step): chance for step, chance in enumerate(TRUST[place], start=1)}
        empty = NO_ANSWER[age]
        table.append(
            {
                "respondent_id": f"SIM-{number:03d}",
                "place": place,
                "sex": sex,
                "age_group": age,
                "livelihood": livelihood,
                "internet": internet,
                "main_channel": pick(draw[2], CHANNEL[internet], "family or neighbours"),
                "heard_about_revenue": answer(draw[3] < heard, draw[4] < empty),
                "heard_about_effects": answer(draw[5] < HEARD_EFFECTS, draw[6] < empty),
                "main_barrier": pick(draw[7], BARRIER[internet], "no barrier"),
                "most_wanted_topic": pick(draw[8], WANTED, "health"),
                "trust_1_to_5": "" if draw[9] < empty else pick(draw[10], steps, "5"),
                "weight": str(ADULTS[place] // asked_in[place]),
                "data_kind": "SIMULATED",
            }
        )
    return table


def answer(yes: bool, empty: bool) -> str:
    """Return yes, no, or an empty cell."""
    if empty:
        return ""
    return "yes" if yes else "no"


def main() -> None:
    """Write the file."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())


if __name__ == "__main__":
    main()
