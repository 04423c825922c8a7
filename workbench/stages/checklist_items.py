"""The items of two reporting checklists, named in words of our own.

COREQ: Tong, Sainsbury & Craig 2007, International Journal for Quality in Health Care 19(6), 349-357.
SRQR: O'Brien, Harris, Beckman, Reed & Cook 2014, Academic Medicine 89(9), 1245-1251.
"""

from __future__ import annotations

from typing import NamedTuple


class Item(NamedTuple):
    """One item of a checklist."""

    number: int
    part: str
    title: str
    fill: str = ""
    """Name of the fact of a study that answers it; empty where a study holds none."""
    people: bool = False
    """Whether it asks about people who were interviewed, whom a study of documents may not have."""


COREQ = (
    Item(1, "Research team", "Who asked or led the talks", people=True),
    Item(2, "Research team", "Degrees and titles of the researchers"),
    Item(3, "Research team", "Work of the researchers at the time"),
    Item(4, "Research team", "Sex or gender of the researchers"),
    Item(5, "Research team", "Experience and training"),
    Item(6, "Research team", "Relation to participants before the study", people=True),
    Item(7, "Research team", "What participants knew of the researchers", people=True),
    Item(8, "Research team", "Assumptions, interests and leanings of the researchers", "reflections"),
    Item(9, "Design", "Methodological orientation", "orientation"),
    Item(10, "Design", "How the sample was chosen", "sampling"),
    Item(11, "Design", "How participants were approached", people=True),
    Item(12, "Design", "Size of the sample", "size"),
    Item(13, "Design", "Who refused or dropped out, and why", "left_out"),
    Item(14, "Design", "Where data were collected", "collection"),
    Item(15, "Design", "Who else was present", people=True),
    Item(16, "Design", "What characterises the sample", "sample"),
    Item(17, "Design", "Guides, prompts and pilots", "instrument"),
    Item(18, "Design", "Repeated talks", people=True),
    Item(19, "Design", "Sound or pictures recorded", people=True),
    Item(20, "Design", "Field notes", "notes"),
    Item(21, "Design", "How long talks took", people=True),
    Item(22, "Design", "Whether saturation was considered", "saturation"),
    Item(23, "Design", "Transcripts given back for comment", people=True),
    Item(24, "Analysis and findings", "Number of people who coded", "coders"),
    Item(25, "Analysis and findings", "Description of the coding tree", "tree"),
    Item(26, "Analysis and findings", "Whether themes came beforehand or from the data", "derivation"),
    Item(27, "Analysis and findings", "Software", "software"),
    Item(28, "Analysis and findings", "Findings checked by participants", people=True),
    Item(29, "Analysis and findings", "Quotations, each with its source", "quotations"),
    Item(30, "Analysis and findings", "Whether data and findings agree", "consistency"),
    Item(31, "Analysis and findings", "Major themes", "themes"),
    Item(32, "Analysis and findings", "Minor themes and differing cases", "negative"),
)
SRQR = (
    Item(1, "Title and abstract", "Title that names subject and approach", "title"),
    Item(2, "Title and abstract", "Abstract"),
    Item(3, "Introduction", "Problem and why it matters"),
    Item(4, "Introduction", "Purpose or question", "question"),
    Item(5, "Methods", "Approach and paradigm", "orientation"),
    Item(6, "Methods", "Researchers and their standpoint", "reflections"),
    Item(7, "Methods", "Context of the data", "sample"),
    Item(8, "Methods", "How documents were chosen, and when enough was enough", "sampling"),
    Item(9, "Methods", "Ethical questions"),
    Item(10, "Methods", "How and when data were collected", "collection"),
    Item(11, "Methods", "Instruments, and how they changed", "instrument"),
    Item(12, "Methods", "Units of study: number and characteristics", "size"),
    Item(13, "Methods", "How data were processed, kept and verified", "processing"),
    Item(14, "Methods", "How data were analysed, by whom", "analysis"),
    Item(15, "Methods", "What was done for trustworthiness", "trust"),
    Item(16, "Findings", "Synthesis and interpretation", "themes"),
    Item(17, "Findings", "Evidence that findings rest on", "quotations"),
    Item(18, "Discussion", "Meaning, prior work, how far it carries"),
    Item(19, "Discussion", "Limits", "limits"),
    Item(20, "Other", "Interests of the researchers"),
    Item(21, "Other", "Funding"),
)
CHECKLISTS = {
    "coreq": (
        "COREQ",
        "Tong, Sainsbury & Craig 2007, consolidated criteria for reporting qualitative research, 32 items",
        COREQ,
    ),
    "srqr": (
        "SRQR",
        "O'Brien, Harris, Beckman, Reed & Cook 2014, standards for reporting qualitative research, 21 items",
        SRQR,
    ),
}
"""Name -> (title, source, items)."""
