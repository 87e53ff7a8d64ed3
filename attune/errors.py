"""Known errors: things that go wrong outside the program and that a person can do something about.

An error carries a *key* and *fields*; the sentence shown to the person is made from the key in
``assets/words/LANGUAGE/errors.toml``, so that it can be translated. Bugs are other exceptions.
"""

from __future__ import annotations


class AttuneError(Exception):
    """Something known went wrong.

    ``key`` names a sentence in the errors words file (``media.truncated``); ``fields`` fill its gaps.
    """

    def __init__(self, key: str, **fields: object) -> None:
        self.key = key
        self.fields = fields
        details = ", ".join(f"{name}={value}" for name, value in fields.items())
        super().__init__(f"{key} ({details})" if details else key)

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders; keep key and fields."""
        return (_rebuild, (type(self), self.key, self.fields))


def _rebuild(kind: type[AttuneError], key: str, fields: dict[str, object]) -> AttuneError:
    return kind(key, **fields)


class MediaError(AttuneError):
    """A file cannot be read as video or picture."""


class ModelError(AttuneError):
    """The face model is missing, altered or cannot be loaded."""


class ClipSetError(AttuneError):
    """A clip set's files are missing or say something impossible."""


class PackageError(AttuneError):
    """A package of clips is damaged, or asks for something that is not safe."""


class LibraryError(AttuneError):
    """A clip set cannot be brought onto the shelf, written or taken off it."""


class EditError(AttuneError):
    """A clip set cannot be changed so, or what was changed cannot be saved."""


class ProgrammeError(AttuneError):
    """The file of a programme cannot be read, or says something impossible."""


class SealError(AttuneError):
    """What was locked with a passphrase does not open."""


class StorageError(AttuneError):
    """The database cannot be opened, read or written."""


class ProfileError(AttuneError):
    """A profile's name is unknown, taken or no name."""


class ExchangeError(AttuneError):
    """What is to be taken in was not written by Attune, or there is no place for what is taken along."""


class SettingsError(AttuneError):
    """The settings cannot be written."""


class MeasuringError(AttuneError):
    """The measuring process ended or could not do what was asked."""


class PracticeError(AttuneError):
    """These clips do not have what a protocol needs, or a session cannot be gone on with."""


class PersonError(AttuneError):
    """The file of a drawn person is missing or says something impossible."""


class ExpressionError(AttuneError):
    """The file of expressions is missing or says something impossible."""


class NoOpenGLError(AttuneError):
    """Nothing can be drawn with OpenGL here, or no longer."""


class SavingError(AttuneError):
    """A file somebody asked for cannot be written."""


class AppError(AttuneError):
    """The window cannot be shown here."""
