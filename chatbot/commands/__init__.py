"""The command line: asking one question or many, evaluating, and explaining a reply."""
