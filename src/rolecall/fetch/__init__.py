"""The network, and nothing else: requests of the sources in, their answers out."""
