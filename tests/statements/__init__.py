"""What the lessons of modules 3 and 4 say about their data, each statement with its own check.

One file for each lesson, ``<subject>_<lesson>.py``. A check computes what the lesson says anew from
the datasets, in another way than the lesson where that is possible, and asserts it::

    @states("The largest year is 2025, with 345 kt.")
    def largest_year(read):
        copper = read("mine_production").query("measure == 'copper_in_concentrate'")
        ...
        assert largest == 2025

``NOT_DATA`` names sentences that only sound like a statement about the data, and says why.
``tests/test_statements.py`` runs the checks, also on disturbed data, where they have to fail.
"""

from collections.abc import Callable


def states(*quotes: str) -> Callable:
    """Mark a function as the check of one or more sentences of a lesson.

    Args:
        quotes: words as they stand in the lesson, without the signs of Markdown.
    """

    def mark(function: Callable) -> Callable:
        function.quotes = quotes
        return function

    return mark
