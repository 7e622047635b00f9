"""Say in plain sentences what is checked about a dataset, from the rules in its entry."""

from collections.abc import Iterator

from gobi.data.package import Files
from gobi.data.rules import select


def checks_in_words(files: Files, resource: dict) -> list[str]:
    """Return one sentence in Markdown for each thing that is checked about a dataset.

    Args:
        files: the data package.
        resource: the dataset's entry.
    """
    makers = (_keys, _references, _maps, _measures, _sums, _parts, _equations, _agreements)
    made = [sentence.strip() for maker in makers for sentence in maker(resource)]
    return [*made, *_derived(files, resource), *_outliers(resource)]


def _keys(resource: dict) -> Iterator[str]:
    key = resource.get("schema", {}).get("primaryKey", [])
    columns = [key] if isinstance(key, str) else key
    if columns:
        yield f"No two rows have the same {_list(columns)}."


def _references(resource: dict) -> Iterator[str]:
    for each in resource.get("schema", {}).get("foreignKeys", []):
        columns = [each["fields"]] if isinstance(each["fields"], str) else each["fields"]
        other = each["reference"]["resource"] or resource["name"]
        yield f"Each {_list(columns)} stands in [{other}]({other}.md)."


def _maps(resource: dict) -> Iterator[str]:
    if "properties" not in resource:
        return
    yield "Each shape is valid and lies in Mongolia. Areas and lengths were measured again."
    if resource.get("inside"):
        yield f"At least {resource['inside']:.0%} of each shape lies inside Umnugovi."


def _measures(resource: dict) -> Iterator[str]:
    measures = resource.get("measures", {})
    if measures:
        known = (
            "The one measure has one unit"
            if len(measures) == 1
            else (f"Each of the {len(measures)} measures has one unit")
        )
        yield f"{known}, and values of a size that is possible."
    if any(each.get("adds_up") for each in measures.values()):
        yield "Where all four quarters of a year are known, they add up to the year (within 0.5 %)."


def _sums(resource: dict) -> Iterator[str]:
    for rule in resource.get("totals", []):
        count = len(rule["expected"])
        times = f" ({count} sums)" if count > 1 else ""
        yield f"{_stop(rule['description'])}{times} Sums of `{rule['column']}` are compared."


def _parts(resource: dict) -> Iterator[str]:
    for rule in resource.get("parts", []):
        yield (
            f"{_stop(rule.get('description', ''))} {_list(rule['parts'])} add up to "
            f"`{rule['total']}`{_about(rule)}."
        )


def _equations(resource: dict) -> Iterator[str]:
    for rule in resource.get("equations", []):
        terms = [_term(name, factor) for name, factor in rule["terms"].items()]
        yield (
            f"{_stop(rule.get('description', ''))} In each row, `{rule['result']}` = "
            f"{' '.join(terms).removeprefix('+ ')}{_about(rule)}."
        )


def _term(name: str, factor: float) -> str:
    """Write one term of a sum with its sign: ``− 2 × name``."""
    times = "" if abs(factor) == 1 else f"{abs(factor):g} × "
    return f"{'−' if factor < 0 else '+'} {times}`{name}`"


def _agreements(resource: dict) -> Iterator[str]:
    for rule in resource.get("agrees", []):
        other = rule["with"]["resource"]
        yield (
            f"{_stop(rule.get('description', ''))} `{rule['column']}` is compared with "
            f"`{rule['with']['column']}` in [{other}]({other}.md){_about(rule)}."
        )


def _derived(files: Files, resource: dict) -> Iterator[str]:
    rows = files.rows(resource["name"])
    count = len(list(select(rows, {"status": "derived"})))
    if count:
        yield (
            f"{count} of {len(rows)} values are derived, not printed by the source. "
            "Each is computed again from its `formula`."
        )


def _outliers(resource: dict) -> Iterator[str]:
    rule, listed = resource.get("outlier_rule"), resource.get("outliers", [])
    if not rule:
        return
    what = "Changes" if rule["on"] == "change" else "Values"
    yield (
        f"{what} of `{rule['column']}` that are far from the others are looked for "
        f"(modified z-score over {rule.get('limit', 3.5):g}). "
        + ("There is none." if not listed else f"Explained: {len(listed)}, listed below.")
    )


def outliers_in_words(resource: dict) -> list[str]:
    """Return one sentence for each value that is far from the others: which, and why."""
    return [
        f"**{', '.join(_value(value) for value in entry['rows'].values())}**: {entry['why']}"
        for entry in resource.get("outliers", [])
    ]


def _value(value: object) -> str:
    values = value if isinstance(value, list) else [value]
    return " or ".join(str(each).replace("_", " ") for each in values)


def _about(rule: dict) -> str:
    """Say how exactly a rule must hold."""
    tolerance = rule.get("tolerance", 0)
    return f" (within {tolerance:,g}, because numbers are rounded)" if tolerance else ""


def _list(names: list[str]) -> str:
    marked = [f"`{name}`" for name in names]
    return marked[0] if len(marked) == 1 else f"{', '.join(marked[:-1])} and {marked[-1]}"


def _stop(text: str) -> str:
    """End a sentence with a full stop."""
    text = text.strip()
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."
