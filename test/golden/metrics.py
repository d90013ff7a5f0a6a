"""Makes metrics.json: ranking metrics of an independent implementation, for random lists.

    python3 -m venv venv && venv/bin/pip install ranx==0.3.21
    venv/bin/python test/golden/metrics.py > test/golden/metrics.json
"""

import json
import random

from ranx import Qrels, Run, evaluate

METRICS = ["recall@10", "recall@20", "ndcg@10", "ndcg@20", "mrr@20"]
ROWS = 60

random.seed(7)
ranked, relevant = {}, {}
for case in range(40):
    size = random.choice([3, 12, 20, 35])
    ranked[f"q{case:02}"] = random.sample(range(ROWS), size)
    relevant[f"q{case:02}"] = sorted(random.sample(range(ROWS), random.choice([1, 2, 5, 15, 30])))

run = Run({q: {f"d{row}": float(ROWS - place) for place, row in enumerate(rows)} for q, rows in ranked.items()})
qrels = Qrels({q: {f"d{row}": 1 for row in rows} for q, rows in relevant.items()})
means = evaluate(qrels, run, METRICS)
print(
    json.dumps(
        {
            "means": {metric: float(means[metric]) for metric in METRICS},
            "cases": [
                {
                    "ranked": ranked[q],
                    "relevant": relevant[q],
                    "values": {metric: round(float(run.scores[metric][q]), 12) for metric in METRICS},
                }
                for q in ranked
            ],
        },
        separators=(",", ":"),
    )
)
