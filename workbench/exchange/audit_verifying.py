"""How a stranger verifies an audit bundle with `sha256sum` and Python alone."""

from __future__ import annotations

from workbench.study.origin import Origin

LOG = "4-process-notes/log.jsonl"
SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
SCRIPT = "verify.py"

VERIFIER = """\
import hashlib, json, pathlib, sys; sha = lambda data: hashlib.sha256(data).hexdigest()
here, previous, records, tables, wrong = pathlib.Path(__file__).resolve().parent, "0" * 64, {}, {}, []
tell = lambda last: print(*(f"{found!a}"[1:-1] for found in sorted(wrong)), last, sep="\\n")
at, number = "SHA256SUMS", 0; sys.excepthook = lambda _, error, __: tell(f"{at}: cannot be read: {error!a}")
there = {f.relative_to(here).as_posix(): sha(f.read_bytes()) for f in here.rglob("*") if f.is_file()}
sums = dict(line.split("  ")[::-1] for line in (here / "SHA256SUMS").read_text("utf-8").splitlines())
wrong += [f"{n}: not as listed" for n in {*there, *sums} - {"SHA256SUMS"} if there.get(n) != sums.get(n)]
at = "manifest.json"; about = json.loads((here / at).read_bytes()); log = at = about["log"]
for number, line in enumerate((here / log).open("rb"), 1):
    at = f"{log}, line {number}"; decision = json.loads(line); claimed = decision.pop("hash")
    written = json.dumps(decision, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    if [decision["seq"], decision["prev_hash"], sha(written)] != [number, previous, claimed]:
        wrong.append(f"decision {number}: changed, missing or out of order")
    records.update({**dict.fromkeys(decision["before"]), **decision["after"]}); previous = claimed
for at, f in ((f.relative_to(here).as_posix(), f) for f in here.glob("*/records/*.jsonl")):
    tables.update((f"{f.stem}:{r['id']}", r) for r in map(json.loads, f.open("rb")))
wrong += [f"{k}: not as the log has it" for k in {*records, *tables} if records.get(k) != tables.get(k)]
named = {hash for r in tables.values() for field, hash in r.items() if field.endswith("_hash")}
wrong += [f"content {hash}: missing" for hash in named - {*there.values(), *about["withheld"]}]
wrong += [f"head {previous}: not {head}" for head in [about["head"], *sys.argv[1:]] if head != previous]
sys.exit(tell(f"{number} decisions, head {previous}, {len(wrong)} findings") or bool(wrong))
"""
"""Checks a bundle with nothing but Python: files, chain, replay, contents and head."""


def instructions(head: str, origin: Origin | None) -> str:
    """Tell a reader without this program how to verify a bundle; `head` is that of the log in it."""
    indented = "".join(f"    {line}\n" for line in VERIFIER.splitlines())
    return f"""\
# How to verify this bundle

Nothing but this folder, `sha256sum` and Python 3.9 or later is needed. No network, no other program.

1. **The files are as they were written.** In this folder: `sha256sum --check --quiet SHA256SUMS`. It says
   nothing where all is well. Each line of `SHA256SUMS` is the SHA-256 of one file.
2. **The log is whole, and the tables follow from it.** In this folder: `python3 -I verify.py HEAD`, where
   HEAD is the head that you were given by another way than this folder: on paper, in a mail, in an earlier
   export.
   The bundle itself says `{head}`.

The script does five things. It hashes every file anew, and finds those that `SHA256SUMS` does not list. It
walks `{LOG}`: each line is one decision as JSON; without its `hash`, written with sorted keys, no spaces and
all characters as they are in UTF-8, its SHA-256 is that hash; `prev_hash` is the hash of the line before (64
zeros for the first) and `seq` counts from 1. It replays the decisions: `before` names the records that were
touched as they were, `after` as they are since; what remains must be the tables in the `records` folders,
record by record. It looks for every content that a record names by its hash. It compares the head. Every
finding names its place; the exit status is 0 where there is none, 1 otherwise. At a line that cannot be read
at all it stops, and names that.

## What this shows, and what it does not

- An edit, a removal, a reorder in the log is found at its decision; a changed original or text at its file.
- A log that was cut short, or written anew as a whole with new sums, looks whole **unless you have the head
  from elsewhere**. So ask for it.
- It does not show that what was written is true, nor that a coder is who they said they were: names are
  declared, not proven. The order of decisions is that of their numbers; times are those of the clock of the
  machine.
{_about_derived(origin)}
## The script

The same as `verify.py`, to be compared or typed again:

{indented}"""


def _about_derived(origin: Origin | None) -> str:
    if origin is None:
        return ""
    return f"""\
- This bundle is **derived**: {origin.words_of_all}. The log was chained anew over the changed words,
  so its hashes are not those of the study. The study it comes from has {origin.head.count} decisions and
  the head `{origin.head.hash}`; only who holds that study can make this bundle from it again and compare.
"""
