# SPDX-License-Identifier: Apache-2.0
"""What an installation has the disk wait for: one sync before the toolchain gets its name."""

import re
import shutil
import subprocess

import pytest

from world import mini

CALLS = "fsync,fdatasync,sync,syncfs,sync_file_range,rename,renameat,renameat2"


@pytest.fixture
def calls(gov):
    """The calls of an installation that sync or rename, in their order."""
    trace = gov.root / "trace"
    words = ["strace", "-f", "-qq", "-o", trace, "-e", f"trace={CALLS}"]
    if shutil.which("strace") is None or subprocess.run([*words, "true"]).returncode != 0:
        pytest.skip("strace cannot be used on this machine")
    subprocess.run([*words, gov.binary, "install", mini.NAME], env=gov.environment(), check=True)
    return re.findall(r"^\d+ +(\w+\(.*)", trace.read_text(), re.MULTILINE)


def test_all_but_the_log_s_head_is_synced_at_once(gov, calls):
    assert [one.split("(")[0] for one in calls if one.startswith("sync")] == ["syncfs"]
    assert sum(one.startswith(("fsync", "fdatasync")) for one in calls) <= 3


def test_nothing_has_its_name_before_it_is_on_the_disk(gov, calls):
    def position(pattern: str) -> int:
        (found,) = [i for i, one in enumerate(calls) if re.search(pattern, one)]
        return found

    synced = position(r"^syncfs\(")
    assert position(rf"receipts/{mini.NAME}\.json\"\)") < synced
    assert position(rf"receipts/{mini.NAME}\.sums\"\)") < synced
    assert synced < position(rf"^renameat2\(.*versions/{mini.NAME}\"")
