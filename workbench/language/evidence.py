"""What two texts have in common as numbers: a matrix for each stretch of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.language.anchors import Anchors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Evidence:
    """The anchors of two texts as matrices, one stretch at a time."""

    def __init__(self, anchors: Anchors) -> None:
        import numpy as np

        self._reached = [anchors.reached(place) for place in range(len(anchors.source))]
        self._target = anchors.target
        self._sure = [marks.sure for marks in anchors.source]
        counts = Counter(feature for marks in anchors.target for feature in marks.features)
        many = max(1, len(anchors.target))
        self.source_background = np.array(
            [sum(value * counts[feature] for feature, value in each.items()) / many for each in self._reached]
        )
        sums: Counter[str] = Counter()
        for each in self._reached:
            sums.update(each)
        few = max(1, len(self._reached))
        self.target_background = np.array(
            [sum(sums[feature] for feature in marks.features) / few for marks in anchors.target]
        )
        """What a unit has in common with any unit of the other side, on average."""

    def stretch(
        self, sources: Sequence[int], targets: Sequence[int]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Give what each pair of units in a stretch has in common, and how many sure numbers they share."""
        columns = {
            feature: column
            for column, feature in enumerate(
                sorted({feature for place in sources for feature in self._reached[place]})
            )
        }
        common = self._product(
            [self._reached[place] for place in sources],
            [self._target[place].features for place in targets],
            columns,
        )
        numbers = sorted({number for place in sources for number in self._sure[place]})
        sure = self._product(
            [dict.fromkeys(self._sure[place], 1.0) for place in sources],
            [self._target[place].sure for place in targets],
            {number: column for column, number in enumerate(numbers)},
        )
        return common, sure

    def _product(
        self, ours: list[dict[str, float]], theirs: list[frozenset[str]], columns: Mapping[str, int]
    ) -> NDArray[np.float32]:
        import numpy as np

        left = np.zeros((len(ours), len(columns)), np.float32)
        right = np.zeros((len(theirs), len(columns)), np.float32)
        for row, each in enumerate(ours):
            for feature, value in each.items():
                left[row, columns[feature]] = value
        for row, features in enumerate(theirs):
            for feature in features & columns.keys():
                right[row, columns[feature]] = 1.0
        return left @ right.T

    def sure_counts(
        self, sources: Sequence[int], targets: Sequence[int]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Count the sure numbers of each unit on both sides of a stretch."""
        import numpy as np

        ours = np.array([len(self._sure[place]) for place in sources], float)
        theirs = np.array([len(self._target[place].sure) for place in targets], float)
        return ours, theirs
