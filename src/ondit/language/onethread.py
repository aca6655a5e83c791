"""One thread for numpy's products, where they are many and small."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep numpy's products on this core for a while.

    They are too small to be shared out with profit, and where several processes read, as many
    threads as cores in each would be in each other's way. Another library than OpenBLAS below
    numpy is left as it is.
    """
    library = _openblas()
    if library is None:
        yield
        return
    before = library.scipy_openblas_get_num_threads64_()
    library.scipy_openblas_set_num_threads64_(1)
    try:
        yield
    finally:
        library.scipy_openblas_set_num_threads64_(before)


@cache
def _openblas() -> ctypes.CDLL | None:
    """Return the OpenBLAS that comes with numpy's own packages, or None."""
    extension = sys.modules.get("numpy._core._multiarray_umath")
    library = ctypes.CDLL(extension.__file__) if extension else None
    return library if hasattr(library, "scipy_openblas_set_num_threads64_") else None
