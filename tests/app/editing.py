"""A clip set made for editing: small files that are no films, each with a word by somebody."""

from pathlib import Path

from attune.clips.folder import content_hash

EMOTIONS = ("fear", "anger", "happiness", "neutral")


def make_set(folder: Path, clips: int) -> Path:
    """A set of so many clips below ``folder``; returns it."""
    (folder / "media").mkdir(parents=True)
    (folder / "set.toml").write_text('name = "A set"\n', "utf-8")
    lines = ["file,emotion,intensity,onset_s,apex_s,offset_s,person,sha256"]
    for number in range(clips):
        file = folder / "media" / f"{number}.mp4"
        file.write_bytes(f"clip {number}".encode())
        emotion, person = EMOTIONS[number % len(EMOTIONS)], "AB"[number % 2]
        lines.append(f"media/{file.name},{emotion},0.5,0.5,1,1.5,{person},{content_hash(file)}")
    (folder / "clips.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder
