"""Train the data that matching ships with on the whole of O*NET.

    python -m scripts.train_matching ONET_FOLDER src/prowess/matching/data/onet

``ONET_FOLDER`` holds the Excel files of the O*NET 29.3 release. Takes some minutes; the encoder's vectors are kept in
the user's cache folder, so a second time is quicker.
"""

import argparse
from pathlib import Path

import numpy as np

from prowess.matching.encoder import load_encoder
from scripts.matching_training.onet import read_onet
from scripts.matching_training.training import gather, train_all


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("onet", type=Path)
    parser.add_argument("into", type=Path)
    arguments = parser.parse_args()
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("onnxruntime and tokenizers are needed for training.")
    onet = read_onet(arguments.onet)
    everyone = np.ones(len(onet.codes), np.bool_)
    train_all(gather(onet, occupations=everyone, encoder=encoder), into=arguments.into)


if __name__ == "__main__":
    main()
