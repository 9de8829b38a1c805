"""The fixed texts of the chat, in one catalogue, and the help numbers of each region."""

from chatbot.messages.catalogue import Catalogue, Catalogues
from chatbot.messages.region import HelpLine, Region, tel

__all__ = ["Catalogue", "Catalogues", "HelpLine", "Region", "tel"]
