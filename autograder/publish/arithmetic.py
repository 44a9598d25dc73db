"""One arithmetic for every build: a last digit may not depend on the processor.

NumPy, OpenBLAS and the C library each choose, when they are loaded, among versions of a routine that round
differently. A build holds texts that follow from results (a hint stands under the very message that a wrong
answer gets), so a build on another processor would give other files. Each of the three can be told to use
the version that every x86-64 processor has; elsewhere the names mean nothing and are passed over.
"""

from __future__ import annotations

import os
import sys

COMMON_ARITHMETIC = {
    "OPENBLAS_CORETYPE": "Prescott",
    "OPENBLAS_NUM_THREADS": "1",
    "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX512F,-FMA,-FMA4",
}


def use_common_arithmetic() -> None:
    """Start this command again with the common arithmetic, unless it has it already.

    The libraries read these names when they are loaded, which is before any code of ours could set them.
    """
    if any(os.environ.get(name) != value for name, value in COMMON_ARITHMETIC.items()):
        call = [sys.executable, "-P", "-m", "autograder", *sys.argv[1:]]
        os.execve(sys.executable, call, os.environ | COMMON_ARITHMETIC)
