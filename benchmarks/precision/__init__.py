"""What the precision of the encoder that serves changes in the replies."""
