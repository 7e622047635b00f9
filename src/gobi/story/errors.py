"""The one exception of this package."""


class StoryError(Exception):
    """A story cannot be made; the message is one sentence for people, and what to do."""
