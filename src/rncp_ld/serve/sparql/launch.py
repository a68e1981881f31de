"""Starts an engine under limits; run as a program of its own, so that nothing of ours is between them and the engine.

    python launch.py MEMORY COMMAND...

The engine may use MEMORY bytes of data (it ends where it asks for more), leaves no core file, yields the processor to the server in
front of it, and ends with it, however that ends.
"""

import ctypes
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1
_NICE = 5

memory, command = int(sys.argv[1]), sys.argv[2:]
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
os.nice(_NICE)
os.execv(command[0], command)  # noqa: S606 - the command is ours: no shell, no text of a user's
