"""The web page: a chat that answers with quotes, the article itself, and a sheet to print.

Importing it sets the environment in which Gradio and the model hub call nobody.
"""

from chatbot.web.private import ENVIRONMENT
from chatbot.web.stubs import leave_stubs_out

__all__ = ["ENVIRONMENT"]

leave_stubs_out()
