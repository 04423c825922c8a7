"""Actions of the chart stage."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("chart.theme", "t", "Theme", "Choose the theme whose chart is shown.", in_footer=True),
    Action("chart.arrange", "r", "Arrange", "Change rows, columns, order, conditions; save and open charts."),
    Action("chart.only_column", "o", "Column", "Show the column at the cursor alone and wide, or all again."),
    Action("chart.only_row", "O", "Row", "Show the row alone, one code below the other, or all again."),
    Action("chart.coverage", "b", "Coverage", "Show excerpts per cell and states as marks, or the words."),
    Action(
        "chart.edit", "e", "Summary", "Write the summary of the cell beside its excerpts.", in_footer=True
    ),
    Action("chart.link", "space,l", "Link", "Let the cell rest on the excerpt, or not.", in_footer=True),
    Action(
        "chart.quote", "i,quotation_mark", "Quote", "Quote words of the excerpt in the cell.", in_footer=True
    ),
    Action("chart.cite", "a", "Cite", "Cite the excerpt in the summary, where the cursor stood."),
    Action("chart.extracts", "w", "Extracts", "Put the linked excerpts into the summary word for word."),
    Action("chart.status", "s", "Status", "Give the cell its status.", in_footer=True),
    Action("chart.charted", "c", "Charted", "Say that the cell is charted.", in_footer=True),
    Action("chart.reviewed", "v", "Reviewed", "Say that the cell is reviewed."),
    Action("chart.draft", "d", "Draft", "Say that the cell is a draft again."),
    Action("chart.clear_stale", "y", "Not stale", "Say with a reason that a stale cell stands as it is."),
    Action("chart.comment", "k", "Comment", "Write your comment, kept apart from the summary."),
    Action("chart.search_record", "n", "Search", "Record a search in vain: which documents, which terms."),
    Action(
        "chart.footnote", "f", "Footnote", "Put a footnote on cell, code, case or table, or take one away."
    ),
    Action("chart.remove_quote", "delete", "Unquote", "Take a quote out of the cell."),
    Action(
        "chart.remove_cell", "R", "Remove", "Take the cell away with all that belongs to it, with a reason."
    ),
    Action("chart.next_cell", "right_square_bracket", "Next cell", "Open the next cell of the chart."),
    Action("chart.previous_cell", "left_square_bracket", "Cell before", "Open the cell before."),
    Action(
        "chart.next_to_chart", "full_stop,greater_than_sign", "To chart", "Go to the next cell not charted."
    ),
    Action("chart.measures", "z", "Measures", "Show which summaries are long, copied or cite nothing."),
    Action("chart.memo", "m", "Memo", "Write a memo on the cell."),
    Action("chart.cell_history", "h", "History", "Show every decision about the cell."),
    Action("chart.count", "number_sign", "Numbers", "Open counts, ranks, printed tables and checks."),
    Action("chart.index_scores", "I", "Index scores", "Show the scores of policy indices, and answer them."),
    Action("chart.proposals", "p", "Proposals", "Read proposals from an edited workbook."),
    Action("chart.export", "x", "Export", "Write the chart to a file.", in_footer=True),
)
