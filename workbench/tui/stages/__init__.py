"""One screen per stage of the method."""
