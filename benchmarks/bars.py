# SPDX-License-Identifier: Apache-2.0
"""The bars that installing is held to, and whether one run's results are within them."""

import shutil
from dataclasses import dataclass, field, replace
from typing import Callable, Optional

from measure import Row


@dataclass(frozen=True)
class Calls:
    """The files that one install made, and the system calls that it took, by name."""

    files: int
    by_name: dict[str, int]

    @property
    def a_file(self) -> float:
        return self.by_name["total"] / self.files

    def of(self, *names: str) -> int:
        return sum(self.by_name.get(name, 0) for name in names)


@dataclass
class Results:
    """Everything one run of the benchmark found; what could not be found is empty."""

    rows: dict[str, Row]
    second_patch_blocks: Optional[float] = None  # share of its blocks not shared with the first
    calls: dict[str, Calls] = field(default_factory=dict)  # by source, as far as strace may run
    fetched_again: int = 0  # archives asked for by installs right after an uninstall


@dataclass(frozen=True)
class Bar:
    """One claim: what was found, at most what it should be, and how far rounds differed."""

    what: str
    most: float
    found: Optional[float]
    unit: str = ""
    spread: str = ""
    skipped: str = "not measured"
    limit: Optional[float] = None  # what the limit of the same run would be found as

    @property
    def met(self) -> Optional[bool]:
        return None if self.found is None else self.found <= self.most

    @property
    def out_of_reach(self) -> bool:
        """Whether not even the limit would meet it, on this machine and disk."""
        return self.limit is not None and self.limit > self.most


_WRITERS = "write tree"
_OTHERS = ("g", "goenv", "asdf")


def bars(results: Results) -> list[Bar]:
    return [*_against_peers(results), *_against_limits(results), *_costs(results), *_short(results)]


def _against_peers(results: Results) -> list[Bar]:
    compare = _beside_limits(results)
    return [
        compare("tarball / mise", "gov, tarball", "mise", 0.5),
        *(
            _with_reason(name, compare(f"tarball / {name}", "gov, tarball", name, 0.5))
            for name in _OTHERS
        ),
        compare("tarball / `tar -xzf`", "gov, tarball", "tar -xzf", 0.4),
        _comparer(results)("module zip / tarball", "gov, module zip", "gov, tarball", 1.0),
        compare("module zip / GOTOOLCHAIN", "gov, module zip", "GOTOOLCHAIN", 0.2),
    ]


def _against_limits(results: Results) -> list[Bar]:
    compare = _comparer(results)
    return [
        compare("tarball / its limit", "gov, tarball", limit(results, "inflate tarball"), 1.5),
        compare("module zip / its limit", "gov, module zip", limit(results, "inflate zip"), 1.5),
    ]


def _costs(results: Results) -> list[Bar]:
    compare, rows = _comparer(results), results.rows
    peaks = [("gov, tarball", 64), ("gov, module zip", 128)]
    beside, alone = "gov, second patch beside", "gov, second patch alone"
    return [
        *_calls("tarball", results.calls.get("download")),
        *_calls("module zip", results.calls.get("proxy")),
        *(Bar(f"{row}: peak", most, _peak(rows[row]), " MiB") for row, most in peaks),
        Bar("second patch: blocks of its own", 0.48, results.second_patch_blocks),
        compare("second patch beside / alone", beside, alone, 1.0),
    ]


def _short(results: Results) -> list[Bar]:
    compare = _comparer(results)
    return [
        compare("installed already / `--version`", "gov, installed already", "gov --version", 3),
        compare("uninstall / `rm -rf`", "gov uninstall", "rm -rf", 1 / 20),
        Bar("right after uninstall: archives fetched", 0, results.fetched_again),
        compare("right after uninstall / fresh", "gov, right after uninstall", "gov, tarball", 1.0),
    ]


def limit(results: Results, inflaters: str) -> str:
    """The row of the greater of two limits: the fastest inflating, the fastest writing."""
    rows = results.rows

    def fastest(prefix: str) -> Optional[str]:
        names = [name for name in rows if name.startswith(prefix) and rows[name].measured]
        return min(names, key=lambda name: rows[name].median, default=None)

    found = [name for name in (fastest(inflaters), fastest(_WRITERS)) if name]
    return max(found, key=lambda name: rows[name].median, default=inflaters)


def _comparer(results: Results) -> Callable[[str, str, str, float], Bar]:
    def compare(what: str, row: str, other: str, most: float) -> Bar:
        """The ratio of two rows' medians; its spread is that of single rounds."""
        ours, theirs = results.rows.get(row), results.rows.get(other)
        if not ours or not theirs or not ours.measured or not theirs.measured:
            return Bar(what, most, None)
        each = [mine / other for mine, other in zip(ours.seconds, theirs.seconds)]
        spread = f"{min(each):.2g} to {max(each):.2g}"
        return Bar(what, most, ours.median / theirs.median, " ×", spread)

    return compare


def _beside_limits(results: Results) -> Callable[[str, str, str, float], Bar]:
    """As _comparer, and what the limit of the first row would be found as."""
    compare = _comparer(results)

    def beside(what: str, row: str, other: str, most: float) -> Bar:
        inflaters = "inflate zip" if "zip" in row else "inflate tarball"
        floor = compare(what, limit(results, inflaters), other, most).found
        return replace(compare(what, row, other, most), limit=floor)

    return beside


def _calls(name: str, calls: Optional[Calls]) -> list[Bar]:
    """What strace counted; a full sync is one that waits for the whole file system."""
    a_file, full_syncs = f"{name}: system calls a file", f"{name}: full syncs"
    if calls is None:
        reason = "skipped: strace may not run"
        claims = ((a_file, 4), (full_syncs, 1))
        return [Bar(what, most, None, skipped=reason) for what, most in claims]
    single = f"and {calls.of('fsync', 'fdatasync')} of one file or directory"
    return [
        Bar(a_file, 4, calls.a_file, spread=f"{calls.files} files"),
        Bar(full_syncs, 1, calls.of("sync", "syncfs"), spread=single),
    ]


def _with_reason(name: str, bar: Bar) -> Bar:
    """A peer's bar that tells why it was not measured."""
    on_path = shutil.which(name) is not None
    unknown = "its plugin's download host is fixed" if name == "asdf" else "it failed, see below"
    return replace(bar, skipped=f"skipped: {unknown if on_path else 'not on PATH'}")


def _peak(row: Row) -> Optional[float]:
    return row.peak if row.measured else None
