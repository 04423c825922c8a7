"""Sentence vectors: loaded only where every file is the one that was examined."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from workbench.language import embeddings
from workbench.language.embeddings import SentenceVectors, differing, load_embedder


@pytest.fixture(scope="module")
def vectors() -> SentenceVectors:
    embedder, message = load_embedder()
    if embedder is None:
        pytest.skip(message)
    return embedder


def copied(tmp_path: Path) -> Path:
    spec = embeddings.importlib.util.find_spec(embeddings.PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("sentence vectors (extra align) are not installed")
    folder = tmp_path / embeddings.PACKAGE
    shutil.copytree(spec.submodule_search_locations[0], folder)
    return folder


def test_translations_are_nearer_than_other_sentences(vectors: SentenceVectors) -> None:
    ours = [
        "すべて国民は、健康で文化的な最低限度の生活を営む権利を有する。",
        "明日は雨が降るでしょう。",
        "市は通訳を派遣する。",
    ]
    theirs = [
        "All people shall have the right to maintain the minimum standards of wholesome and cultured living.",
        "It will probably rain tomorrow.",
        "The city sends interpreters.",
    ]
    likeness = vectors.encode(ours) @ vectors.encode(theirs).T
    assert [row.argmax() for row in likeness] == [0, 1, 2]
    assert min(likeness[place][place] for place in range(3)) > 0.5


def test_vectors_are_of_length_one_and_the_same_for_equal_texts(vectors: SentenceVectors) -> None:
    rows = vectors.encode(["人権", "", "人権", "a" * 5000])
    assert rows.shape == (4, 512)
    assert ((rows**2).sum(axis=1) - 1 < 1e-4).all()
    assert (rows[0] == rows[2]).all()
    assert vectors.encode([]).shape[0] == 0


def test_the_installed_files_are_as_in_the_manifest(tmp_path: Path) -> None:
    assert differing(copied(tmp_path)) == []


@pytest.mark.parametrize("change", ["changed", "missing", "added"])
def test_a_file_that_differs_is_named_and_nothing_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    folder = copied(tmp_path)
    if change == "changed":
        (folder / "embedder.py").write_text("raise SystemExit('ran')", encoding="utf-8")
    elif change == "missing":
        (folder / "embedder.py").unlink()
    else:
        (folder / "more.py").write_text("", encoding="utf-8")
    assert differing(folder) == ["more.py" if change == "added" else "embedder.py"]
    loaded = [name for name in sys.modules if name.partition(".")[0] == embeddings.PACKAGE]
    for name in loaded:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(str(tmp_path))
    embedder, message = load_embedder()
    assert embedder is None
    assert "not the one that was examined" in message
    assert embeddings.PACKAGE not in sys.modules


def test_without_the_package_a_sentence_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "PACKAGE", "no_such_package_of_vectors")
    assert load_embedder() == (None, "Sentence vectors are not installed; they come with the extra `align`.")
