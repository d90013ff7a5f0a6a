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

import sentence_transformers
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizerFast

folder, threads = Path(sys.argv[1]), int(sys.argv[2])
sys.path.insert(0, str(folder))
sys.dont_write_bytecode = True
import weights

torch.set_num_threads(threads)


def load():
    with tempfile.TemporaryDirectory() as path:
        bert = BertModel(BertConfig.from_json_file(folder / "config.json"))
        stored = weights.read(folder / "onnx" / "model_quantized.onnx")
        bert.load_state_dict({k: torch.tensor(v) for k, v in stored.items()}, strict=False)  # the pooler is of no use here
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
