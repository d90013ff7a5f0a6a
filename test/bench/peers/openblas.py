"""OpenBLAS by numpy and scipy. A job is ["inverse", 1024] or the like; answers its seconds."""

import json
import sys
import time

import numpy as np
import scipy
import scipy.linalg.lapack as lapack
import scipy.sparse as sparse

folder = sys.argv[1]
HISTORY = 99
random = np.random.default_rng(1)


def numbers(n, m):
    return np.asfortranarray(random.random((n, m), dtype=np.float32) - np.float32(0.5))


def system(n):
    a = numbers(n, n)
    a[np.diag_indices(n)] = n / 8
    return a


def solve(n, m):
    a, b = system(n), numbers(n, m)
    start = time.perf_counter()
    factor, info = lapack.spotrf(a, lower=1, overwrite_a=1)
    lapack.spotrs(factor, b, lower=1, overwrite_b=1)
    return time.perf_counter() - start


def inverse(n):
    a = system(n)
    start = time.perf_counter()
    factor, info = lapack.spotrf(a, lower=1, overwrite_a=1)
    lapack.spotri(factor, lower=1, overwrite_c=1)
    return time.perf_counter() - start


def gram(n, m):
    columns = np.fromfile(f"{folder}/columns", np.uint32).astype(np.int32)
    values = np.fromfile(f"{folder}/values", np.float32)
    starts = np.arange(m + 1, dtype=np.int32) * HISTORY
    x = sparse.csr_array((values, columns, starts), shape=(m, n))
    start = time.perf_counter()
    (x.T @ x).toarray()
    return time.perf_counter() - start


JOBS = {"solve": solve, "inverse": inverse, "gram": gram}
print(json.dumps(f"scipy {scipy.__version__}"))
for line in sys.stdin:
    name, *sizes = json.loads(line)
    print(JOBS[name](*sizes))
