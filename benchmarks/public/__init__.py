"""How articles without a question bank are searched, measured on public question sets."""
