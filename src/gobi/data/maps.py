"""Check the maps: their shapes, the soums they name, and what they measure.

A map whose entry has ``inside`` (a share from 0 to 1) lies in Umnugovi: at least that share of
each shape is inside the aimag, and its ``soum_code`` is one of the 15 soums.
"""

from gobi.data.checks import Findings, check
from gobi.data.package import Files

#: West, south, east and north end of Mongolia, in degrees.
MONGOLIA = (87.7, 41.5, 120.0, 52.2)

#: The map of the 15 soums, which together are the aimag.
OUTLINES = "place_soum_boundaries"


@check("soums")
def _soum_codes(files: Files) -> Findings:
    """The soum codes of Umnugovi's maps stand in place_soums, and its outlines have all."""
    if not files.has("place_soums"):
        return
    known = files.column("place_soums", "soum_code")
    for name, resource, features in files.maps():
        codes = {str(each["properties"].get("soum_code") or "") for each in features} - {""}
        for code in sorted(codes - known) if "inside" in resource else ():
            yield name, f"soum_code {code} is not in place_soums."
        for code in sorted(known - codes) if name == OUTLINES else ():
            yield name, f"The soum {code} has no outline."


@check("geometry")
def _geometry(files: Files) -> Findings:
    """Shapes are valid, of the kind promised, in Mongolia, and as many as promised."""
    for name, resource, features in files.maps():
        if len(features) != resource.get("features"):
            yield name, f"It has {len(features)} shapes; {resource.get('features')} are expected."
        for number, feature in enumerate(features, 1):
            wrong = _wrong_shape(feature, resource.get("geometry", ""))
            if wrong:
                yield name, f"Shape {number} {wrong}"


def _wrong_shape(feature: dict, kind: str) -> str:
    """Say what is wrong with a shape, or return nothing."""
    from shapely.errors import ShapelyError
    from shapely.geometry import shape
    from shapely.validation import explain_validity

    try:
        geometry = shape(feature["geometry"])
    except (ShapelyError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return "cannot be read as a shape."
    if geometry.geom_type != kind or geometry.is_empty:
        return f"is a {geometry.geom_type}, but should be a {kind}."
    if not geometry.is_valid:
        return f"is not valid ({explain_validity(geometry)})."
    west, south, east, north = geometry.bounds
    if west < MONGOLIA[0] or south < MONGOLIA[1] or east > MONGOLIA[2] or north > MONGOLIA[3]:
        return "lies outside Mongolia. Are longitude and latitude swapped?"
    return _wrong_measure(geometry, feature["properties"])


def _wrong_measure(geometry, properties: dict) -> str:
    """Compare the area or the length a shape has on the globe with the one it claims."""
    area, length = properties.get("area_km2"), properties.get("length_km")
    found_area, found_length = _measure(geometry)
    if isinstance(area, int | float) and abs(found_area - area) > 0.05:
        return f"measures {found_area:,.2f} km2, but its area_km2 says {area:,}."
    if isinstance(length, int | float) and abs(found_length - length) > 0.05:
        return f"is {found_length:,.2f} km long, but its length_km says {length:,}."
    return ""


def _measure(geometry) -> tuple[float, float]:
    """Return area (km2) and length (km) of a shape in degrees, measured on the globe (WGS 84)."""
    from pyproj import Geod
    from shapely import orient_polygons

    globe = Geod(ellps="WGS84")
    return (
        # turned rightly first: the area of a hole counts by the direction of its ring
        abs(globe.geometry_area_perimeter(orient_polygons(geometry))[0]) / 1e6,
        globe.geometry_length(geometry) / 1e3,
    )


@check("place")
def _inside(files: Files) -> Findings:
    """Shapes of Umnugovi lie in Umnugovi, and points in the soum that their soum_code names."""
    from shapely import union_all
    from shapely.geometry import shape

    if not files.has(OUTLINES) or any(_geometry(files)):
        return  # a broken shape lies nowhere
    soums = {
        str(feature["properties"]["soum_code"]): shape(feature["geometry"])
        for feature in files.features(OUTLINES)
    }
    aimag = union_all(list(soums.values()))
    for name, resource, features in files.maps():
        for number, feature in enumerate(features, 1):
            geometry, properties = shape(feature["geometry"]), feature["properties"]
            if _share(geometry, aimag) < resource.get("inside", 0):
                yield name, f"Shape {number} does not lie in Umnugovi."
            soum = soums.get(str(properties.get("soum_code")))
            if soum and geometry.geom_type == "Point" and not soum.contains(geometry):
                yield name, f"Shape {number} does not lie in the soum that its soum_code names."


def _share(geometry, aimag) -> float:
    """Return the share of a shape that lies in the aimag: of its area, its length, or 0 or 1."""
    if geometry.geom_type == "Point":
        return float(aimag.contains(geometry))
    size = "area" if geometry.area else "length"
    return getattr(geometry.intersection(aimag), size) / getattr(geometry, size)
