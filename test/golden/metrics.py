"""Makes metrics.json: ranking metrics of an independent implementation, for random lists.

    python3 -m venv venv && venv/bin/pip install ranx==0.3.21
    venv/bin/python test/golden/metrics.py > test/golden/metrics.json
"""

import json
import random

from ranx import Qrels, Run, evaluate

# Our names, and those of ranx.
METRICS = {f"{ours}@{k}": f"{theirs}@{k}"
           for ours, theirs in {"recall": "recall", "ndcg": "ndcg", "hr": "hit_rate", "mrr": "mrr"}.items()
           for k in (10, 20)}
ROWS = 60

random.seed(7)
ranked, relevant = {}, {}
for case in range(40):
    size = random.choice([3, 12, 20, 35])
    ranked[f"q{case:02}"] = random.sample(range(ROWS), size)
    relevant[f"q{case:02}"] = sorted(random.sample(range(ROWS), random.choice([1, 2, 5, 15, 30])))

run = Run({q: {f"d{row}": float(ROWS - place) for place, row in enumerate(rows)} for q, rows in ranked.items()})
qrels = Qrels({q: {f"d{row}": 1 for row in rows} for q, rows in relevant.items()})
means = evaluate(qrels, run, list(METRICS.values()))
print(
    json.dumps(
        {
            "means": {ours: float(means[theirs]) for ours, theirs in METRICS.items()},
            "cases": [
                {
                    "ranked": ranked[q],
                    "relevant": relevant[q],
                    "values": {ours: round(float(run.scores[theirs][q]), 12) for ours, theirs in METRICS.items()},
                }
                for q in ranked
            ],
        },
        separators=(",", ":"),
    )
)
