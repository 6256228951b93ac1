"""Matching on occupations that were held out: our figures beside simpler ways of doing the same.

    python -m benchmarks.matching.run [--onet FOLDER] [--model FOLDER] [--json]

Trains on the occupations whose ``crc32(code) % 5`` is not 0 and evaluates those where it is 0. ``--onet``: folder of
the Excel files of the O*NET 29.3 release (``../shared/data/onet`` if none is given). ``--model``: a folder that an
earlier run with ``--keep`` wrote, instead of training again.

The work activities of O*NET are a tree, and the reading of work was trained on its leaves. So "a few examples" here
measures a library whose competencies follow O*NET's activities; a library that cuts work otherwise finds less.
"""

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.matching.evaluation import Bench, Line
from prowess.matching.encoder import load_encoder
from prowess.matching.model import MatchingModel
from scripts.matching_training.onet import read_onet
from scripts.matching_training.training import gather, train_all

ONET = Path(__file__).resolve().parents[3] / "shared" / "data" / "onet"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--onet", type=Path, default=ONET)
    parser.add_argument("--model", type=Path, help="use this trained folder")
    parser.add_argument("--keep", type=Path, help="write the trained folder here")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not arguments.onet.is_dir():
        raise SystemExit(f"The folder {arguments.onet} with the O*NET files is not there; name it with --onet.")
    with TemporaryDirectory() as scratch:
        folder = arguments.model or arguments.keep or Path(scratch)
        lines = evaluate(arguments.onet, folder=folder, train=arguments.model is None, quiet=arguments.json)
    if arguments.json:
        print(json.dumps([asdict(line) for line in lines], indent=1, ensure_ascii=False))


def evaluate(onet_folder: Path, *, folder: Path, train: bool, quiet: bool) -> list[Line]:
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("onnxruntime and tokenizers are needed for this benchmark.")
    onet = read_onet(onet_folder)
    material = gather(onet, occupations=onet.folds != 0, encoder=encoder)
    started = time.perf_counter()
    if train:
        train_all(material, into=folder)
    lines = []
    for line in Bench(material, MatchingModel(folder)).lines():
        lines.append(line)
        if not quiet:
            print(_shown(line), flush=True)
    if not quiet:
        print(f"\n{time.perf_counter() - started:.0f} s" + (" with training" if train else ""))
    return lines


def _shown(line: Line) -> str:
    goal = "" if line.goal is None else f"   goal {line.goal:.2f} {'reached' if line.value >= line.goal else 'MISSED'}"
    return f"{line.measure:<42} {line.way:<36} {line.value:.3f}{goal}"


if __name__ == "__main__":
    main()
