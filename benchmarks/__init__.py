"""Our package, its earlier version, plain generated code and bare calls do the same work side by side."""
