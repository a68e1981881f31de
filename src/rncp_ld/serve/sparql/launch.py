"""Starts an engine under limits; run as a program of its own, so that nothing of ours is between them and the engine.

    python launch.py PARENT MEMORY COMMAND...

The engine may use MEMORY bytes of data (it ends where it asks for more), leaves no core file, yields the processor to the server in
front of it, and ends with it (the process PARENT), however that ends. It answers, and calls nobody: the system refuses it every
connection of its own, so that no writing of SERVICE that the server lets through reaches another host.
"""

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
import sys

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 38, 22
_SECCOMP_MODE_FILTER = 2
_NICE = 5

# https://man7.org/linux/man-pages/man2/seccomp.2.html: an instruction is code, jump if true, jump if false, value. What is looked
# at: the number of the call at byte 0, the architecture at 4, the lower and the upper half of the fifth argument at 48 and 52.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # EPERM
_X32 = 0x40000000
_CALLS = {
    # machine: architecture, connect, sendto (with an address in its fifth argument), sendmsg, sendmmsg, io_uring_setup
    "x86_64": (0xC000003E, 42, 44, 46, 307, 425),
    "aarch64": (0xC00000B7, 203, 206, 211, 269, 425),
}
"""https://github.com/torvalds/linux: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def _filter(architecture: int, connect: int, sendto: int, *others: int) -> bytes:
    """Return the program that refuses to call: 15 instructions, of which the last two are the outcomes."""
    body = [
        (_LOAD, None, None, 4),
        (_EQUAL, None, "refuse", architecture),
        (_LOAD, None, None, 0),
        (_AT_LEAST, "refuse", None, _X32),
        *((_EQUAL, "refuse", None, number) for number in (connect, *others)),
        (_EQUAL, None, "allow", sendto),
        (_LOAD, None, None, 48),
        (_EQUAL, None, "refuse", 0),
        (_LOAD, None, None, 52),
        (_EQUAL, "allow", "refuse", 0),
    ]
    ends = {"allow": len(body), "refuse": len(body) + 1}
    code = b""
    for place, (what, if_true, if_false, value) in enumerate(body):
        jumps = [0 if end is None else ends[end] - place - 1 for end in (if_true, if_false)]
        code += struct.pack("HBBI", what, *jumps, value)
    return code + struct.pack("HBBI", _RETURN, 0, 0, _ALLOW) + struct.pack("HBBI", _RETURN, 0, 0, _REFUSE)


def _call_nobody(libc: ctypes.CDLL) -> None:
    """Refuse connections, where the machine is one of those that are known."""
    calls = _CALLS.get(platform.machine())
    if calls is None:
        return
    code = ctypes.create_string_buffer(_filter(*calls))
    program = _Program((len(code) - 1) // 8, ctypes.cast(code, ctypes.c_void_p))
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)


parent, memory, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
os.nice(_NICE)
# A signal to the server's group, as Ctrl-C sends it, is the server's: queries come to their end first.
with contextlib.suppress(OSError):
    os.setpgid(0, 0)
if sys.platform == "linux":
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before it could be told
        sys.exit(1)
    _call_nobody(libc)
os.execv(command[0], command)  # noqa: S606 - the command is ours: no shell, no text of a user's
