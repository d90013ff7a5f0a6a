"""faiss: nearest rows by looking at all. A job is the number of a query; answers {ms, rows}."""

import json
import sys
import time

import faiss
import numpy as np

path, rows, d, count = sys.argv[1], *map(int, sys.argv[2:])
everything = np.fromfile(path, np.float32).reshape(-1, d)
vectors, queries = everything[:rows], everything[rows:]
index = faiss.IndexFlatIP(d)
index.add(vectors)
print(json.dumps(f"faiss {faiss.__version__}"))
for line in sys.stdin:
    n = json.loads(line)
    start = time.perf_counter()
    _, found = index.search(queries[n : n + 1], count)
    ms = (time.perf_counter() - start) * 1000
    print(json.dumps({"ms": ms, "rows": found[0].tolist()}))
