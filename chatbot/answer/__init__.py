"""The answer: which sentences answer a question, how sure that is, and the quotes made of them."""
