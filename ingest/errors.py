"""The one exception for what a person can mend: its text is the sentence that they read."""


class CamspoolError(Exception):
    """Say what is wrong, where, and what was expected; the command line prints it and exits 2, without a traceback."""


def in_words(error: BaseException) -> str:
    """Return what an error says, without Python's own form of it, to stand in a sentence.

    >>> in_words(FileNotFoundError(2, "No such file or directory", "/srv/a")), in_words(ValueError("too short"))
    ('No such file or directory (/srv/a)', 'too short')
    """
    if not isinstance(error, OSError) or not error.strerror:
        return str(error)
    return f"{error.strerror} ({error.filename})" if error.filename else error.strerror
