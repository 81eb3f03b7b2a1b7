"""Put this process behind the walls that a Linux kernel has: Landlock, seccomp, no privileges.

Needs nothing but Python itself. Each wall is put up on its own; what is returned says which
one could not be, and why, so that a person can be told. Nothing is taken down again.
"""

from __future__ import annotations

import os
import signal
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corridormap.geo.sandbox.calls import ARCHITECTURES, CONDITIONAL, REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "LackingError",
    "end_with_parent",
    "give_up_privileges",
    "keep_limits",
    "refuse_calls",
    "refuse_files",
]

_PDEATHSIG, _DUMPABLE, _NO_NEW_PRIVILEGES = 1, 4, 38
_SECCOMP = (317, 277)
_CAPABILITY_VERSION = 0x20080522
_RULESET, _ADD_RULE, _RESTRICT = 444, 445, 446
_WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE = 1 << 1, 1 << 2, 1 << 3, 1 << 14
_TCP = 0b11
_SCOPED = 0b11
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _UNKNOWN, _KILL = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000
_YES, _NO = (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16
_OTHER_TABLE = 0x40000000
"""Numbers from here on are those of x32, which name the same calls once more."""
_CLONE_THREAD = 0x00010000

Instruction = tuple[int, int, int, int]


class LackingError(Exception):
    """A wall cannot be put up here; the text says why."""


def give_up_privileges() -> None:
    """Give up every capability, and the way to new ones; nobody looks into this process.

    Raises
    ------
    LackingError
        The system has no such thing.
    """
    _prctl(_NO_NEW_PRIVILEGES, 1)
    _prctl(_DUMPABLE, 0)
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    header = struct.pack("Ii", _CAPABILITY_VERSION, 0)
    if library.capset(header, bytes(24)):
        raise LackingError(f"capabilities stay ({os.strerror(ctypes.get_errno())})")


def end_with_parent(parent: int) -> None:
    """End this process when the thread that started it ends; at once if it has ended.

    Raises
    ------
    LackingError
        The system has no such thing.
    """
    _prctl(_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(1)


def refuse_files(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Allow what is below `readable` to be read, and the files `writable` to be written.

    Nothing can be made, moved or removed, nothing run. Where the kernel knows it, TCP, sockets
    with a name of their own and signals to others are refused too.

    Raises
    ------
    LackingError
        The kernel has no Landlock.
    """
    version = _system("Landlock", _RULESET, None, 0, 1)
    rights = (1 << 13) - 1
    rights |= (1 << 13) * (version >= 2) | _TRUNCATE * (version >= 3) | (1 << 15) * (version >= 5)
    size = 8 if version < 4 else 16 if version < 6 else 24
    wanted = struct.pack("QQQ", rights, _TCP, _SCOPED)[:size]
    ruleset = _system("Landlock", _RULESET, wanted, size, 0)
    for path in readable:
        _allow(ruleset, path, _READ_FILE | _READ_DIR)
    for path in writable:
        _allow(ruleset, path, (_READ_FILE | _WRITE_FILE | _TRUNCATE) & rights)
    _system("Landlock", _RESTRICT, ruleset, 0)
    os.close(ruleset)


def refuse_calls() -> None:
    """Refuse the calls of `corridormap.geo.sandbox.calls` to this thread and those it starts.

    Raises
    ------
    LackingError
        The kernel has no seccomp, or the processor's numbers are not known.
    """
    own, column = os.getpid(), _column()
    number = {name: row[column] for name, row in CONDITIONAL.items()}
    code = [
        *_rule(number["kill"], _unless_equal(0, own)),
        *_rule(number["tgkill"], _unless_equal(0, own)),
        *_rule(number["prctl"], _if_one_of(0, (_PDEATHSIG, _DUMPABLE))),
        *_rule(number["clone"], _unless_bit(0, _CLONE_THREAD)),
        # What is asked lies in memory, where no filter looks: libc falls back to clone.
        *_rule(number["clone3"], [(_RETURN, 0, 0, _UNKNOWN)]),
    ]
    for row in REFUSED.values():
        code += _rule(row[column], [_NO])
    _filter(code)


def keep_limits() -> None:
    """Refuse other limits, of any process, and new threads, once everything is loaded.

    Raises
    ------
    LackingError
        As in `refuse_calls`.
    """
    column = _column()
    code = _rule(CONDITIONAL["prlimit64"][column], _unless_zero(2))
    for name in ("setrlimit", "clone", "clone3"):
        code += _rule(CONDITIONAL[name][column], [_NO])
    _filter(code)


def _prctl(*words: int) -> None:
    try:
        import ctypes

        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (ImportError, OSError, TypeError, AttributeError) as error:
        raise LackingError("this system has no prctl, or this Python cannot call it") from error
    if prctl(*[ctypes.c_ulong(word) for word in (*words, 0, 0, 0)[:5]]):
        raise LackingError(f"the kernel refuses prctl ({os.strerror(ctypes.get_errno())})")


def _system(wall: str, call: int, *words: Any) -> int:
    """Return what the kernel answers to a call that libc has no name for."""
    if not sys.platform.startswith("linux"):
        raise LackingError(f"only Linux has {wall}")
    try:
        import ctypes

        library = ctypes.CDLL(None, use_errno=True)
    except ImportError as error:
        raise LackingError(f"this Python cannot call {wall} (it has no ctypes)") from error
    library.syscall.restype = ctypes.c_long
    sized = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]
    answer = int(library.syscall(ctypes.c_long(call), *sized))
    if answer < 0:
        said = os.strerror(ctypes.get_errno())
        raise LackingError(f"the kernel has no {wall}, or it is switched off ({said})")
    return answer


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no leave
    try:
        if not Path(path).is_dir():
            rights &= ~_READ_DIR
        rule = struct.pack("=Qi", rights, opened)
        _system("Landlock", _ADD_RULE, ruleset, 1, rule, 0)
    finally:
        os.close(opened)


def _column() -> int:
    machine = os.uname().machine if hasattr(os, "uname") else ""
    if not sys.platform.startswith("linux") or machine not in ARCHITECTURES:
        raise LackingError(f"no list of calls for this system ({sys.platform} {machine})".strip())
    if sys.maxsize < 1 << 32 or sys.byteorder != "little":
        raise LackingError("no list of calls for this kind of Python")
    return ARCHITECTURES[machine][1]


def _rule(number: int, block: list[Instruction]) -> list[Instruction]:
    """Return what does `block`, which ends every way through it, for one call."""
    return [(_EQUAL, 0, len(block), number), *block] if number >= 0 else []


def _low(argument: int) -> Instruction:
    return (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * argument)


def _unless_equal(argument: int, value: int) -> list[Instruction]:
    return [_low(argument), (_EQUAL, 1, 0, value), _NO, _YES]


def _unless_zero(argument: int) -> list[Instruction]:
    high = (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * argument + 4)
    return [_low(argument), (_EQUAL, 0, 2, 0), high, (_EQUAL, 1, 0, 0), _NO, _YES]


def _if_one_of(argument: int, values: Sequence[int]) -> list[Instruction]:
    tests = [(_EQUAL, len(values) - at, 0, value) for at, value in enumerate(values)]
    return [_low(argument), *tests, _YES, _NO]


def _unless_bit(argument: int, bit: int) -> list[Instruction]:
    return [_low(argument), (_ANY_BIT, 1, 0, bit), _NO, _YES]


def _filter(code: list[Instruction]) -> None:
    architecture, _ = ARCHITECTURES[os.uname().machine]
    whole = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, _OTHER_TABLE),
        (_RETURN, 0, 0, _KILL),
        *code,
        _YES,
    ]
    packed = b"".join(struct.pack("HBBI", *each) for each in whole)
    # For every thread that a library has started, too; they began behind the same walls.
    import ctypes

    held = ctypes.create_string_buffer(packed)
    program = struct.pack("HxxxxxxQ", len(whole), ctypes.addressof(held))
    if _system("seccomp", _SECCOMP[_column()], 1, 1, program):
        raise LackingError("a thread is behind other walls")
