"""Forgetting: all that Attune keeps about the people who practised on this computer."""

from __future__ import annotations

import shutil

from attune.app.folders import Folders
from attune.app.profiles import Profiles
from attune.files import remove_unfinished
from attune.storage.troubles import told


def forget_everything(folders: Folders) -> None:
    """Delete every profile, every measured track and the settings; clip sets and the face model stay.

    Blocks. Raises StorageError: storage.in_use where a profile is open in some window, which then is kept
    with those after it.
    """
    profiles = Profiles(folders.profiles)
    for profile in profiles.all():
        profiles.delete(profile)
    with told(folders.data):
        for folder in (folders.profiles, folders.tracks):
            if folder.is_dir():
                shutil.rmtree(folder)
        for file in folders.settings.parent.glob(f"{folders.settings.name}*"):
            file.unlink()
        remove_unfinished(folders.settings.parent)
