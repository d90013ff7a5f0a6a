"""The way the service was first tried: FastAPI over JSON files that are read at the start, numpy to compare with every post.

`--scan` keeps interactions as the lists of dicts they came in and looks through them at each
request, as the first trial did; `--grouped` puts them in order by user first.
"""

import json
import sys
from collections import defaultdict

import numpy as np
import uvicorn
from fastapi import FastAPI

folder, way, port = sys.argv[1:4]


def read(name):
    with open(f"{folder}/{name}.json") as file:
        return json.load(file)


posts, users, views, likes = map(read, ["posts", "users", "views", "likes"])
vectors = np.fromfile(f"{folder}/vectors", np.float32).reshape(len(posts), -1)
row_of = {post["id"]: row for row, post in enumerate(posts)}
user_of = {user["username"]: user for user in users}


def grouped(interactions):
    by_user = defaultdict(list)
    for it in interactions:
        by_user[it["user_id"]].append(it)
    return by_user


if way == "--grouped":
    views, likes = grouped(views), grouped(likes)


def done_by(user, interactions):
    if way == "--grouped":
        return interactions[user["id"]]
    return [it for it in interactions if it["user_id"] == user["id"]]


app = FastAPI()


@app.get("/feed")
def feed(username: str, page: int = 1, page_size: int = 20):
    user = user_of[username]
    seen = {it["post_id"] for it in done_by(user, views)}
    liked = [row_of[it["post_id"]] for it in done_by(user, likes)]
    taste = vectors[liked].mean(axis=0) if liked else vectors.mean(axis=0)
    similarity = vectors @ taste
    ranked = [posts[row] for row in np.argsort(-similarity) if posts[row]["id"] not in seen]
    start = (page - 1) * page_size
    return {"status": "success", "post": ranked[start : start + page_size], "page": page}


uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error")
