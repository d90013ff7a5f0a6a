"""implicit's iALS (conjugate gradients, its default). A job is {k, epochs, save?}; answers {seconds, epochs, peakMb}.

α and λ are the best found on MovieLens-1M. With `save` the factors after each epoch are written beside
the data: post factors, and everybody's solved exactly for them.
"""

import json
import sys
import time

import implicit
import numpy as np
import scipy.sparse as sparse
from threadpoolctl import threadpool_limits

folder, posts, threads = sys.argv[1], *map(int, sys.argv[2:])
ALPHA, LAMBDA = 4.3, 60.0
threadpool_limits(1, "blas")  # as implicit asks for: its own threads call it

row_start = np.fromfile(f"{folder}/rowStart", np.uint32).astype(np.int32)
columns = np.fromfile(f"{folder}/columns", np.uint32).astype(np.int32)
ones = np.ones(len(columns), np.float32)
likes = sparse.csr_matrix((ones, columns, row_start), shape=(len(row_start) - 1, posts))


def fit(k, epochs, save=False):
    model = implicit.als.AlternatingLeastSquares(
        factors=k,
        regularization=LAMBDA,
        alpha=ALPHA,
        iterations=epochs,
        num_threads=threads,
        random_state=1,
    )
    took = []

    def told(epoch, seconds, *_):
        took.append(seconds)
        if save:
            model._YtY = None  # kept from the epoch before otherwise
            people = model.recalculate_user(np.arange(likes.shape[0]), likes)
            people.astype(np.float32).tofile(f"{folder}/theirs-{epoch + 1}.x")
            model.item_factors.tofile(f"{folder}/theirs-{epoch + 1}.y")

    start = time.perf_counter()
    model.fit(likes, show_progress=False, callback=told)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "epochs": took, "peakMb": peak_mb()}


def peak_mb():
    """Of this program alone: getrusage counts what its parent had, too."""
    with open("/proc/self/status") as status:
        return next(int(it.split()[1]) for it in status if it.startswith("VmHWM")) / 1e3


print(json.dumps(f"implicit {implicit.__version__}"))
for line in sys.stdin:
    print(json.dumps(fit(**json.loads(line))))
