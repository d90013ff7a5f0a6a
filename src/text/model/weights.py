"""A model's weights in 32 bits, by the checkpoint's names: from the checkpoint, or back from what export.py made of it."""
from pathlib import Path

import numpy as np


def read(path: Path) -> dict[str, np.ndarray]:
    """`path`: a folder with model.safetensors, or a file that export.py wrote."""
    if path.suffix == ".onnx":
        return from_onnx(path)
    from safetensors.numpy import load_file
    stored = load_file(path / "model.safetensors")
    return {k.removeprefix("bert."): v.astype(np.float32) for k, v in stored.items() if v.dtype != np.int64}


def from_onnx(path: Path) -> dict[str, np.ndarray]:
    import onnx
    stored = {it.name: onnx.numpy_helper.to_array(it) for it in onnx.load(path).graph.initializer}

    def linear(name):
        """[out, in], as torch keeps it."""
        if name + ".w" in stored:
            return stored[name + ".w"].T
        q, scale = stored[name + ".w8"], stored[name + ".s"]
        if q.ndim == 3:  # blocks of inputs: [out, blocks, size]
            return ((q.astype(np.float32) - 128) * scale.reshape(*q.shape[:2], 1)).reshape(len(q), -1)
        smooth = stored.get(name + ".smooth", np.ones(len(q), np.float32))
        return (q * scale * smooth[:, None]).T

    def norm(theirs, ours):
        return {theirs + ".weight": stored[ours + ".g"], theirs + ".bias": stored[ours + ".h"]}

    words = stored["word"] if "word" in stored else stored["word.q"] * stored["word.s"]
    out = {"embeddings.word_embeddings.weight": words,
           "embeddings.position_embeddings.weight": stored["places"],
           "embeddings.token_type_embeddings.weight": stored["types"],
           **norm("embeddings.LayerNorm", "embeddings.LayerNorm")}
    for layer in range(sum(name.endswith(".qkv.b") for name in stored)):
        p = f"encoder.layer.{layer}."
        thirds = zip(["query", "key", "value"], np.split(linear(p + "qkv"), 3), np.split(stored[p + "qkv.b"], 3))
        for part, weight, bias in thirds:
            out |= {f"{p}attention.self.{part}.weight": weight, f"{p}attention.self.{part}.bias": bias}
        for ours, theirs in {"out": "attention.output", "up": "intermediate", "down": "output"}.items():
            out |= {f"{p}{theirs}.dense.weight": linear(p + ours), f"{p}{theirs}.dense.bias": stored[p + ours + ".b"]}
        out |= norm(p + "attention.output.LayerNorm", p + "attention.output.LayerNorm") | norm(p + "output.LayerNorm", p[:-1])
    return {name: np.ascontiguousarray(it, np.float32) for name, it in out.items()}
