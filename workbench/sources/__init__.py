"""Foreign files into immutable text: bytes in, extractions out, hostile input tamed."""

from __future__ import annotations

from workbench.sources.extraction import Extraction
from workbench.sources.registry import SUPPORTED, is_supported, read_bytes, read_file

__all__ = ["SUPPORTED", "Extraction", "is_supported", "read_bytes", "read_file"]
