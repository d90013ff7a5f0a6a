#!/usr/bin/env python3
"""Write peaks.npz: the largest number that each input of each layer takes while texts are read.

    python calibrate.py --texts texts.json        # a list of strings; needs torch, transformers, onnx (or safetensors)
"""
import argparse
import json
from pathlib import Path

import numpy as np
import torch
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

import weights

HERE = Path(__file__).resolve().parent


def main():
    arg = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arg.add_argument("--texts", type=Path, required=True)
    arg.add_argument("--model", type=Path, default=HERE / "onnx" / "model_quantized.onnx")
    arg.add_argument("--out", type=Path, default=Path("peaks.npz"))
    a = arg.parse_args()
    bert = BertModel(BertConfig.from_json_file(HERE / "config.json"), add_pooling_layer=False).eval()
    bert.load_state_dict({k: torch.from_numpy(v) for k, v in weights.read(a.model).items()})
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(HERE / "tokenizer.json"))
    peaks = {}

    def look(name, x):
        most = x.abs().reshape(-1, x.shape[-1]).amax(0).numpy()
        peaks[name] = np.maximum(peaks.get(name, 0), most)

    for name, layer in bert.named_modules():
        if isinstance(layer, torch.nn.Linear):
            layer.register_forward_pre_hook(lambda _, inputs, name=name: look(name, inputs[0]))
    with torch.inference_mode():
        for text in json.loads(a.texts.read_text()):
            bert(**tokenizer(text, truncation=True, max_length=256, return_tensors="pt", return_token_type_ids=True))
    np.savez(a.out, **peaks)


if __name__ == "__main__":
    main()
