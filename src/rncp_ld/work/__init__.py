"""Where the work of a build is done: in this process, in several of this machine, or on a dask cluster.

`Workers` hands tasks to any `concurrent.futures.Executor` and gives their results back in order; `open_workers` makes the
executors that the command line offers. A task is a function of a module and values that can be pickled; what it makes is in
files, or small. A task whose worker was lost runs again.
"""

from rncp_ld.work.collector import collecting_seldom
from rncp_ld.work.executors import open_workers
from rncp_ld.work.workers import Workers

__all__ = ["Workers", "collecting_seldom", "open_workers"]
