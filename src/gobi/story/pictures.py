"""The figures of a story: one picture each, light, without hidden notes (a camera's place)."""

import base64
import io
from dataclasses import dataclass

from nbformat import NotebookNode
from PIL import Image, ImageOps

from gobi.story.errors import StoryError

#: What a figure's output may be. A chart is PNG; a photo is JPEG.
KINDS = ("image/png", "image/jpeg")
PHOTO_PIXELS = (1400, 1400)


@dataclass(frozen=True)
class Figure:
    """A figure: its number, its picture and what it shows, in words."""

    number: int
    kind: str
    content: bytes
    width: int
    height: int
    alt: str
    alt_mn: str

    @property
    def uri(self) -> str:
        """The picture as a data URI."""
        return f"data:{self.kind};base64,{base64.b64encode(self.content).decode('ascii')}"


def pictures_of(cell: NotebookNode) -> list[NotebookNode]:
    """Return the outputs of a code cell that show a picture."""
    return [out for out in cell.outputs if any(kind in out.get("data", {}) for kind in KINDS)]


def figure(number: int, output: NotebookNode, alt: str, alt_mn: str) -> Figure:
    """Make a figure from a cell's output.

    Raises:
        StoryError: the picture is broken.
    """
    kind = next(kind for kind in KINDS if kind in output.data)
    try:
        image = Image.open(io.BytesIO(base64.b64decode(output.data[kind])))
        content, size = _light(image, kind)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise StoryError(
            f"The picture of figure {number} is broken; run the notebook again and save it."
        ) from None
    return Figure(number, kind, content, *size, alt, alt_mn)


def _light(image: Image.Image, kind: str) -> tuple[bytes, tuple[int, int]]:
    """Save a picture anew: a photo smaller, nothing but the picture itself."""
    file = io.BytesIO()
    if kind == "image/jpeg":
        image = ImageOps.exif_transpose(image).convert("RGB")
        image.thumbnail(PHOTO_PIXELS)
        image.save(file, "JPEG", quality=80, optimize=True, exif=b"")
    else:
        image.save(file, "PNG", optimize=True, exif=b"")
    return file.getvalue(), image.size
