"""sentence-transformers in torch, 32 bit, batches of 32. A job is a list of texts; answers {seconds, vectors}.

The weights are ours, made 32-bit numbers again: what a product costs does not depend on what is
multiplied, and nothing has to be fetched from a hub.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "TRANSFORMERS_VERBOSITY": "critical"}

import numpy as np
import onnx
import sentence_transformers
import torch
from onnx import numpy_helper
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizerFast

folder, threads = Path(sys.argv[1]), int(sys.argv[2])
BLOCK = 32
torch.set_num_threads(threads)


def weights():
    """The checkpoint of `export.py`, from the graph that it wrote."""
    graph = onnx.load(folder / "onnx" / "model_quantized.onnx").graph
    stored = {it.name: numpy_helper.to_array(it) for it in graph.initializer}

    def matrix(name):
        scale = stored[name + ".s"]
        q = stored[name + ".w8"].astype(np.float32) - 128
        n = q.shape[0]
        return (q.reshape(n, -1, BLOCK) * scale.reshape(n, -1, 1)).reshape(n, -1)

    out = {
        "embeddings.word_embeddings.weight": stored["word.q"] * stored["word.s"],
        "embeddings.position_embeddings.weight": stored["places"],
        "embeddings.token_type_embeddings.weight": stored["types"],
        "embeddings.LayerNorm.weight": stored["embeddings.LayerNorm.g"],
        "embeddings.LayerNorm.bias": stored["embeddings.LayerNorm.h"],
    }
    layers = sum(name.endswith(".qkv.s") for name in stored)
    for p in (f"encoder.layer.{layer}." for layer in range(layers)):
        parts = ["query", "key", "value"]
        for part, w, b in zip(parts, np.split(matrix(p + "qkv"), 3), np.split(stored[p + "qkv.b"], 3)):
            out |= {f"{p}attention.self.{part}.weight": w, f"{p}attention.self.{part}.bias": b}
        for ours, theirs in {"out": "attention.output", "up": "intermediate", "down": "output"}.items():
            out |= {f"{p}{theirs}.dense.weight": matrix(p + ours), f"{p}{theirs}.dense.bias": stored[p + ours + ".b"]}
        norm = p + "attention.output.LayerNorm"
        out |= {norm + ".weight": stored[norm + ".g"], norm + ".bias": stored[norm + ".h"]}
        out |= {p + "output.LayerNorm.weight": stored[p + "g"], p + "output.LayerNorm.bias": stored[p + "h"]}
    return {name: torch.from_numpy(np.array(it, np.float32)) for name, it in out.items()}


def load():
    with tempfile.TemporaryDirectory() as path:
        bert = BertModel(BertConfig.from_json_file(folder / "config.json"))
        bert.load_state_dict(weights(), strict=False)  # the pooler is of no use here
        bert.save_pretrained(path)
        BertTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), model_max_length=256).save_pretrained(path)
        words = Transformer(path, max_seq_length=256)
    return SentenceTransformer(modules=[words, Pooling(384, "mean"), Normalize()], device="cpu")


model = load()
print(json.dumps(f"sentence-transformers {sentence_transformers.__version__}, torch {torch.__version__}"))
for line in sys.stdin:
    texts = json.loads(line)
    start = time.perf_counter()
    vectors = model.encode(texts, batch_size=32, show_progress_bar=False)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "vectors": vectors.tolist()}))
