"""Read, check and describe the course's data package, and make the pages of its catalogue.

``datasets/datapackage.json`` is the one description of every table and map.
"""

from gobi.data import charts, maps, rules  # noqa: F401 - they register their checks
from gobi.data.checks import CHECKS, LICENCES, Problem, record_checksums, require_intact, validate
from gobi.data.downloads import extras
from gobi.data.package import DataError, fields, load_package
from gobi.data.pages import Lesson, catalogue_pages, describe, list_datasets

__all__ = [
    "CHECKS",
    "LICENCES",
    "DataError",
    "Lesson",
    "Problem",
    "catalogue_pages",
    "describe",
    "extras",
    "fields",
    "list_datasets",
    "load_package",
    "record_checksums",
    "require_intact",
    "validate",
]
