"""Reference for test/models/ials/als.test.ts: iALS written from the loss, densely, in plain Python.

    python3 test/golden/als.py > test/golden/als.json

Shares nothing with the program: every row's normal equations are summed over *all* rows of the
other side, observed or not, and solved by Gaussian elimination with pivoting.
"""

import json

USERS, POSTS, K, EPOCHS = 7, 9, 3, 4
LAMBDA, ALPHA0 = 0.05, 0.2

state = 12345


def draw():
    """Park and Miller's minimal standard generator, 0 to 1."""
    global state
    state = state * 48271 % 2147483647
    return state / 2147483647


def solve(a, b):
    n = len(b)
    rows = [row[:] + [right] for row, right in zip(a, b)]
    for i in range(n):
        best = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for r in range(n):
            if r != i:
                f = rows[r][i] / rows[i][i]
                rows[r] = [x - f * y for x, y in zip(rows[r], rows[i])]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def half(confidence, other, means):
    """The minimum of the loss in every row of one side. confidence[row][column]; 0 is unobserved."""
    out = []
    for c_row, mean in zip(confidence, means):
        n = sum(c != 0 for c in c_row)
        ridge = LAMBDA * (n + ALPHA0 * len(other))
        a = [[ridge * (i == j) for j in range(K)] for i in range(K)]
        b = [ridge * m for m in mean]
        for c, y in zip(c_row, other):
            weight = ALPHA0 + abs(c)
            preference = 1 if c > 0 else 0
            for i in range(K):
                b[i] += abs(c) * preference * y[i]
                for j in range(K):
                    a[i][j] += weight * y[i] * y[j]
        out.append(solve(a, b))
    return out


def transposed(m):
    return [list(column) for column in zip(*m)]


def table(rows, columns, scale):
    return [[scale * (draw() - 0.5) for _ in range(columns)] for _ in range(rows)]


# About half of all entries are observed, one in five of them a dislike; no row is empty.
C = [[0.0] * POSTS for _ in range(USERS)]
for u in range(USERS):
    for p in range(POSTS):
        seen, liked, size = draw(), draw(), draw()
        if seen < 0.5 or p == u:
            C[u][p] = (1 if liked < 0.8 else -1) * (0.25 + round(size * 8) / 4)

user_means, post_means = table(USERS, K, 0.6), table(POSTS, K, 0.6)
start = posts = table(POSTS, K, 0.2)
for _ in range(EPOCHS):
    users = half(C, posts, user_means)
    posts = half(transposed(C), users, post_means)

print(
    json.dumps(
        {
            "params": {"k": K, "lambda": LAMBDA, "alpha0": ALPHA0, "epochs": EPOCHS},
            "confidence": C,
            "userMeans": user_means,
            "postMeans": post_means,
            "start": start,
            "users": users,
            "posts": posts,
        },
        indent=1,
    )
)
