"""Name the calls of the Linux kernel that a reader of files has no need of. Calls none.

What is not named stays allowed: a list of what a Python with GDAL and Arrow needs would
break with the next libc. What needs a privilege (mounting, modules, the clock) is not named
either, since the process has given all of them up.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ARCHITECTURES", "CONDITIONAL", "REFUSED"]

ARCHITECTURES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
)
"""What the kernel calls each processor, and which column below has its numbers."""

_NONE = -1
REFUSED: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        # No network, and nobody else's socket; io_uring opens sockets behind a filter's back.
        "socket": (41, 198), "socketpair": (53, 199), "io_uring_setup": (425, 425),
        # No other program, and no process that outlives this one.
        "execve": (59, 221), "execveat": (322, 281), "fork": (57, _NONE), "vfork": (58, _NONE),
        # No look or hand into other processes.
        "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
        "process_madvise": (440, 440), "kcmp": (312, 272), "pidfd_open": (434, 434),
        "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424), "tkill": (200, 130),
        "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
        "setpriority": (141, 140), "ioprio_set": (251, 30), "sched_setaffinity": (203, 122),
        "sched_setscheduler": (144, 119), "sched_setparam": (142, 118),
        "sched_setattr": (314, 274), "migrate_pages": (256, 238), "move_pages": (279, 239),
        # It stays in its group, which is ended as a whole.
        "setsid": (112, 157), "setpgid": (109, 154),
        # Parts of the kernel that holes are found in, and new namespaces, which lead to them.
        "unshare": (272, 97), "setns": (308, 268), "keyctl": (250, 219), "add_key": (248, 217),
        "request_key": (249, 218), "bpf": (321, 280), "perf_event_open": (298, 241),
        "userfaultfd": (323, 282),
        # Memory that no limit counts, or that stays when the process is gone.
        "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194),
        "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
        # What Landlock does not know: owners, modes, times and attributes of files, and (on
        # older kernels) their length.
        "truncate": (76, 45), "chmod": (90, _NONE), "fchmod": (91, 52), "fchmodat": (268, 53),
        "fchmodat2": (452, 452), "chown": (92, _NONE), "fchown": (93, 55), "lchown": (94, _NONE),
        "fchownat": (260, 54), "utime": (132, _NONE), "utimes": (235, _NONE),
        "futimesat": (261, _NONE), "utimensat": (280, 88), "setxattr": (188, 5),
        "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
        "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
        "removexattrat": (466, 466), "file_setattr": (469, 469),
    }
)  # fmt: skip
"""Numbers on x86_64 and aarch64; an aarch64 without the call has -1."""

CONDITIONAL: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "kill": (62, 129),
        "tgkill": (234, 131),
        "prctl": (157, 167),
        "clone": (56, 220),
        "clone3": (435, 435),
        "prlimit64": (302, 261),
        "setrlimit": (160, 164),
    }
)
"""Calls that depend on what they are asked, or on when."""
