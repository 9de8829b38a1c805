"""The web page: a chat that answers with quotes, the article itself, and a sheet to print.

Importing it sets the environment in which Gradio and the model hub call nobody.
"""

from chatbot.web.private import ENVIRONMENT

__all__ = ["ENVIRONMENT"]
