"""Measure how the time to read a text grows with its length.

Each case is measured in a process of its own. The kernel ends the process when it has used up its time or its
memory. So a case that is not linear, or that ends the interpreter, is a result like any other.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.growth.families import Family
from tests.growth.places import PLACES

#: A text is made longer by this factor.
FACTOR = 8
#: What is wanted: so many times the time at most.
MOST_GROWTH = 12.0
ROUNDS = 3
#: Wanted of one page, whatever is on it: seconds of processor time, and MiB.
MOST_SECONDS = 20.0
MOST_MEMORY = 256
#: A text is long enough when it takes so long to read; below it a clock tells little (seconds).
_ENOUGH = 0.004
#: A shorter time is taken for this one (seconds).
_FLOOR = 0.001
#: The clock of some machines moves by 4 milliseconds: a measurement takes several times as long (seconds).
_TELLING = 0.015
#: Readings of one measurement, at most.
_MOST_READINGS = 100
#: Characters of the first text that is tried.
_SHORTEST = 1_000
#: Seconds of processor time for the texts that are tried first.
_TRYING = 2.0
#: Address space of a process, in bytes: far more than an honest page takes.
_MEMORY = 3 << 30


@dataclass(frozen=True)
class Growth:
    """How a case grows.

    :param family: name of the family
    :param place: name of the place
    :param length: characters of the shorter text; 0 where even the first one was too much
    :param short: time to read the shorter text, best of three (seconds of processor time)
    :param long: time to read the longer text; None where it was too much
    :param memory: most memory of the process (MiB)
    :param ended: how the process ended, where not by itself
    """

    family: str
    place: str
    length: int
    short: float
    long: float | None
    memory: int
    ended: str = ''

    @property
    def ratio(self) -> float:
        """How many times as long the longer text takes; infinite where it was too much."""
        return float('inf') if self.long is None else self.long / max(self.short, _FLOOR)

    @property
    def is_linear(self) -> bool:
        """Whether the growth is as wanted."""
        return self.ratio <= MOST_GROWTH


@dataclass(frozen=True)
class Cost:
    """What it costs to read one text.

    :param family: name of the family
    :param place: name of the place
    :param seconds: of processor time, start of the process included
    :param memory: most memory of the process (MiB)
    :param ended: how the process ended, where not by itself
    """

    family: str
    place: str
    seconds: float
    memory: int
    ended: str = ''

    @property
    def is_bearable(self) -> bool:
        """Whether it is as wanted."""
        return not self.ended and self.memory <= MOST_MEMORY


def measure(family: Family, place: str, longest: int) -> Growth:
    """Measure in a process of its own how a case grows.

    :param longest: characters of the shorter text, at most
    """
    lines, status, usage = _apart(lambda writing: _measure_here(family, place, longest, writing))
    length, short = lines[0] if lines else (0, 0.0)
    long = lines[1] if len(lines) > 1 else None
    return Growth(family.name, place, length, short, long, usage.ru_maxrss // 1024, _ending(status))


def read_once(family: Family, place: str, length: int) -> Cost:
    """Read a text of about so many characters once, in a process of its own."""
    _, status, usage = _apart(lambda _: _read_here(family, place, length))
    seconds = usage.ru_utime + usage.ru_stime
    return Cost(family.name, place, seconds, usage.ru_maxrss // 1024, _ending(status))


def _apart(job: Callable[[int], None]) -> tuple[list[Any], int, resource.struct_rusage]:
    """Do a job in a process of its own; return what it wrote, how it ended, and what it used.

    :param job: is given the pipe to which it writes
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _end(lambda: job(writing))
    os.close(writing)
    with os.fdopen(reading) as answers:
        lines = [json.loads(line) for line in answers if line.endswith('\n')]
    _, status, usage = os.wait4(child, 0)
    return lines, status, usage


def _end(job: Callable[[], None]) -> None:
    """Do a job, and end the process without what its parent would do at its end."""
    code = 1
    try:
        job()
        code = 0
    except MemoryError:
        code = 2
    except RecursionError:
        code = 3
    finally:
        os._exit(code)


def _ending(status: int) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return 'out of time' if number == signal.SIGPROF else f'killed by {signal.Signals(number).name}'
    return {0: '', 2: 'out of memory', 3: 'RecursionError'}.get(os.WEXITSTATUS(status), 'an exception')


def _prepare(place: str) -> Callable[[str], None]:
    """Set the limits of this process, and return what reads a text in a place."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()
    read = PLACES[place]
    read('warm')
    return read


def _read_here(family: Family, place: str, length: int) -> None:
    read = _prepare(place)
    _allow(MOST_SECONDS)
    read(family.text(family.times(length)))


def _measure_here(family: Family, place: str, longest: int, writing: int) -> None:
    """Measure in this process, and write first length and time of the shorter text, then the other time."""
    read = _prepare(place)
    _allow(_TRYING)
    times, short = _shorter(family, read, longest)
    length = len(family.text(times))
    _write(writing, [length, short])
    text = family.text(times * FACTOR)
    wanted = max(short, _FLOOR) * MOST_GROWTH
    best = float('inf')
    for _ in range(ROUNDS):
        # Room for a process that was disturbed, none for one that is not linear.
        _allow(wanted * 2 + 0.1)
        best = min(best, _time(read, text))
        if best <= wanted:
            break
    _write(writing, best)


def _shorter(family: Family, read: Callable[[str], None], longest: int) -> tuple[int, float]:
    """Return how often the shorter text has the pattern, and the time that it takes, best of three."""
    times = family.times(_SHORTEST)
    while True:
        text = family.text(times)
        if _time(read, text, _ENOUGH) >= _ENOUGH or len(text) * 2 > longest:
            return times, min(_time(read, text) for _ in range(ROUNDS))
        times *= 2


def _time(read: Callable[[str], None], text: str, telling: float = _TELLING) -> float:
    """Return the time that one reading takes: the mean of so many that the clock can tell it."""
    count, spent, start = 0, 0.0, time.process_time()
    while spent < telling and count < _MOST_READINGS:
        read(text)
        count += 1
        spent = time.process_time() - start
    return spent / count


def _allow(seconds: float) -> None:
    """Let the kernel end this process after so many seconds of processor time from now."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _write(writing: int, value: object) -> None:
    os.write(writing, f'{json.dumps(value)}\n'.encode())
