"""What stands between the network and the page: small ASGI layers, one duty each."""
