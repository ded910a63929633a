# SPDX-License-Identifier: Apache-2.0
"""gov cross verify of a folder: its checksums.txt, and the signatures over that."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture
def folder(directory) -> Path:
    """What somebody published: two archives and their checksums."""
    path = directory / "published"
    path.mkdir()
    for name in ("one.tar.gz", "two.zip"):
        (path / name).write_text(f"the content of {name}\n")
    lines = [f"{hashlib.sha256(f.read_bytes()).hexdigest()}  {f.name}" for f in sorted(path.iterdir())]
    (path / "checksums.txt").write_text("\n".join(lines) + "\n")
    return path


def found(gov, folder: Path, *options: str, check: int = 0) -> list[tuple[str, str, str]]:
    result = gov.run("cross", "verify", "--json", *options, str(folder), check=check)
    (entry,) = result.json
    assert entry["file"] == str(folder / "checksums.txt") and entry["artifact"] is None
    assert entry["result"] == ("verified" if check == 0 else "refused")
    return [(one["level"], one["rule"], one["message"]) for one in entry["findings"]]


def test_a_folder_is_what_its_checksums_say(gov, folder):
    assert found(gov, folder) == [("note", "checksum", "2 files are what it says")]
    shown = gov.run("cross", "verify", str(folder)).stdout
    assert shown.startswith("verified") and "2 files are what it says" in shown


def test_a_missing_a_changed_and_an_extra_file_are_named(gov, folder):
    (folder / "one.tar.gz").unlink()
    (folder / "two.zip").write_text("something else\n")
    (folder / "three.zip").write_text("from elsewhere\n")
    missing, changed, extra = found(gov, folder, check=3)
    assert missing == ("error", "checksum", "one.tar.gz is missing")
    assert changed[:2] == ("error", "checksum") and changed[2].startswith("two.zip has changed: ")
    assert extra == ("warning", "unlisted", "three.zip is not in checksums.txt")


def test_an_extra_file_refuses_where_all_is_to_be_strict(gov, folder):
    (folder / "three.zip").write_text("from elsewhere\n")
    assert [rule for _, rule, _ in found(gov, folder)] == ["checksum", "unlisted"]
    assert [rule for _, rule, _ in found(gov, folder, "--strict", check=3)] == ["checksum", "unlisted"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it names no file"),
        ("not a checksum\n", "line 1 is not a SHA-256 and a name"),
        ("0" * 64 + "  ../outside\n", "../outside is not in its folder"),
    ],
)
def test_a_list_that_is_none_is_refused(gov, folder, text, message):
    (folder / "checksums.txt").write_text(text)
    assert ("error", "checksum", message) in found(gov, folder, check=3)


def sign_by_minisign(folder: Path, keys: Path, name: str) -> Path:
    secret, public = keys / f"{name}.key", keys / f"{name}.pub"
    make = ["minisign", "-G", "-W", "-p", public, "-s", secret]
    subprocess.run(make, check=True, capture_output=True)
    sign = ["minisign", "-S", "-s", secret, "-m", folder / "checksums.txt"]
    subprocess.run(sign, check=True, capture_output=True)
    return public


def sign_by_ssh(folder: Path, keys: Path, name: str) -> Path:
    key = keys / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (folder / "checksums.txt.sig").unlink(missing_ok=True)
    sign = ["ssh-keygen", "-Y", "sign", "-q", "-f", key, "-n", "file", folder / "checksums.txt"]
    subprocess.run(sign, check=True, capture_output=True)
    return keys / f"{name}.pub"


def sign_by_gpg(folder: Path, keys: Path, name: str, how: str = "--detach-sign") -> Path:
    home = keys / name
    home.mkdir(mode=0o700)
    gpg = ["gpg", "--homedir", home, "--batch", "--yes", "--passphrase", ""]
    public = keys / f"{name}.asc"
    written = folder / ("checksums.txt.asc" if how == "--clearsign" else "checksums.txt.sig")
    for words in (
        ["--quick-gen-key", f"{name}@example.com", "ed25519"],
        ["--output", public, "--export"],
        ["--output", written, how, folder / "checksums.txt"],
    ):
        subprocess.run([*gpg, *words], check=True, capture_output=True)
    subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=False)
    return public


def sign_clear_by_gpg(folder: Path, keys: Path, name: str) -> Path:
    return sign_by_gpg(folder, keys, name, "--clearsign")


SIGNERS = {
    "minisign": ("minisign", sign_by_minisign),
    "ssh": ("ssh-keygen", sign_by_ssh),
    "gpg": ("gpg", sign_by_gpg),
    "gpg-clear": ("gpg", sign_clear_by_gpg),
}


@pytest.mark.parametrize("kind", SIGNERS)
def test_a_signature_is_held_against_the_key(gov, folder, directory, kind):
    program, sign = SIGNERS[kind]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    stranger = sign(folder, directory, "stranger")
    key = sign(folder, directory, "signer")
    env_free = [one for one in found(gov, folder, "--key", str(key)) if one[1] != "checksum"]
    assert [(level, rule) for level, rule, _ in env_free] == [("note", "release-signature")]
    refused = found(gov, folder, "--key", str(stranger), check=3)
    assert [level for level, rule, _ in refused if rule == "release-signature"] == ["error"]
    (folder / "more.zip").write_text("slipped in\n")
    with open(folder / "checksums.txt", "a") as text:
        text.write(hashlib.sha256(b"slipped in\n").hexdigest() + "  more.zip\n")
    refused = found(gov, folder, "--key", str(key), check=3)
    assert [level for level, rule, _ in refused if rule == "checksum"] == ["note"]
    assert [level for level, rule, _ in refused if rule == "release-signature"] == ["error"]


def test_a_signature_of_nobody_known_is_a_warning(gov, folder, directory):
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    sign_by_ssh(folder, directory, "signer")
    (_, warning) = found(gov, folder)
    assert warning[:2] == ("warning", "release-signature") and "--key" in warning[2]
    (folder / "checksums.txt.sig").write_text("made by a program of our own\n")
    assert "does not know" in found(gov, folder)[1][2]


def test_without_a_signature_a_key_refuses(gov, folder, directory):
    (directory / "key.pub").write_text("ssh-ed25519 AAAA\n")
    refused = found(gov, folder, "--key", str(directory / "key.pub"), check=3)
    assert ("error", "release-signature", "checksums.txt is not signed") in refused
    (folder / "checksums.txt").unlink()
    words = ("cross", "verify", "--key", str(directory / "key.pub"), str(folder))
    assert "has no checksums.txt" in gov.run(*words, check=3).stderr


def test_where_nothing_was_built_that_is_said(gov):
    refused = gov.run("cross", "verify", check=1).stderr
    assert "nothing was built here: there is no dist" in refused
    assert "gov cross build makes it" in refused
