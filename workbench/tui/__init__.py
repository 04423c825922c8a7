"""The terminal face: screens, panes and dialogs over the stages. No SQL, no rules of the method."""
