"""Files that are the same in two publications: one file with two names where the disk can do that, else a copy."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

_CANNOT = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EACCES}
"""What a disk says that has no hard links, or no more for this file."""


def link(source: str | Path, target: str | Path) -> None:
    """Give a file a second name. Nobody writes into a file that is there: each is made anew."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
        shutil.copyfile(source, target)
