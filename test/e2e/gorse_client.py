"""Calls every function of PyGorse, of both its clients, and prints one line of JSON a call: name, status, reply."""
import asyncio
import json
import sys

from gorse import AsyncGorse, Gorse, GorseException

AT = "2024-05-01T12:00:00Z"
USER = {"UserId": "py", "Labels": {"likes": ["bread"], "age": 7}, "Comment": "a baker"}
ITEM = {
    "ItemId": "py-1",
    "IsHidden": True,
    "Labels": {"embedding": [0.1, 0.2, 0.3], "tags": ["loaf"]},
    "Categories": ["baking", "slow"],
    "Timestamp": AT,
    "Comment": "Sourdough",
}
FEEDBACK = [{"FeedbackType": "watch", "UserId": "py", "ItemId": f"v-{n}", "Value": 1.0, "Timestamp": AT} for n in (1, 3)]
CALLS = [
    ("insert_user", [USER]),
    ("get_user", ["py"]),
    ("insert_users", [[{"UserId": "py-2"}, {"UserId": "py-3"}]]),
    ("get_users", [2]),
    ("insert_item", [ITEM]),
    ("get_item", ["py-1"]),
    ("update_item", ["py-1", None, None, None, None, "Rye"]),
    ("get_item", ["py-1"]),
    ("get_items", [2]),
    ("search_items", ["bread"]),
    ("delete_item", ["py-1"]),
    ("get_item", ["py-1"]),
    ("insert_feedback", ["like", "py", "v-1", AT]),
    ("insert_feedbacks", [FEEDBACK]),
    ("list_feedbacks", ["watch", "py"]),
    ("get_feedbacks", [2]),
    ("delete_feedback", ["py", "v-3"]),
    ("list_feedbacks", ["watch", "py"]),
    ("insert_feedback", ["watch", "py", "v-3", AT]),
    ("list_feedbacks", ["watch", "py"]),
    ("insert_feedback", ["purchase", "py", "v-1", AT]),
    ("get_recommend", ["py", "", 3]),
    ("get_recommend", ["py", "odd", 3, 1, "read", "10m"]),
    ("session_recommend", [FEEDBACK, 3]),
    ("get_neighbors", ["v-1", 3]),
    ("delete_user", ["py"]),
    ("get_user", ["py"]),
]


async def call(client, name, args):
    """The status and the reply of one call."""
    try:
        found = getattr(client, name)(*args)
        found = await found if asyncio.iscoroutine(found) else found
        if name == "get_recommend":
            found = [it.to_dict() for it in found]
        return 200, found
    except GorseException as error:
        return error.status_code, error.message


async def main(url, key):
    for kind in (Gorse, AsyncGorse):
        functions = {it for it in dir(kind) if not it.startswith("_")}
        print(json.dumps(["functions", 0, sorted(functions - {name for name, _ in CALLS})]))
        client = kind(url, key)
        for name, args in CALLS:
            print(json.dumps([name, *await call(client, name, args)]))


asyncio.run(main(*sys.argv[1:]))
