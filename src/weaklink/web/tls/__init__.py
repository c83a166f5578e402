"""TLS: an authority of this data folder, the certificates it signs, and the addresses they are for."""
