#!/usr/bin/env python3
"""Measures a few runs of a committed report anew and compares them with it.

An analysis that takes many minutes is not run whole by CI. This picks runs spread evenly over each of the report's
measurement files, takes their architectures from the public files under TRAINFREE_DATA, and has `trainfree measure` measure
them with the settings that stand beside the file. Values have to be the same text, on every processor.
"""

import argparse
import concurrent.futures
import csv
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
ARCHIVES = {
    "nas-bench-nlp/wikitext-2-logs": "nas-bench-nlp/train_logs_wikitext-2.zip",
    "serianni2023/bert-benchmark": "serianni2023/BERT_benchmark.json",
    "litetransformersearch/gpt2-wt103": "litetransformersearch/random_GPT2_wt103.tar.gz",
    "litetransformersearch/transxl-wt103": "litetransformersearch/random_TransXL_wt103.tar.gz",
    "litetransformersearch/transxl-homogeneous-wt103": "litetransformersearch/random_TransXL_wt103_homogeneous.tar.gz",
    "litetransformersearch/pareto-gpt2-arm": "litetransformersearch/pareto_GPT2_lm1b_arm.tar.gz",
    "litetransformersearch/pareto-gpt2-corei7": "litetransformersearch/pareto_GPT2_lm1b_corei7.tar.gz",
    "litetransformersearch/pareto-gpt2-titanxp": "litetransformersearch/pareto_GPT2_lm1b_titanxp.tar.gz",
}
MISSING_INPUT = 66


class Problem(Exception):
    """Why nothing could be compared."""


class Skipped(Exception):
    """What is missing on this machine."""


def spread(count, wanted):
    """Indices from the first to the last, evenly."""
    if wanted >= count:
        return list(range(count))
    if wanted == 1:
        return [count // 2]
    return [index * (count - 1) // (wanted - 1) for index in range(wanted)]


def architectures(settings):
    """A function from the name of an architecture to its file's bytes; KeyError for one that there is not."""
    source = settings["architectures"].get("dataset")
    if source not in ARCHIVES:
        raise Problem(f"its architectures are in no public file that is known here ({source or 'they are sampled'})")
    folder = os.environ.get("TRAINFREE_DATA")
    if not folder:
        raise Skipped("TRAINFREE_DATA is not set")
    path = pathlib.Path(folder) / ARCHIVES[source]
    if not path.exists():
        raise Skipped(f"there is no {ARCHIVES[source]} under TRAINFREE_DATA")
    if path.suffix == ".zip":
        return zipfile.ZipFile(path).read
    if path.suffix == ".json":
        entries = {str(entry["id"]): entry for entry in json.loads(path.read_text())}
        return lambda name: json.dumps(entries[name]).encode()
    with tarfile.open(path) as packed:
        files = {
            "_".join(member.name.split("/")[1:-1]): packed.extractfile(member).read()
            for member in packed.getmembers() if member.name.endswith("/model_config.yaml")
        }
    return files.__getitem__


def options(settings, row):
    """The command line of `trainfree measure` for one run."""
    network, tokens = settings["network"], settings["tokens"]
    if tokens["vocabulary"] < network.get("vocabulary", 0):
        raise Problem("its dictionary is smaller than the vocabulary, for which `trainfree measure` has no option")
    words = ["--json", "-j", "1", "--seed", row["seed"], "--batch", row["batch"], "--tokens", tokens["use"]]
    for name in ("kind", "variant", "weights", "cotangent-seed", "vocabulary", "embedding", "hidden", "layers", "protocol", "dropout",
                 "dropout-seed"):
        words += [f"--{name}", str(network[name])] if name in network else []
    for name in ("steps", "columns", "order"):
        words += [f"--{name}", str(tokens[name])] if name in tokens else []
    words += ["--dtype", "double" if network["precision"] == "float64" else "float"]
    words += [] if network.get("tied", True) else ["--untied"]
    return words + [word for metric in settings["metrics"] for word in ("--metric", metric)]


def measure(log, words):
    """What `trainfree measure` gives for a log, numbers as they are written."""
    with tempfile.NamedTemporaryFile(suffix=".json" if log.lstrip()[:1] in (b"{", b"[") else ".yaml") as file:
        file.write(log)
        file.flush()
        result = subprocess.run([os.environ.get("TRAINFREE", ROOT / ".build/release/trainfree"), "measure", file.name]
                                + words, capture_output=True, text=True, cwd=ROOT)
    if result.returncode == MISSING_INPUT:
        raise Skipped(result.stderr.strip())
    if result.returncode != 0:
        raise Problem(f"`trainfree measure` ended with status {result.returncode}: {result.stderr.strip()}")
    return json.loads(result.stdout, parse_float=str, parse_int=str)


def compare(row, metrics, found):
    """What disagrees in one run, in any digit."""
    problems = []
    for metric in metrics:
        old, new = row[metric], found["values"].get(metric, "not measured")
        if (old or None) != new:
            problems.append(f"{metric}: {old or 'undefined'} in the report, {new or 'undefined'} now")
    return problems


def check(file, count):
    """Checks one file of runs; the number of disagreements."""
    settings = json.loads(file.with_suffix(".json").read_text())
    with file.open(newline="") as text:
        reader = csv.DictReader(text)
        metrics = reader.fieldnames[3:]
        rows = [row for row in reader if any(row[metric] for metric in metrics)]
    if not rows or not metrics:
        raise Problem("it has no values")
    rows = [rows[index] for index in spread(len(rows), count)]
    read = architectures(settings)
    try:
        work = [(read(row["architecture"]), options(settings, row)) for row in rows]
    except KeyError as error:
        raise Problem(str(error)) from error
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(lambda item: measure(*item), work))
    failures, compared = 0, 0
    for row, result in zip(rows, results):
        problems = compare(row, metrics, result["measurements"][0])
        name = f"{row['architecture']}, seed {row['seed']}, batch {row['batch']}"
        for problem in problems:
            print(f"  {name}: {problem}")
        failures, compared = failures + len(problems), compared + len(metrics)
    print(f"{'ok' if not failures else 'failed'}: {file.name}: {len(rows)} runs, {compared} values, {failures} disagree")
    return failures


def is_stale(report):
    """Whether the report was made from another spec than the one that stands in analyses/."""
    provenance = json.loads((report / "provenance.json").read_text())
    spec = ROOT / "analyses" / f"{provenance['analysis']}.yaml"
    if not spec.exists() or hashlib.sha256(spec.read_bytes()).hexdigest() == provenance["spec SHA-256"]:
        return False
    print(f"failed: {report} is not of analyses/{spec.name} as it is now; `make long-analyses` writes it anew")
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("report", type=pathlib.Path, help="a report's folder")
    parser.add_argument("--count", type=int, default=4, help="runs of each file (default: 4)")
    arguments = parser.parse_args()
    if arguments.count < 1:
        parser.error("--count must be at least 1")
    files = sorted(file for file in (arguments.report / "measurements").glob("*.csv")
                   if file.with_suffix(".json").exists())
    if not files:
        print(f"failed: {arguments.report} has no measurements")
        return 1
    failures = int(is_stale(arguments.report))
    for file in files:
        try:
            failures += check(file, arguments.count)
        except Skipped as reason:
            print(f"skipped: {file}: {reason}")
        except Problem as reason:
            print(f"failed: {file}: {reason}")
            failures += 1
    return int(failures > 0)


sys.exit(main())
